import { posterUploadKey } from '../../../temporal/contract/object-keys';
import type { Client } from '@temporalio/client';
import sharp from 'sharp';
import { newVideo } from '../../../infra/database/testing/new-video';
import { PicturesRepository } from '../../../infra/database/pictures/pictures-repository';
import type { NewVideo } from '../../../infra/database/video';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { remakePicturesWorkflowId } from '../../../temporal/contract/ids';
import type { PictureRecord } from '../../../temporal/contract/media/pictures';
import { USUAL_WALK } from '../../../temporal/testing/usual-walk';
import { TEMPORAL_CLIENT } from '../dependencies/tokens';
import { startApi, type Answer, type RunningApi } from '../testing/running-api';

jest.setTimeout(60_000);

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><rect width="300" height="100" fill="red"/></svg>';
const DRM = { scheme: 'cbcs', systems: ['widevine'], keyProvider: 'local' } as const;
const solid = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: '#08f8' } })
    .png()
    .toBuffer();

let api: RunningApi;
let videos: VideosRepository;
let picture: Buffer;

beforeAll(async () => {
  api = await startApi();
  videos = api.app.get(VideosRepository);
  picture = await solid(800, 450);
});
afterAll(() => api.stop());

async function video(isReady = true, differences: Partial<NewVideo> = {}): Promise<string> {
  const created = newVideo(differences);
  const run = { videoId: created.videoId, generation: 1 };
  await videos.create(created);
  await videos.setUploaded(run.videoId, USUAL_WALK);
  if (isReady) await videos.setReady(run, { manifestKey: `${run.videoId}/manifest.m3u8` });
  return run.videoId;
}

const post = (videoId: string, path: string, body: unknown) => api.call('POST', `/api/v1/videos/${videoId}/${path}`, body);

async function send(videoId: string, bytes: Buffer | string, type: string): Promise<Answer> {
  const url = `${api.url}/api/v1/videos/${videoId}/poster`;
  const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': type }, body: new Uint8Array(Buffer.from(bytes)) });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const isStarted = async (workflowId: string) => {
  const { type } = await api.app.get<Client>(TEMPORAL_CLIENT).workflow.getHandle(workflowId).describe();
  return type === 'remakePictures';
};

it('takes a poster, keeps it for later generations and starts its making', async () => {
  const videoId = await video();
  expect(await send(videoId, picture, 'image/png')).toMatchObject({
    status: 202,
    body: { video_id: videoId, poster: { at_seconds: null } },
  });
  const choice = (await videos.find(videoId))!.posterChoice!;
  expect(choice).toMatchObject({ kind: 'upload', width: 800, height: 450 });
  const stored = await api.app.get(ObjectStore).get('originals', posterUploadKey((choice as { sha256: string }).sha256));
  expect(await sharp(stored!).metadata()).toMatchObject({ format: 'jpeg', width: 800, height: 450 });
  expect(await isStarted(remakePicturesWorkflowId({ videoId, generation: 1, posterId: choice.posterId }))).toBe(true);
});

it('takes the time of a frame, and an interval of thumbnails', async () => {
  const videoId = await video();
  expect(await post(videoId, 'poster', { at_seconds: 1.5 })).toMatchObject({ status: 202, body: { poster: { at_seconds: 1.5 } } });
  const answer = await post(videoId, 'thumbnails', { interval_seconds: 2.5 });
  expect(answer).toMatchObject({ status: 202, body: { video_id: videoId, thumbnails: { interval_seconds: 2.5 } } });
  const row = (await videos.find(videoId))!;
  expect([row.posterChoice, row.encoding.thumbnails]).toEqual([
    expect.objectContaining({ kind: 'time', atMs: 1500 }),
    { intervalMs: 2500 },
  ]);
  expect(await isStarted(remakePicturesWorkflowId({ videoId, generation: 1, thumbnails: { intervalMs: 2500 } }))).toBe(true);
});

it.each<[string, (videoId: string) => Promise<Answer>, number, string]>([
  ['an SVG', (id) => send(id, SVG, 'image/svg+xml'), 415, 'UnsupportedMediaType'],
  ['an SVG as a PNG', (id) => send(id, SVG, 'image/png'), 422, 'PosterUnreadable'],
  ['a GIF as a JPEG', (id) => send(id, 'GIF89a', 'image/jpeg'), 422, 'PosterUnreadable'],
  ['half a PNG', (id) => send(id, picture.subarray(0, 200), 'image/png'), 422, 'PosterUnreadable'],
  ['a small file of many pixels', async (id) => send(id, await solid(10_000, 5_100), 'image/png'), 422, 'PosterTooLarge'],
  ['one pixel', async (id) => send(id, await solid(1, 1), 'image/png'), 422, 'PosterTooSmall'],
  ['too many bytes', (id) => send(id, Buffer.alloc(10 * 2 ** 20 + 1), 'image/png'), 413, 'BodyTooLarge'],
  ['no bytes', (id) => send(id, '', 'image/png'), 422, 'PosterUnreadable'],
  ['a time before the start', (id) => post(id, 'poster', { at_seconds: -1 }), 422, 'ValidationFailed'],
  ['a time that is none', (id) => post(id, 'poster', { at_seconds: 'noon' }), 422, 'ValidationFailed'],
  ['an interval of nothing', (id) => post(id, 'thumbnails', { interval_seconds: 0 }), 422, 'ValidationFailed'],
  ['an interval of eleven minutes', (id) => post(id, 'thumbnails', { interval_seconds: 660 }), 422, 'ValidationFailed'],
  ['an interval that is none', (id) => post(id, 'thumbnails', { interval_seconds: 'often' }), 422, 'ValidationFailed'],
  ['no interval', (id) => post(id, 'thumbnails', {}), 422, 'ValidationFailed'],
])('refuses %s, and leaves the video as it is', async (_, call, status, code) => {
  const videoId = await video();
  expect(await call(videoId)).toMatchObject({ status, body: { status, code, detail: expect.stringMatching(/^[A-Za-z].*\.$/) } });
  expect(await videos.find(videoId)).toMatchObject({ status: 'ready', posterChoice: null, warnings: [] });
});

it('refuses a video that is not ready, frames of a protected one, and an upload with a nonsense interval', async () => {
  const early = await video(false);
  for (const answer of [send(early, picture, 'image/png'), post(early, 'thumbnails', { interval_seconds: 2 })])
    expect(await answer).toMatchObject({ status: 409, body: { code: 'VideoNotReady' } });
  const secret = await video(true, { encoding: { isStrict: false, families: {}, drm: DRM } });
  for (const answer of [post(secret, 'poster', { at_seconds: 1 }), post(secret, 'thumbnails', { interval_seconds: 2 })])
    expect(await answer).toMatchObject({ status: 409, body: { code: 'VideoIsProtected' } });
  expect((await send(secret, picture, 'image/png')).status).toBe(202);
  const file = { filename: 'film.mp4', title: 'A film', file_size_bytes: 700 };
  const upload = (seconds: unknown) => api.call('POST', '/api/v1/videos/upload', { ...file, thumbnails: { interval_seconds: seconds } });
  expect(await upload(0)).toMatchObject({ status: 422, body: { detail: expect.stringContaining('from 1 to 600') } });
  const { body } = await upload(10);
  expect((await videos.find(body.video_id))?.encoding.thumbnails).toEqual({ intervalMs: 10_000 });
});

it('names every picture beside the manifests', async () => {
  const videoId = await video();
  const record: PictureRecord = {
    ...{ formatVersion: 1, generation: 1 },
    images: {
      ...{ folder: 'thumbnails/2000ms', intervalMs: 2000, durationMs: 9000, count: 5 },
      ...{ width: 320, height: 180, columns: 5, rows: 1, largestSheetBytes: 9 },
    },
    poster: {
      folder: 'thumbnails',
      sizes: [
        { width: 640, height: 360 },
        { width: 320, height: 180 },
      ],
    },
    preview: { name: 'thumbnails/preview.mp4', width: 640, height: 360, durationMs: 3000 },
  };
  await api.app.get(PicturesRepository).show({ videoId, generation: 1 }, record);
  const { body } = await api.call('GET', `/api/v1/videos/${videoId}/manifest`);
  const at = (name: string) => expect.stringMatching(new RegExp(`/stream/${videoId}/g1/thumbnails/${name}$`));
  expect(body).toMatchObject({
    ...{ thumbnail_url: at('poster.jpg'), sprite_vtt_url: at('2000ms/sprite.vtt'), preview_url: at('preview.mp4') },
    posters: [
      { width: 640, height: 360, jpeg_url: at('poster.jpg'), avif_url: at('poster.avif') },
      { width: 320, height: 180, jpeg_url: at('poster_320.jpg'), avif_url: at('poster_320.avif') },
    ],
  });
});
