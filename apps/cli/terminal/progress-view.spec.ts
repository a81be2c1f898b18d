import { linesOn, timeLeft } from './progress-view';

describe('linesOn', () => {
  it('prints changes of state and large steps only', () => {
    const lines: string[] = [];
    let nowMs = 0;
    const view = linesOn(
      (line) => lines.push(line),
      () => (nowMs += 1000),
    );
    const show = (percent: number, state: string) => view.show({ name: 'transcode', percent, state });
    show(0, 'pending');
    show(0, 'pending');
    show(0, 'running');
    show(10, 'running');
    show(25, 'running');
    show(100, 'completed');
    expect(lines).toEqual([
      'transcode: pending 0%',
      'transcode: running 0%',
      'transcode: running 25% ETA 9 s',
      'transcode: completed 100%',
    ]);
  });

  it('does not let the name of a file act on the terminal', () => {
    const lines: string[] = [];
    linesOn((line) => lines.push(line)).show({ name: 'a\n\u001b[2J.mp4', percent: 0, state: 'running' });
    expect(lines).toEqual(['a\\u000a\\u001b[2J.mp4: running 0%']);
  });
});

describe('timeLeft', () => {
  it.each([
    [10_000, 0, ''],
    [10_000, 50, 'ETA 10 s'],
    [10_000, 99.9, 'ETA 1 s'],
    [10_000, 100, ''],
  ])('after %d ms at %d percent: "%s"', (elapsedMs, percent, expected) => {
    expect(timeLeft(elapsedMs, percent)).toBe(expected);
  });
});
