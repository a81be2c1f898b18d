import type { ModerationRequest } from '../../temporal/contract/media/moderation';
import { openActivityStand, type ActivityStand } from '../test-media/activity-stand';
import { holdForModeration, recordModerationRuling } from './hold-for-moderation';

const HOLD: ModerationRequest = { mode: 'hold', threshold: 0.5 };
const FLAGGED = { threshold: 0.5, highestScore: 0.9, scoredFrames: 10, flaggedFrames: 2 };

let stand: ActivityStand;
beforeAll(async () => {
  stand = await openActivityStand();
});
afterAll(() => stand.close());

async function scored(moderation: ModerationRequest, summary = FLAGGED) {
  const videoId = await stand.addVideo({ encoding: { isStrict: false, families: {}, moderation } });
  const run = { videoId, generation: 1 };
  await stand.deps.videos.advance(run, 'packaging');
  await stand.deps.moderation.setFindings(run, summary);
  return run;
}

const hold = (run: { videoId: string; generation: number }) => stand.run(holdForModeration, run);
const row = async (videoId: string) => (await stand.deps.videos.find(videoId))!;

it('holds a flagged video until it is approved, and that generation never again', async () => {
  const run = await scored(HOLD);
  expect(await hold(run)).toEqual({ isHeld: true });
  expect(await row(run.videoId)).toMatchObject({ status: 'moderating', heldSince: expect.any(Date) });
  await stand.run(recordModerationRuling, { ...run, decision: 'approve', decidedBy: 'anna', note: null });
  expect(await row(run.videoId)).toMatchObject({ status: 'packaging', heldSince: null });
  expect(await hold(run)).toEqual({ isHeld: false });
});

it('asks again about the next generation', async () => {
  const run = await scored(HOLD);
  await stand.run(recordModerationRuling, { ...run, decision: 'approve', decidedBy: 'anna', note: null });
  await stand.setRow(run.videoId, { generation: 2 });
  expect(await hold({ ...run, generation: 2 })).toEqual({ isHeld: true });
});

it.each([
  ['whose pictures are harmless', HOLD, { ...FLAGGED, flaggedFrames: 0 }],
  ['that only flags', { ...HOLD, mode: 'flag' as const }, FLAGGED],
])('lets a video go on %s', async (_what, request, summary) => {
  const run = await scored(request, summary);
  expect(await hold(run)).toEqual({ isHeld: false });
  expect((await row(run.videoId)).status).toBe('packaging');
});

it('ends a run that was superseded or removed', async () => {
  const run = await scored(HOLD);
  await stand.deps.videos.setRemoved(run.videoId);
  await expect(hold(run)).rejects.toMatchObject({ type: 'Cancelled', nonRetryable: true });
});
