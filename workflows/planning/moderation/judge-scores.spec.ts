import type { FrameScore, ModerationRequest } from '../../../temporal/contract/media/moderation';
import { chosenPictures, flaggedSentence, isHeld, summaryOf } from './judge-scores';

const frames = (...scores: number[]): FrameScore[] => scores.map((score, second) => ({ timeMs: second * 1000, score }));
const HOLD: ModerationRequest = { mode: 'hold', threshold: 0.5 };
const FLAG: ModerationRequest = { mode: 'flag', threshold: 0.5 };

it('counts a score at the threshold as flagged', () => {
  expect(summaryOf(frames(0.1, 0.5, 0.4999, 0.7), 0.5)).toEqual({ threshold: 0.5, highestScore: 0.7, scoredFrames: 4, flaggedFrames: 2 });
  expect(summaryOf(frames(0, 0), 0).flaggedFrames).toBe(2);
  expect(summaryOf(frames(0.9999), 1).flaggedFrames).toBe(0);
});

it('shows the worst picture of each scene, by time', () => {
  const chosen = chosenPictures(frames(0.6, 0.9, 0.7, 0.1, 0.1, 0.1, 0.8, 0.2), 0.5);
  expect(chosen).toEqual([
    { timeMs: 1000, score: 0.9 },
    { timeMs: 6000, score: 0.8 },
  ]);
  expect(chosenPictures(frames(0.4), 0.5)).toEqual([]);
});

it('shows no more pictures than fit on a page, and those of the highest scores', () => {
  const long = Array.from({ length: 100 }, (_, index) => ({ timeMs: index * 5_000, score: index / 100 }));
  expect(chosenPictures(long, 0)).toEqual(long.slice(-24));
});

it.each([
  ['nothing was asked', undefined, 3, null, false],
  ['it only flags', FLAG, 3, null, false],
  ['nothing is flagged', HOLD, 0, null, false],
  ['a picture is flagged', HOLD, 1, null, true],
  ['it was approved', HOLD, 1, 'approve', false],
  ['it was rejected', HOLD, 1, 'reject', true],
] as const)('holds where %s: %s', (_what, request, flaggedFrames, decided, held) => {
  expect(isHeld(request, { threshold: 0.5, highestScore: 1, scoredFrames: 9, flaggedFrames }, decided)).toBe(held);
});

it('holds what should be held and has no scores', () => {
  expect([isHeld(HOLD, null, null), isHeld(HOLD, null, 'approve'), isHeld(FLAG, null, null)]).toEqual([true, false, false]);
});

it('says how many pictures are flagged', () => {
  expect(flaggedSentence({ threshold: 0.5, highestScore: 0.97, scoredFrames: 60, flaggedFrames: 4 })).toBe(
    '4 of 60 sampled pictures score at or above the moderation threshold of 0.5; the highest score is 0.97.',
  );
});
