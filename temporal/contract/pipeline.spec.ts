import { POLICIES } from './policies';
import { PIPELINE } from './pipeline';

describe('the pipeline table', () => {
  it('names each step once', () => {
    expect(new Set(PIPELINE.map((row) => row.step)).size).toBe(PIPELINE.length);
  });

  it('lists every step after the steps it stands on, so it has no cycle', () => {
    PIPELINE.forEach((row, index) => {
      const before = PIPELINE.slice(0, index).map((one) => one.step);
      expect(before).toEqual(expect.arrayContaining([...row.after]));
    });
  });

  it('publishes only after every required step, and waits for no optional one', () => {
    const reached = new Set<string>();
    const visit = (step: string): void => {
      reached.add(step);
      PIPELINE.find((row) => row.step === step)?.after.forEach(visit);
    };
    visit('publish');
    const required = PIPELINE.filter((row) => row.required).map((row) => row.step);
    expect([...reached].sort()).toEqual(required.sort());
  });
});

describe('the policies', () => {
  it('follow the contract', () => {
    const summary = Object.fromEntries(
      Object.entries(POLICIES).map(([name, p]) => [name, [p.attempts, p.initialIntervalMs, p.backoffCoefficient, p.maximumIntervalMs]]),
    );
    expect(summary).toMatchObject({
      probe: [5, 1_000, 2, 30_000],
      split: [5, 1_000, 2, 30_000],
      transcode: [3, 5_000, 2, 120_000],
      audio: [3, 5_000, 2, 120_000],
      thumbnails: [5, 2_000, 2, 60_000],
      package: [5, 2_000, 2, 60_000],
      publish: [5, 2_000, 2, 60_000],
    });
  });
});
