import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
import { identityFaults, matchFrames, readLuma } from '../../activities/test-media/frame-identity';
import { toolPaths } from '../../activities/test-media/tool-paths';
import { createDatabase, type Database } from '../../infra/database/database';
import { TasksRepository } from '../../infra/database/tasks-repository';
import { ObjectStore } from '../../infra/object-store/object-store';
import { s3OfEnvironment } from '../../infra/object-store/testing/s3-of-environment';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { segmentsKeys } from '../../temporal/contract/object-keys';
import type { Plan } from '../../temporal/contract/media/plan';
import type { VideoProgress } from '../../packages/client/src/api-bodies';
import { SprocketClient } from '../../packages/client/src/sprocket-client';
import { uploadPath } from '../../packages/client/src/node';
import { workBelow } from './faults/leftovers';
import { apiUrl, downloadRenditions, processFile, untilEnded } from './scenes/published-video';

const DEMO_CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
const FRAMES = 720;
/** What the service promises from a cancellation to the end of every tool. */
const CANCEL_LIMIT_MS = 20_000;
/** Of the stack's own worker. The tests here run one at a time, so whatever is below it belongs to the video at hand. */
const SCRATCH = join(process.env['SPROCKET_HOME'] ?? '', 'data', 'scratch');

let folder: string;
let db: Database;
let tasks: TasksRepository;
let objects: ObjectStore;
const s3 = s3OfEnvironment();
const api = new SprocketClient({ url: apiUrl() });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sprocket-e2e-'));
  db = createDatabase({ url: process.env['MYSQL_URL'] ?? '' });
  tasks = new TasksRepository(db);
  objects = new ObjectStore(s3, { originals: 'video-originals', segments: 'video-segments', transcoded: 'video-transcoded' });
});

afterAll(async () => {
  objects.destroy();
  await db.destroy();
  await rm(folder, { recursive: true });
});

async function call(method: string, path: string, body: unknown = {}): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${apiUrl()}/api/v1/videos/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(method === 'DELETE' ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

const keys = async (bucket: 'originals' | 'segments' | 'transcoded', videoId: string) => [
  ...(await objects.sizesBelow(bucket, `${videoId}/`)).keys(),
];

async function lose(bucket: 'segments' | 'transcoded', ...lost: string[]): Promise<void> {
  await s3.send(new DeleteObjectsCommand({ Bucket: objects.buckets[bucket], Delete: { Objects: lost.map((Key) => ({ Key })) } }));
}

/** When each task of a video was last started: what a retry leaves alone keeps its time. */
async function startTimes(videoId: string): Promise<Map<string, number>> {
  return new Map((await tasks.listForVideo(videoId, 1)).map((task) => [task.taskId, task.startedAt?.getTime() ?? 0]));
}

async function startedAgain(videoId: string, before: Map<string, number>): Promise<string[]> {
  const after = await startTimes(videoId);
  return [...after]
    .filter(([taskId, at]) => at !== before.get(taskId))
    .map(([taskId]) => taskId.slice(`${videoId}/g1/`.length))
    .sort();
}

async function until(check: () => Promise<boolean> | boolean, limitMs = 60_000): Promise<void> {
  const endsAt = Date.now() + limitMs;
  while (!(await check())) {
    if (Date.now() > endsAt) throw new Error('it did not happen in time');
    await sleep(50);
  }
}

async function expectEveryFrame(videoId: string): Promise<void> {
  const { ffmpeg } = toolPaths();
  const source = await readLuma({ ffmpeg, path: DEMO_CLIP, scratch: folder });
  const renditions = await downloadRenditions(videoId, folder);
  expect(renditions.length).toBeGreaterThan(1);
  for (const { path } of renditions) {
    expect(identityFaults(matchFrames(source, await readLuma({ ffmpeg, path, scratch: folder })), FRAMES)).toEqual([]);
  }
}

describe('a retry', () => {
  it('encodes the one chunk that was lost, and the frames are all there', async () => {
    const { videoId } = await processFile(DEMO_CLIP);
    await untilPicturesAreDone(videoId);
    const before = await startTimes(videoId);
    await lose('segments', segmentsKeys.chunkReport(videoId, 1, 'h264', 1));
    expect(await call('POST', `${videoId}/retry`, { from_step: 'package' })).toMatchObject({
      status: 200,
      body: { retry_from: 'package', generation: 1 },
    });
    expect(await untilEnded(api, videoId)).toMatchObject({ status: 'ready' });
    expect(await startedAgain(videoId, before)).toEqual(['package', 'publish', 'transcode/h264/1', 'verify']);
    await expectEveryFrame(videoId);
  });

  it('of packaging runs no encoder, and goes on where the run was refused', async () => {
    const { videoId } = await processFile(DEMO_CLIP);
    await untilPicturesAreDone(videoId);
    const segment = `${videoId}/g1/h264/480p/segment_00002.m4s`;
    const published = await objects.get('transcoded', `${videoId}/manifest.m3u8`);
    const bytes = await objects.get('transcoded', segment);
    await lose('transcoded', segment);
    const before = await startTimes(videoId);
    await call('POST', `${videoId}/retry`, { from_step: 'package' });
    expect(await untilEnded(api, videoId)).toMatchObject({ status: 'failed', failed_step: 'verify', error: { code: 'OutputInvalid' } });
    expect(await objects.get('transcoded', `${videoId}/manifest.m3u8`)).toEqual(published);

    await objects.put('transcoded', segment, bytes!, { contentType: 'video/iso.segment' });
    const answers = await Promise.all([call('POST', `${videoId}/retry`), call('POST', `${videoId}/retry`)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await untilEnded(api, videoId)).toMatchObject({ status: 'ready' });
    expect(await startedAgain(videoId, before)).toEqual(['package', 'publish', 'verify']);
    await expectEveryFrame(videoId);
  });

  it('makes a new plan and a new generation from the first step', async () => {
    const { videoId } = await processFile(DEMO_CLIP);
    await untilPicturesAreDone(videoId);
    expect(await call('POST', `${videoId}/retry`, { from_step: 'probe' })).toMatchObject({ status: 200, body: { generation: 2 } });
    expect((await api.manifest(videoId)).hls_url).toContain(videoId);
    expect(await untilEnded(api, videoId)).toMatchObject({ status: 'ready' });
    expect(Buffer.from((await objects.get('transcoded', `${videoId}/manifest.m3u8`))!).toString()).toContain('g2/h264/');
    await expectEveryFrame(videoId);
  });

  async function untilPicturesAreDone(videoId: string): Promise<void> {
    await until(async () => (await api.progress(videoId)).pipeline_progress['thumbnails'] === 'completed');
  }
});

describe('a cancellation', () => {
  it.each(['probe', 'transcode', 'audio', 'verify'] as const)(
    'during %s ends every tool in time and frees what was stored',
    async (step) => {
      const videoId = await uploadPath(api, DEMO_CLIP);
      await until(async () => isAt(await api.progress(videoId), step));
      const cancelledAt = performance.now();
      const answer = await call('POST', `${videoId}/cancel`);
      // The last steps are quick: what is over cannot be cancelled any more.
      if (answer.status === 409) return expect(await api.progress(videoId)).toMatchObject({ status: 'ready' });
      expect(answer.status).toBe(202);
      await until(async () => ['cancelled', 'ready'].includes((await api.progress(videoId)).status), CANCEL_LIMIT_MS);
      await until(() => workBelow([SCRATCH]).length === 0, CANCEL_LIMIT_MS - (performance.now() - cancelledAt));
      if ((await api.progress(videoId)).status === 'ready') return;
      await until(async () => (await keys('segments', videoId)).length === 0);
      expect(await keys('transcoded', videoId)).toEqual([]);
      expect(await keys('originals', videoId)).toEqual(['original.mp4']);
      expect((await tasks.listForVideo(videoId, 1)).map((task) => task.status)).not.toContain('running');
    },
  );

  it('can be taken back by a retry', async () => {
    const videoId = await uploadPath(api, DEMO_CLIP);
    await until(async () => isAt(await api.progress(videoId), 'transcode'));
    await call('POST', `${videoId}/cancel`);
    await until(async () => (await api.progress(videoId)).status === 'cancelled', CANCEL_LIMIT_MS);
    await until(async () => (await call('POST', `${videoId}/retry`)).status === 200);
    expect(await untilEnded(api, videoId)).toMatchObject({ status: 'ready' });
    await expectEveryFrame(videoId);
  });

  function isAt(progress: VideoProgress, step: keyof VideoProgress['pipeline_progress']): boolean {
    const state = progress.pipeline_progress[step];
    return ['running', 'completed'].includes((typeof state === 'object' ? state.state : state) ?? '');
  }
});

describe('a removal', () => {
  it.each(['ready', 'transcoding'])('of a %s video deletes everything but the original', async (status) => {
    const videoId = await uploadPath(api, DEMO_CLIP);
    await until(async () => (await api.progress(videoId)).status === status);
    expect(await call('DELETE', videoId)).toMatchObject({ status: 202, body: { status: 'removed' } });
    await until(async () => (await keys('transcoded', videoId)).length + (await keys('segments', videoId)).length === 0);
    // Nothing comes back from a task that was still on its way.
    await until(() => workBelow([SCRATCH]).length === 0, CANCEL_LIMIT_MS);
    expect([...(await keys('transcoded', videoId)), ...(await keys('segments', videoId))]).toEqual([]);
    expect(await keys('originals', videoId)).toEqual(['original.mp4']);
    expect((await fetch(`${apiUrl()}/stream/${videoId}/manifest.m3u8`)).status).toBe(404);
    expect((await call('POST', `${videoId}/retry`, { from_step: 'probe' })).status).toBe(409);
    const plan = await objects.getJson<Plan>('segments', segmentsKeys.plan(videoId, 1));
    expect(plan).toBeNull();
  });
});
