import { afterFailure, recheckAfterMs, suspicionOf, without, type FailedTask, type Streak } from './fitness';

const failed = (task: number, change: Partial<FailedTask> = {}): FailedTask => ({
  taskId: `video-${task}/g1/transcode`,
  taskType: 'transcode',
  videoId: `video-${task}`,
  atMs: task * 1_000,
  ...change,
});
const streakOf = (...tasks: FailedTask[]): Streak => tasks.reduce(afterFailure, []);

describe('suspicionOf', () => {
  it.each<[string, Streak, boolean, string[] | null]>([
    ['nothing failed', [], false, null],
    ['two tasks failed', streakOf(failed(1), failed(2)), false, null],
    ['one task failed three times', streakOf(failed(1), failed(1), failed(1)), false, null],
    ['three tasks failed', streakOf(failed(1), failed(2), failed(3)), false, ['video-1', 'video-2', 'video-3']],
    ['one task failed on trial', streakOf(failed(1)), true, ['video-1']],
    ['nothing failed on trial', [], true, null],
    ['one of three turned out to be bad', without(streakOf(failed(1), failed(2), failed(3)), failed(2).taskId), false, null],
  ])('%s', (_, streak, onTrial, videoIds) => {
    expect(suspicionOf(streak, onTrial)?.videoIds ?? null).toEqual(videoIds);
  });

  it('asks for the work of one kind, since its first failure', () => {
    const streak = streakOf(failed(1, { taskType: 'audio' }), failed(2), failed(3));
    expect(suspicionOf(streak, false)).toEqual({ taskType: 'transcode', videoIds: ['video-2', 'video-3'], sinceMs: 2_000 });
  });
});

it('looks again ever later, and never later than in five minutes', () => {
  expect([1, 2, 3, 8, 9, 100].map(recheckAfterMs)).toEqual([2_000, 4_000, 8_000, 256_000, 300_000, 300_000]);
});
