import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { s3OfEnvironment } from '../../../infra/object-store/testing/s3-of-environment';
import type { VideoProgress } from '../../../packages/client/src/api-bodies';
import { SprocketClient } from '../../../packages/client/src/sprocket-client';
import { uploadPath } from '../../../packages/client/src/node';
import { apiUrl, untilEnded } from '../scenes/published-video';

const CLIP = join(__dirname, '..', 'clips', 'bbb-180rotated.mov');
/** Every picture of whatever clip scores as much. */
const HOLD_EVERYTHING = { moderation: 'hold', moderation_threshold: 0 } as const;

const api = new SprocketClient({ url: apiUrl() });
const s3 = s3OfEnvironment();
afterAll(() => s3.destroy());

async function listBelow(bucket: 'originals' | 'segments' | 'transcoded', videoId: string): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: `video-${bucket}`, Prefix: `${videoId}/` }));
  return Contents.map(({ Key = '' }) => Key);
}

/** Deletes the temporary objects of a video, as their lifecycle does after a week. Resolves to the HLS manifest that was verified. */
async function dropTemporary(videoId: string): Promise<string> {
  const staged = await s3.send(new GetObjectCommand({ Bucket: 'video-segments', Key: `${videoId}/g1/manifest.m3u8` }));
  const text = (await staged.Body?.transformToString()) ?? '';
  for (const Key of await listBelow('segments', videoId)) await s3.send(new DeleteObjectCommand({ Bucket: 'video-segments', Key }));
  return text;
}

interface Answer {
  status: number;
  type: string;
  // Tests say what they expect of it.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

async function call(method: string, path: string, body?: unknown): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${apiUrl()}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const [type, text] = [response.headers.get('content-type') ?? '', await response.text()];
  return { status: response.status, type, body: type.includes('json') ? JSON.parse(text) : text };
}

async function untilHeld(videoId: string): Promise<VideoProgress> {
  for (;;) {
    const progress = await api.progress(videoId);
    if (!['uploaded', 'probing', 'transcoding', 'packaging'].includes(progress.status)) return progress;
    await sleep(200);
  }
}

/** Addresses below /stream of everything that is stored for players. */
async function streamed(videoId: string): Promise<string[]> {
  return (await listBelow('transcoded', videoId)).map((key) => `/stream/${key}`);
}

it('holds videos whose pictures are flagged: an approved one is published, a rejected one removed', async () => {
  const [approved, rejected] = await Promise.all([uploadPath(api, CLIP, HOLD_EVERYTHING), uploadPath(api, CLIP, HOLD_EVERYTHING)]);
  for (const videoId of [approved, rejected]) {
    expect(await untilHeld(videoId)).toMatchObject({
      status: 'moderating',
      pipeline_progress: { verify: 'completed', moderation: 'running', publish: 'pending' },
    });
    const stored = await streamed(videoId);
    expect(stored.filter((path) => path.includes('/g1/h264/')).length).toBeGreaterThan(2);
    for (const path of [...stored, `/stream/${videoId}/manifest.m3u8`, `/stream/${videoId}/manifest.mpd`])
      expect([path, (await call('GET', path)).status]).toEqual([path, 404]);
    expect((await call('GET', `/api/v1/videos/${videoId}`)).body).toMatchObject({ hls_url: null, dash_url: null, thumbnail_url: null });
    expect((await call('GET', `/api/v1/videos/${videoId}/manifest`)).status).toBe(409);
    expect((await call('GET', `/watch/${videoId}/info`)).body.playback).toBeNull();
  }
  const queue = (await call('GET', '/api/v1/videos?status=moderating')).body.videos as { video_id: string }[];
  expect(queue.map((video) => video.video_id).sort()).toEqual([approved, rejected].sort());

  const found = (await call('GET', `/api/v1/videos/${approved}/moderation`)).body as {
    scores: unknown[];
    flagged: { picture_url: string }[];
  };
  const { scores, flagged } = found;
  expect(scores).toEqual([0, 1, 2].map((second) => ({ time_ms: second * 1000, score: expect.any(Number) })));
  expect(flagged).toHaveLength(1);
  expect(await call('GET', new URL(flagged[0]!.picture_url).pathname)).toMatchObject({ status: 200, type: 'image/jpeg' });

  const verified = await dropTemporary(approved);
  const decide = (videoId: string, decision: string) => call('POST', `/api/v1/videos/${videoId}/moderation`, { decision, note: 'seen' });
  expect(await decide(approved, 'approve')).toMatchObject({
    status: 200,
    body: { decision: 'approve', decided_by: 'local', note: 'seen' },
  });
  expect(await untilEnded(api, approved)).toMatchObject({ status: 'ready', warnings: [] });
  const { status, body: published } = await call('GET', `/stream/${approved}/manifest.m3u8`);
  expect(status).toBe(200);
  // Thumbnails come on top of what was verified.
  expect(String(published).replace(/\n#EXT-X-IMAGE-STREAM-INF:.*\n$/, '')).toBe(verified);
  expect((await call('GET', `/stream/${approved}/g1/moderation.json`)).status).toBe(404);
  expect(await decide(approved, 'approve')).toMatchObject({ status: 200, body: { status: 'ready' } });
  expect(await decide(approved, 'reject')).toMatchObject({ status: 409, body: { code: 'ModerationDecided' } });

  expect((await decide(rejected, 'reject')).status).toBe(200);
  expect(await untilEnded(api, rejected)).toMatchObject({ status: 'removed' });
  while ((await listBelow('transcoded', rejected)).length > 0) await sleep(200);
  expect(await listBelow('originals', rejected)).toEqual([`${rejected}/original.mov`]);
  expect((await decide(rejected, 'reject')).status).toBe(200);
});

it('publishes a video that only flags, with a warning that says so', async () => {
  const videoId = await uploadPath(api, CLIP, { moderation: 'flag', moderation_threshold: 0 });
  const { status, warnings } = await untilEnded(api, videoId);
  expect([status, warnings]).toEqual(['ready', [expect.objectContaining({ code: 'ModerationFlagged', step: 'moderation' })]]);
});
