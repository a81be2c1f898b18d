import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlanRef } from '../../temporal/contract/activities';
import { Failure } from '../../temporal/contract/failures';
import type { ModerationReport, ModerationRequest } from '../../temporal/contract/media/moderation';
import { moderationKeys, clearPlace, renditionKey, segmentName } from '../../temporal/contract/object-keys';
import { videoRef } from '../../temporal/contract/media/renditions';
import { MODEL_PICTURE_BYTES } from '../../workflows/planning/moderation/sample-args';
import { probe } from '../probe/probe';
import type { FrameScorer } from '../scoring/frame-scorer';
import { split } from '../split/split';
import { openActivityStand, type ActivityStand } from '../test-media/activity-stand';
import { readBarcodes } from '../test-media/frame-identity';
import { makeBarcodeSource } from '../test-media/make-source';
import { transcodeChunk } from '../transcode/transcode-chunk';
import { moderate } from './moderate';

jest.setTimeout(120_000);

const FRAME_RATE = { num: 30000, den: 1001 };
const FRAMES = 400;
const SAMPLED = Array.from({ length: 14 }, (_, second) => second * 30);
const HOLD: ModerationRequest = { mode: 'hold', threshold: 0.5 };

let stand: ActivityStand;
let ref: PlanRef;

beforeAll(async () => {
  stand = await openActivityStand();
  const { ffmpeg } = stand.deps.tools;
  const source = { ffmpeg, folder: stand.folder, name: 'source.mp4', frameRate: FRAME_RATE, frameCount: FRAMES, audioDelaySeconds: null };
  const bytes = await readFile(await makeBarcodeSource(source));
  const videoId = await stand.addVideo({ encoding: { isStrict: false, families: {}, moderation: HOLD } }, bytes);
  const run = { videoId, generation: 1 };
  await stand.run(probe, run);
  ref = { ...run, planSha256: (await stand.run(split, run)).planSha256 };
  await stand.run(transcodeChunk, { ...ref, family: 'h264', chunkIndex: 0, chunkCount: 1 });
});
afterAll(() => stand.close());

/** Gives the pictures of a title these scores, in order. */
function scoresAre(...scores: number[]): FrameScorer {
  let given = 0;
  return {
    model: { name: 'stand-in', version: '1', sha256: 'a' },
    score: async (pictures) => scores.slice(given, (given += pictures.length / MODEL_PICTURE_BYTES)),
  };
}

const report = () => stand.deps.objects.getJson<ModerationReport>('transcoded', moderationKeys.report(ref.videoId, 1));
const row = async () => (await stand.deps.videos.find(ref.videoId))!;

async function frameOfPicture(number: number): Promise<number | null | undefined> {
  const path = join(stand.folder, `picture_${number}.jpg`);
  await writeFile(path, (await stand.deps.objects.get('transcoded', moderationKeys.picture(ref.videoId, 1, number)))!);
  return (await readBarcodes({ ffmpeg: stand.deps.tools.ffmpeg, path, scratch: stand.folder }))[0];
}

it('scores a harmless clip once a second, and stores no picture of it', async () => {
  await stand.run(moderate, ref);
  const found = (await report())!;
  expect(found.frames.map(({ timeMs }) => timeMs)).toEqual(SAMPLED.map((frame) => Math.round((frame * 1001) / 30)));
  expect(found.frames.every(({ score }) => score > 0 && score < 0.2)).toBe(true);
  expect(found).toMatchObject({ model: { name: 'open_nsfw' }, threshold: 0.5, intervalMs: 1001, pictures: [] });
  expect((await row()).moderationSummary).toMatchObject({ scoredFrames: SAMPLED.length, flaggedFrames: 0 });
});

it('keeps the very frames that are flagged as pictures', async () => {
  const frameScorer = scoresAre(...SAMPLED.map((frame) => (frame === 60 || frame === 330 ? 0.9 : frame === 300 ? 0.5 : 0.1)));
  await stand.run(moderate, ref, { frameScorer });
  expect((await report())!.pictures).toEqual([
    { timeMs: 2002, score: 0.9 },
    { timeMs: 11011, score: 0.9 },
  ]);
  expect([await frameOfPicture(1), await frameOfPicture(2)]).toEqual([60, 330]);
  expect((await row()).moderationSummary).toEqual({ threshold: 0.5, highestScore: 0.9, scoredFrames: 14, flaggedFrames: 3 });
  expect((await row()).warnings).toEqual([]);
});

it('warns of a video that only flags', async () => {
  await stand.setRow(ref.videoId, { encoding: { isStrict: false, families: {}, moderation: { mode: 'flag', threshold: 0.5 } } });
  await stand.run(moderate, ref, { frameScorer: scoresAre(0.6, ...SAMPLED.slice(1).map(() => 0)) });
  expect((await row()).warnings).toEqual([
    {
      step: 'moderation',
      code: 'ModerationFlagged',
      message: '1 of 14 sampled pictures score at or above the moderation threshold of 0.5; the highest score is 0.6.',
    },
  ]);
});

it('fails with its type when nothing can score, and may be tried again', async () => {
  const broken = { ...scoresAre(), score: () => Promise.reject(new Failure('ModerationUnavailable', 'The model cannot be used.')) };
  await expect(stand.run(moderate, ref, { frameScorer: broken })).rejects.toMatchObject({
    type: 'ModerationUnavailable',
    nonRetryable: false,
  });
});

it('does not score a rendition that lacks a segment', async () => {
  const key = renditionKey(clearPlace(ref), videoRef('h264', { name: '240p' }), segmentName(2));
  const segment = (await stand.deps.objects.get('transcoded', key))!;
  await stand.deps.objects.remover('transcoded').remove(ref.videoId, 1, () => undefined);
  expect(segment.byteLength).toBeGreaterThan(0);
  await expect(stand.run(moderate, ref)).rejects.toMatchObject({ type: 'OutputInvalid' });
});
