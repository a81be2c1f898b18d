import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlanRef } from '../../temporal/contract/activities';
import type { PictureRecord } from '../../temporal/contract/media/pictures';
import { posterUploadKey, MANIFEST_NAMES, segmentsKeys } from '../../temporal/contract/object-keys';
import { thumbnailKeys } from '../../temporal/contract/picture-keys';
import { planThumbnails } from '../../workflows/planning/encode/ffmpeg-thumbnails';
import { runTool } from '../media-tools/run-tool';
import { packageManifests } from '../package/package-manifests';
import { publish } from '../package/publish';
import { probe } from '../probe/probe';
import { split } from '../split/split';
import { loadPlan } from '../task/plan-store';
import { openActivityStand, type ActivityStand } from '../test-media/activity-stand';
import { readBarcodes } from '../test-media/frame-identity';
import { makeBarcodeSource } from '../test-media/make-source';
import { transcodeChunk } from '../transcode/transcode-chunk';
import { remakePictures } from './remake-pictures';
import { thumbnails } from './thumbnails';

jest.setTimeout(120_000);

const FRAME_RATE = { num: 30000, den: 1001 };
const FRAMES = 400;

let stand: ActivityStand;
let ref: PlanRef;
let run: { videoId: string; generation: number };

beforeAll(async () => {
  stand = await openActivityStand();
  const { ffmpeg } = stand.deps.tools;
  const source = { ffmpeg, folder: stand.folder, name: 'source.mp4', frameRate: FRAME_RATE, frameCount: FRAMES, audioDelaySeconds: null };
  // Captures are black at 2.5 s, in a fade at 7.5 s, and a picture at 11.7 s.
  const bytes = await readFile(await makeBarcodeSource({ ...source, pictureFilter: 'fade=in:st=6.9:d=1.2' }));
  const videoId = await stand.addVideo({}, bytes);
  run = { videoId, generation: 1 };
  await stand.run(probe, run);
  ref = { ...run, planSha256: (await stand.run(split, run)).planSha256 };
  await stand.run(transcodeChunk, { ...ref, family: 'h264', chunkIndex: 0, chunkCount: 1 });
  await stand.run(packageManifests, { ...ref, verifiedLater: true });
});
afterAll(() => stand.close());

const row = async () => (await stand.deps.videos.find(run.videoId))!;
const stored = async (key: string) => (await stand.deps.objects.get('transcoded', key))!;
const manifests = () =>
  Promise.all(Object.values(MANIFEST_NAMES).map(async (name) => Buffer.from(await stored(`${run.videoId}/${name}`)).toString('utf8')));

async function framesOf(key: string): Promise<(number | null)[]> {
  const scratch = await mkdtemp(join(stand.folder, 'shown-'));
  const path = join(scratch, 'picture');
  await writeFile(path, await stored(key));
  return readBarcodes({ ffmpeg: stand.deps.tools.ffmpeg, path, scratch });
}

async function posterFrame(record: PictureRecord, width: number | null, format: 'jpg' | 'avif') {
  const { folder } = record.poster!;
  return (await framesOf(thumbnailKeys.posterSize({ ...run, folder }, width, format)))[0];
}

it('are published with the title that they come before', async () => {
  await stand.run(thumbnails, ref);
  await stand.run(publish, ref);
  const [hls, dash] = await manifests();
  expect(hls).toContain('URI="g1/images/playlist.m3u8"');
  expect(dash).toContain('media="g1/thumbnails/sprite_$Number%03d$.jpg"');
  const { pictures, thumbnailKey, warnings } = await row();
  expect([thumbnailKey, warnings]).toEqual([thumbnailKeys.poster(run.videoId, 1), []]);
  expect(pictures).toMatchObject({ generation: 1, images: { intervalMs: 5000, count: 3, folder: 'thumbnails' } });
});

it('have a poster that is neither black nor in a fade, in every size and format', async () => {
  const { pictures } = await row();
  const { captureFrames } = (await loadPlan(stand.deps.objects, ref)).thumbnails;
  expect(pictures!.poster!.sizes.map(({ width }) => width)).toEqual([480, 240, 120]);
  expect(await Promise.all([posterFrame(pictures!, null, 'jpg'), posterFrame(pictures!, 240, 'avif')])).toEqual([
    captureFrames[2],
    captureFrames[2],
  ]);
});

it('have a silent preview of three pieces in which every frame follows the one before', async () => {
  const frames = await framesOf(thumbnailKeys.preview(run.videoId, 1));
  expect((await row()).pictures!.preview).toMatchObject({ height: 270, durationMs: 3003 });
  expect(frames).toHaveLength(90);
  const shown = frames.slice(60).map((frame, index) => (frame ?? NaN) - (frames[60] ?? NaN) - index);
  expect(new Set(shown)).toEqual(new Set([0]));
  const path = join(stand.folder, 'preview.mp4');
  await writeFile(path, await stored(thumbnailKeys.preview(run.videoId, 1)));
  const { stdout } = await runTool({
    tool: stand.deps.tools.ffprobe,
    args: ['-v', 'error', '-show_entries', 'stream=codec_type,height', '-of', 'csv', path],
  });
  expect(stdout.trim()).toBe('stream,video,270');
});

it('are made again of the published rendition at another interval, frame by frame', async () => {
  await stand.run(remakePictures, { ...run, thumbnails: { intervalMs: 2000 } });
  const plan = await loadPlan(stand.deps.objects, ref);
  const { captureFrames } = planThumbnails(plan.grid, plan.source.video, { asked: { intervalMs: 2000 } });
  const lit = captureFrames.map((frame, index) => ({ frame, number: index + 1 })).filter(({ frame }) => frame > 250);
  const shown = await Promise.all(lit.map(({ number }) => framesOf(thumbnailKeys.thumb(run.videoId, 1, number, 'thumbnails/2000ms'))));
  expect(shown.flat()).toEqual(lit.map(({ frame }) => frame));
  const [hls, dash] = await manifests();
  expect(hls).toContain('URI="g1/images/2000ms/playlist.m3u8"');
  expect(dash).toContain('media="g1/thumbnails/2000ms/sprite_$Number%03d$.jpg"');
  expect((await row()).pictures).toMatchObject({ images: { count: 7 }, poster: { folder: 'thumbnails' }, preview: {} });
});

describe('a poster that a user has chosen', () => {
  const posterId = '01M7ZF4PXBDQ3QAZSNXTCAQ0H3';

  it('is the frame of its time, and stays when the step is retried', async () => {
    await stand.deps.pictures.choosePoster(run.videoId, { posterId, kind: 'time', atMs: 10_000 });
    await stand.run(remakePictures, { ...run, posterId });
    expect(await posterFrame((await row()).pictures!, null, 'jpg')).toBe(299);
    await stand.run(thumbnails, ref);
    const { pictures, thumbnailKey } = await row();
    expect(thumbnailKey).toBe(thumbnailKeys.poster(run.videoId, 1, `thumbnails/${posterId.toLowerCase()}`));
    expect(pictures!.images!.folder).toBe('thumbnails/2000ms');
  });

  it('changes nothing once there is another one, and says nothing', async () => {
    const before = (await row()).pictures;
    await stand.run(remakePictures, { ...run, posterId: `${posterId.slice(0, -1)}4` });
    expect(await row()).toMatchObject({ pictures: before, warnings: [] });
  });

  it('whose upload is gone leaves the best capture, and a warning', async () => {
    const sha256 = 'a'.repeat(64);
    await stand.deps.pictures.choosePoster(run.videoId, { posterId, kind: 'upload', sha256, width: 100, height: 100 });
    expect(await stand.deps.objects.head('originals', posterUploadKey(sha256))).toBeNull();
    await stand.run(thumbnails, ref);
    expect(await row()).toMatchObject({
      thumbnailKey: thumbnailKeys.poster(run.videoId, 1),
      warnings: [{ step: 'thumbnails', code: 'PicturesMissing', message: expect.stringMatching(/^There is no chosen poster: .*\.$/) }],
    });
  });

  it('takes the warnings of those before with it', async () => {
    const other = { step: 'thumbnails', code: 'PicturesMissing', message: 'There is no preview.' } as const;
    await stand.deps.videos.addWarning(run, { step: 'thumbnails', message: 'The chosen poster was not made: Its upload is gone.' });
    await stand.deps.videos.addWarning(run, other);
    const next = `${posterId.slice(0, -1)}5`;
    await stand.deps.pictures.choosePoster(run.videoId, { posterId: next, kind: 'time', atMs: 10_000 });
    await stand.run(remakePictures, { ...run, posterId: next });
    expect(await row()).toMatchObject({ warnings: [other], thumbnailKey: expect.stringContaining(next.toLowerCase()) });
  });
});

it('fail as a whole without their captures', async () => {
  await stand.deps.objects.remover('segments').removeWhere(
    run,
    (name) => name.endsWith('capture_002.jpg'),
    () => undefined,
  );
  expect(await stand.deps.objects.head('segments', segmentsKeys.capture(run.videoId, 1, 2))).toBeNull();
  await expect(stand.run(thumbnails, ref)).rejects.toMatchObject({ type: 'PlanInvalid' });
});
