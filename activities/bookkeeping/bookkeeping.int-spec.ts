import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';
import type { Database } from '../../infra/database/database';
import { migrate } from '../../infra/database/migrate';
import { FamiliesRepository } from '../../infra/database/families-repository';
import { TasksRepository } from '../../infra/database/tasks-repository';
import { createEmptyDatabase, type EmptyDatabase } from '../../infra/database/testing/empty-database';
import { newVideo } from '../../infra/database/testing/new-video';
import { VideosRepository } from '../../infra/database/videos-repository';
import { ObjectStore } from '../../infra/object-store/object-store';
import { s3OfEnvironment } from '../../infra/object-store/testing/s3-of-environment';
import { MANIFEST_NAMES, segmentsKeys } from '../../temporal/contract/object-keys';
import type { Plan } from '../../temporal/contract/media/plan';
import { recordPlan } from '../task/plan-store';
import { reopenRun } from './bookkeeping';
import { inspectRun } from './inspect-run';
import { removeOutputs, removeTemporary } from '../generations/remove-objects';
import { FIRST_WALK } from '../../temporal/contract/pipeline';
import { USUAL_WALK } from '../../temporal/testing/usual-walk';

const TEXT = { contentType: 'text/plain' };
const NO_PROGRESS = () => undefined;

let empty: EmptyDatabase;
let db: Database;
let videos: VideosRepository;
let tasks: TasksRepository;
let families: FamiliesRepository;
let objects: ObjectStore;

beforeAll(async () => {
  empty = await createEmptyDatabase();
  db = empty.connect();
  await migrate(db);
  videos = new VideosRepository(db);
  tasks = new TasksRepository(db);
  families = new FamiliesRepository(db);
  const s3 = s3OfEnvironment();
  const suffix = randomBytes(4).toString('hex');
  objects = new ObjectStore(s3, { originals: `originals-${suffix}`, segments: `segments-${suffix}`, transcoded: `transcoded-${suffix}` });
  await objects.prepare(() => undefined);
});

afterAll(async () => {
  objects.destroy();
  await empty.drop();
});

/** A run with a plan of two chunks, as far as its steps are said to be done. */
async function plannedRun() {
  const video = newVideo({});
  const run = { videoId: video.videoId, generation: 1 };
  await videos.create(video);
  await videos.setUploaded(run.videoId, USUAL_WALK);
  await videos.advance(run, 'probing');
  const plan = {
    ...run,
    formatVersion: 1,
    originalKey: video.originalS3Key,
    source: { mezzanine: false },
    chunks: [{ index: 0 }, { index: 1 }],
    families: [{ family: 'h264', rungs: [] }],
    transcodeSlots: 3,
    audio: { name: 'aac_128k' },
  } as unknown as Plan;
  const { planSha256 } = await recordPlan(objects, plan);
  await videos.setPlanned(run, { planSha256, skippedSteps: [], walk: USUAL_WALK });
  await put(segmentsKeys.facts(run.videoId, 1), segmentsKeys.sourceAudio(run.videoId, 1));
  for (const taskType of ['probe', 'split'] as const) await complete({ ...run, taskType });
  return { run, planSha256 };
}

async function put(...keys: string[]): Promise<void> {
  await Promise.all(keys.map((key) => objects.put('segments', key, 'x', TEXT)));
}

async function complete(task: Parameters<TasksRepository['start']>[0]): Promise<void> {
  await tasks.start(task, { workerId: 'w', attempt: 1 });
  await tasks.complete(task, { cpuMs: 1, bytesIn: 1, bytesOut: 1 });
}

async function completeChunk(run: { videoId: string; generation: number }, index: number): Promise<void> {
  await complete({ ...run, taskType: 'transcode', codec: 'h264', segmentIndex: index });
  await put(segmentsKeys.chunkReport(run.videoId, run.generation, 'h264', index));
}

const inspect = (run: { videoId: string; generation: number }) => inspectRun({ objects, tasks, videos, families }, run);

describe('inspectRun', () => {
  it('believes a row only when what it stands for is stored', async () => {
    const { run, planSha256 } = await plannedRun();
    await completeChunk(run, 0);
    await complete({ ...run, taskType: 'transcode', codec: 'h264', segmentIndex: 1 });
    await complete({ ...run, taskType: 'audio' });
    await complete({ ...run, taskType: 'package' });
    expect(await inspect(run)).toEqual({
      lost: false,
      split: { planSha256, families: [{ family: 'h264', chunkCount: 2 }], transcodeSlots: 3, skippedSteps: [] },
      walk: FIRST_WALK,
      completedSteps: ['probe', 'split'],
    });
    await completeChunk(run, 1);
    await put(
      segmentsKeys.audioReport(run.videoId, 1),
      ...Object.values(MANIFEST_NAMES).map((name) => segmentsKeys.stagedManifest({ ...run, generation: 1 }, name)),
    );
    expect((await inspect(run)).completedSteps).toEqual(['probe', 'split', 'transcode', 'audio', 'package']);
  });

  it('sees an object that no row speaks of as not done', async () => {
    const { run } = await plannedRun();
    await tasks.planChunks(run, 'h264', 2, { inputKey: 'k' });
    await put(segmentsKeys.chunkReport(run.videoId, 1, 'h264', 0), segmentsKeys.chunkReport(run.videoId, 1, 'h264', 1));
    expect((await inspect(run)).completedSteps).toEqual(['probe', 'split']);
  });

  it('tells a plan that is gone from one that was never made', async () => {
    const video = newVideo({});
    await videos.create(video);
    const run = { videoId: video.videoId, generation: 1 };
    expect(await inspect(run)).toEqual({ lost: false, split: null, completedSteps: [] });
    await put(segmentsKeys.facts(run.videoId, 1));
    expect(await inspect(run)).toEqual({ lost: false, split: null, completedSteps: ['probe'] });
    await videos.setUploaded(run.videoId, USUAL_WALK);
    await videos.setPlanned(run, { planSha256: 'f'.repeat(64), skippedSteps: [], walk: USUAL_WALK });
    expect(await inspect(run)).toMatchObject({ lost: true });
  });
});

describe('reopenRun', () => {
  const reopen = (run: { videoId: string; generation: number }, change: Partial<Parameters<typeof reopenRun>[1]>) =>
    reopenRun({ videos, tasks }, { ...run, nextGeneration: run.generation, status: 'packaging', rerun: ['package', 'publish'], ...change });

  it('clears the failure and the rows of what is done again, and keeps the chunks', async () => {
    const { run } = await plannedRun();
    await completeChunk(run, 0);
    await complete({ ...run, taskType: 'package' });
    await videos.addWarning(run, { step: 'thumbnails', message: 'none' });
    await videos.setFailed(run, { step: 'publish', failureType: 'EncodeFailed', message: 'It broke.' });
    await reopen(run, { rerun: ['transcode', 'thumbnails', 'package', 'publish'], status: 'transcoding' });
    expect(await videos.find(run.videoId)).toMatchObject({
      status: 'transcoding',
      failedStep: null,
      errorMessage: null,
      failureType: null,
      completedAt: null,
      warnings: [],
      generation: 1,
    });
    const states = (await tasks.listForVideo(run.videoId, 1)).map((task) => [task.taskType, task.status]);
    expect(Object.fromEntries(states)).toEqual({ probe: 'completed', split: 'completed', transcode: 'completed', package: 'pending' });
  });

  it('leaves a ready video ready when only optional steps are done again', async () => {
    const { run } = await plannedRun();
    await videos.addWarning(run, { step: 'thumbnails', message: 'none' });
    await videos.setReady(run, { manifestKey: 'k' });
    const before = await videos.find(run.videoId);
    await reopen(run, { rerun: ['thumbnails'], status: null });
    expect(await videos.find(run.videoId)).toMatchObject({ status: 'ready', completedAt: before!.completedAt, warnings: [] });
  });

  it('starts a new generation once, and shuts out the old one', async () => {
    const { run } = await plannedRun();
    await videos.setFailed(run, { step: 'split', failureType: 'EncodeFailed', message: 'It broke.' });
    const anew = { nextGeneration: 2, status: 'probing' as const, rerun: ['probe' as const] };
    await reopen(run, anew);
    await reopen(run, anew);
    expect(await videos.find(run.videoId)).toMatchObject({ generation: 2, status: 'probing', planSha256: null });
    expect(await videos.setReady(run, { manifestKey: 'late' })).toBe(false);
  });

  it('refuses a video that was removed', async () => {
    const { run } = await plannedRun();
    await videos.setRemoved(run.videoId);
    await expect(reopen(run, {})).rejects.toMatchObject({ type: 'Cancelled', nonRetryable: true });
  });
});

describe('what is removed', () => {
  const publish = async (videoId: string, generation: number) => {
    for (const name of Object.values(MANIFEST_NAMES))
      await objects.put('transcoded', `${videoId}/${name}`, `g${generation}/h264/720p/playlist.m3u8`, TEXT);
  };
  const stored = async (bucket: 'originals' | 'segments' | 'transcoded', videoId: string) =>
    [...(await objects.sizesBelow(bucket, `${videoId}/`)).keys()].sort();

  async function fullVideo() {
    const videoId = ulid();
    await objects.put('originals', `${videoId}/original.mp4`, 'the original', TEXT);
    for (const generation of [1, 2, 10]) {
      await objects.put('segments', `${videoId}/g${generation}/plan.json`, '{}', TEXT);
      await objects.put('transcoded', `${videoId}/g${generation}/h264/720p/segment_00001.m4s`, 'x', TEXT);
    }
    return videoId;
  }

  it('of a cancelled run is its work and what was never published', async () => {
    const videoId = await fullVideo();
    await publish(videoId, 2);
    await removeTemporary({ objects, videos }, { videoId }, NO_PROGRESS);
    expect(await stored('segments', videoId)).toEqual([]);
    // The first generation keeps its grace, the second plays.
    expect(await stored('transcoded', videoId)).toEqual([
      'g1/h264/720p/segment_00001.m4s',
      'g2/h264/720p/segment_00001.m4s',
      'manifest.m3u8',
      'manifest.mpd',
    ]);
    expect(await stored('originals', videoId)).toEqual(['original.mp4']);
  });

  it('of a removed video is everything but the original, and nothing of its neighbour', async () => {
    const videoId = await fullVideo();
    const neighbour = await fullVideo();
    await videos.create(newVideo({ videoId }));
    await publish(videoId, 10);
    await removeOutputs({ objects, videos }, { videoId }, NO_PROGRESS);
    await removeOutputs({ objects, videos }, { videoId }, NO_PROGRESS);
    expect(await stored('segments', videoId)).toEqual([]);
    expect(await stored('transcoded', videoId)).toEqual([]);
    expect(Buffer.from((await objects.get('originals', `${videoId}/original.mp4`))!).toString()).toBe('the original');
    expect((await videos.find(videoId))!.status).toBe('removed');
    expect(await stored('transcoded', neighbour)).toHaveLength(3);
  });
});
