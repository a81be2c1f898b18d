import type { Step } from './steps';
import { POLICIES } from './policies';
import { downstreamOf, FIRST_WALK, isRunnable, PIPELINE, STEP_WORK, walkOf } from './pipeline';
import { parseUnfitQueue, QUEUES, SERVED_QUEUES, UNFIT_REASONS, unfitQueue, type UnfitReason } from './queues';

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

describe('the walk of a run', () => {
  const request = { isStrict: false, families: {} };
  const steps = (asked: Parameters<typeof walkOf>[0]) => walkOf(asked).map(({ step, after }) => [step, ...after].join(' '));

  it('encrypts between verification and publication where it was asked for, and has no such step elsewhere', () => {
    const drm = { scheme: 'cbcs', systems: ['widevine'], keyProvider: 'local' } as const;
    expect(steps({ ...request, drm }).slice(-2)).toEqual(['drm verify', 'publish verify drm']);
    expect(steps(request).slice(-2)).toEqual(['verify package', 'publish verify']);
  });
});

describe('MPEG-TS', () => {
  const steps = (asked: object) => walkOf({ isStrict: false, families: {}, ...asked }).map(({ step }) => step);

  it('is a step behind the publication, of videos that asked for it and are not protected', () => {
    expect(walkOf({ isStrict: false, families: {}, hlsTs: true }).at(-1)).toEqual({ step: 'ts', after: ['publish'], required: false });
    expect(steps({})).not.toContain('ts');
    expect(steps({ hlsTs: true, drm: { scheme: 'cbcs', systems: ['widevine'], keyProvider: 'local' } })).not.toContain('ts');
  });
});

describe('speech to text', () => {
  it('is a step behind the sound, of videos that asked for it, and nothing waits for it', () => {
    const walk = walkOf({ isStrict: false, families: {}, speech: {} });
    expect(walk.find(({ step }) => step === 'speech')).toEqual({ step: 'speech', after: ['audio'], required: false });
    expect(downstreamOf(walk, 'speech')).toEqual(['speech']);
    expect(downstreamOf(walk, 'audio')).toContain('speech');
    expect(walkOf({ isStrict: false, families: {} }).map(({ step }) => step)).not.toContain('speech');
  });
});

describe('moderation', () => {
  const walk = (mode?: 'flag' | 'hold') =>
    walkOf({ isStrict: false, families: {}, ...(mode ? { moderation: { mode, threshold: 0.5 } } : {}) });
  const row = (mode: 'flag' | 'hold') => walk(mode).find(({ step }) => step === 'moderation');

  it('is a step of those videos only that asked for it', () => {
    expect(walk().map(({ step }) => step)).toEqual([
      'probe',
      'split',
      'transcode',
      'audio',
      'thumbnails',
      'subtitles',
      'package',
      'verify',
      'publish',
    ]);
    expect(walk().at(-1)).toEqual({ step: 'publish', after: ['verify'], required: true });
  });

  it('comes before the publication, which goes on without scores where it only flags', () => {
    expect(walk('hold').at(-1)?.after).toEqual(['verify', 'moderation']);
    expect(row('hold')).toEqual({ step: 'moderation', after: ['transcode'], required: true });
    expect(row('flag')).toEqual({ step: 'moderation', after: ['transcode'], required: false });
  });

  it('is scored again without anything else but the publication', () => {
    expect(downstreamOf(walk('hold'), 'moderation')).toEqual(['moderation', 'publish']);
  });
});

describe('the walk of runs without a record', () => {
  it('never changes', () => {
    expect(FIRST_WALK).toEqual([
      { step: 'probe', after: [], required: true },
      { step: 'split', after: ['probe'], required: true },
      { step: 'transcode', after: ['split'], required: true },
      { step: 'audio', after: ['split'], required: true },
      { step: 'thumbnails', after: ['transcode'], required: false },
      { step: 'package', after: ['transcode', 'audio'], required: true },
      { step: 'publish', after: ['package'], required: true },
    ]);
  });

  it('consists of steps that this release can do, like the present one', () => {
    for (const { step } of [...FIRST_WALK, ...PIPELINE]) expect(isRunnable(step)).toBe(true);
    expect(isRunnable('notify' as Step)).toBe(false);
  });

  it('has nothing behind a step that it lacks', () => {
    expect(downstreamOf(FIRST_WALK, 'verify')).toEqual([]);
    expect(downstreamOf(PIPELINE, 'verify')).toEqual(['verify', 'drm', 'publish', 'ts']);
  });
});

it('measures on a queue of its own', () => {
  expect(STEP_WORK.verify.queue).not.toBe(STEP_WORK.package.queue);
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
      moderation: [5, 2_000, 2, 60_000],
      package: [5, 2_000, 2, 60_000],
      publish: [5, 2_000, 2, 60_000],
      drm: [5, 2_000, 2, 60_000],
    });
  });
});

it('has code for every queue that a step needs', () => {
  expect(SERVED_QUEUES).toEqual(expect.arrayContaining(Object.values(STEP_WORK).map(({ queue }) => queue)));
});

describe('parseUnfitQueue', () => {
  it('reads what unfitQueue writes', () => {
    for (const queue of QUEUES)
      for (const reason of Object.keys(UNFIT_REASONS) as UnfitReason[])
        expect(parseUnfitQueue(unfitQueue(queue, reason))).toEqual({ queue, reason });
  });

  it.each([...QUEUES, 'unfit', 'unfit/audio', 'unfit/audio/toString', 'unfit/nothing/ffmpeg', ''])('takes %s for another queue', (name) => {
    expect(parseUnfitQueue(name)).toBeNull();
  });
});
