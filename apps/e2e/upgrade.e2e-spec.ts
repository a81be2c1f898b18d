import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { identityFaults, readBarcodes } from '../../activities/test-media/frame-identity';
import { makeBarcodeSource } from '../../activities/test-media/make-source';
import { toolPaths } from '../../activities/test-media/tool-paths';
import type { Database } from '../../infra/database/database';
import { TasksRepository } from '../../infra/database/tasks-repository';
import { type Task } from '../../infra/database/task';
import { createEmptyDatabase, type EmptyDatabase } from '../../infra/database/testing/empty-database';
import { VideosRepository } from '../../infra/database/videos-repository';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { processVideoWorkflowId, transcodeFamilyWorkflowId } from '../../temporal/contract/ids';
import { FIRST_WALK } from '../../temporal/contract/pipeline';
import { USUAL_WALK } from '../../temporal/testing/usual-walk';
import { historiesOf } from '../../temporal/testing/histories';
import { openOwnNamespace, type OwnNamespace } from '../../temporal/testing/own-namespace';
import { SprocketClient } from '../../packages/client/src/sprocket-client';
import { uploadPath } from '../../packages/client/src/node';
import { builtRelease } from './scenes/built-release';
import { ExtraApi } from './scenes/extra-api';
import type { ExtraProgram } from './scenes/extra-program';
import { ExtraWorker } from './scenes/extra-worker';
import { downloadRenditions, untilEnded } from './scenes/published-video';

/** The last one whose runs record no walk. */
const OLD_COMMIT = '15c79c75a3fca17747c4630506f687b8488e2474';
const FRAME_RATE = { num: 24, den: 1 };
const FRAME_COUNT = 960;
const SHORT_FRAME_COUNT = 96;
const POLL_MS = 50;
const OLD_QUEUES = 'pipeline:20,probe:1,split:1,audio:1,thumbnail:1,package:1';
const NEW_QUEUES = 'pipeline:20,probe:1,split:1,transcode-cpu:1,audio:1,thumbnail:1,package:1,verify:1';

describe('a fleet of the last release without recorded walks', () => {
  const programs: ExtraProgram[] = [];
  let folder: string;
  let oldRelease: string;
  let empty: EmptyDatabase;
  let db: Database;
  let own: OwnNamespace;
  let environment: Record<string, string>;
  let tasks: TasksRepository;
  let videos: VideosRepository;
  let oldApi: ExtraApi;
  let newApi: ExtraApi;
  let oldWorkers: [leader: ExtraWorker, encoder: ExtraWorker];
  let videoId: string;

  beforeAll(async () => {
    oldRelease = await builtRelease(OLD_COMMIT);
    folder = await mkdtemp(join(tmpdir(), 'sprocket-e2e-'));
    empty = await createEmptyDatabase();
    own = await openOwnNamespace(process.env['TEMPORAL_ADDRESS'] ?? '');
    // More slots than the clip has segments: every segment is a chunk.
    environment = { MYSQL_URL: empty.url, TEMPORAL_NAMESPACE: own.namespace, TRANSCODE_SLOTS_EXPECTED: '8' };
    db = empty.connect();
    tasks = new TasksRepository(db);
    videos = new VideosRepository(db);
    oldApi = started(await ExtraApi.start(environment, oldRelease));
    await oldApi.isReady();
    const clip = await makeClip('clip.mp4', FRAME_COUNT);

    const leader = await startWorker({ WORKER_QUEUES: OLD_QUEUES, WORKER_SHUTDOWN_GRACE_SECONDS: '0' }, oldRelease);
    const encoder = await startWorker(
      { WORKER_QUEUES: 'transcode-cpu:1', WORKER_SHUTDOWN_GRACE_SECONDS: '0', FFMPEG_PATH: await slowEncoder() },
      oldRelease,
    );
    const api = new SprocketClient({ url: oldApi.url });
    await Promise.all([leader, encoder].map((worker) => worker.isListed(api)));
    videoId = await uploadPath(api, clip);
    await chunks((rows) => rows.some(isCompleted) && rows.some((row) => isUnderWay(row)));
    oldWorkers = [leader, encoder];
  });

  afterAll(async () => {
    await Promise.all(programs.map((program) => program.kill()));
    await own.close();
    await empty.drop();
    await rm(folder, { recursive: true });
  });

  it('runs on the schema of this release', async () => {
    expect(await migrate()).toEqual([
      '0004-recorded-walks',
      '0005-idempotency-keys',
      '0006-codec-families',
      '0007-encoding-requests',
      '0008-views',
      '0009-worker-encoders',
      '0010-content-keys',
      '0011-protection',
      '0012-moderation',
      '0013-watermarks',
      '0015-subtitles',
      '0016-pictures',
      '0017-mpeg-ts',
      '0018-speech',
      '0019-access',
      '0020-task-failures',
      '0022-drm-switch',
      '0023-ingest',
      '0024-events-and-webhooks',
      '0025-video-metadata',
      '0027-early-playback',
      '0028-express',
    ]);
    expect(await migrate()).toEqual([]);
  });

  it('hands a video in the middle of its chunks to workers of this release, which end it exactly', async () => {
    const [leader, encoder] = oldWorkers;
    const api = new SprocketClient({ url: oldApi.url });
    const worker = await startWorker({ WORKER_QUEUES: NEW_QUEUES });
    const rows = await chunks(
      (all) => all.some(({ workerId }) => workerId === worker.workerId) && all.some((row) => isUnderWay(row, encoder)),
    );
    const done = rows.filter(isCompleted);
    const held = rows.filter((row) => isUnderWay(row, encoder)).map(({ taskId }) => taskId);
    expect(done.some(({ workerId }) => workerId === encoder.workerId)).toBe(true);
    const ends = await Promise.all([leader, encoder].map((old) => old.stop('SIGTERM')));
    expect(ends.map(({ exitCode }) => exitCode)).toEqual([0, 0]);

    // At once, not at the time limit of the test: a workflow task that failed is tried again without an end.
    while ((await api.progress(videoId)).status !== 'ready') {
      expect(await workflowTasks(videoId)).toMatchObject({ failed: 0 });
      await sleep(POLL_MS);
    }
    const ended = await chunks((all) => all.every(isCompleted));
    expect(ended).toHaveLength(7);
    for (const { taskId, workerId, startedAt } of done)
      expect(ended.find((row) => row.taskId === taskId)).toMatchObject({ workerId, startedAt });
    for (const taskId of held) expect(ended.find((row) => row.taskId === taskId)).toMatchObject({ workerId: worker.workerId });
    const frames = await framesOf(videoId, oldApi.url);
    expect(identityFaults(frames, FRAME_COUNT)).toEqual([]);
    expect(identityFaults([...frames.slice(1), frames[0] ?? null], FRAME_COUNT)).not.toEqual([]);
  });

  it('leaves no workflow task that failed', async () => {
    expect(await workflowTasks(videoId)).toMatchObject({ failed: 0 });
    expect((await workflowTasks(videoId)).completed).toBeGreaterThan(0);
  });

  it('has videos that are final for the API of this release and go along their own steps', async () => {
    await oldApi.stop('SIGTERM');
    newApi = started(await ExtraApi.start(environment));
    await newApi.isReady();
    const api = new SprocketClient({ url: newApi.url });
    // The stream of events ends by itself when nothing changes any more.
    expect(await (await fetch(`${newApi.url}/api/v1/videos/${videoId}/events`)).text()).toContain('"status":"ready"');
    const { status, pipeline_progress: progress } = await api.progress(videoId);
    expect({ status, verify: progress['verify'], publish: progress['publish'] }).toEqual({
      status: 'ready',
      verify: 'skipped',
      publish: 'completed',
    });
    expect(await videos.find(videoId)).toMatchObject({ walk: FIRST_WALK });

    const before = await tasks.listForVideo(videoId, 1);
    await retry('thumbnails');
    const after = await untilRows((rows) => rows.every((row) => isCompleted(row)) && thumbnailsOf(rows) !== thumbnailsOf(before));
    const others = (rows: Task[]) => rows.filter(({ taskType }) => taskType !== 'thumbnail');
    expect(others(after)).toEqual(others(before));
    expect(await untilEnded(api, videoId)).toMatchObject({ status: 'ready' });
    expect(await workflowTasks(videoId)).toMatchObject({ failed: 0 });
  });

  it('takes new videos along the steps of this release', async () => {
    const api = new SprocketClient({ url: newApi.url });
    const newId = await uploadPath(api, await makeClip('short.mp4', SHORT_FRAME_COUNT));
    expect(await untilEnded(api, newId)).toMatchObject({ status: 'ready', pipeline_progress: { verify: 'completed' } });
    expect(await videos.find(newId)).toMatchObject({ walk: USUAL_WALK });
    expect(identityFaults(await framesOf(newId, newApi.url), SHORT_FRAME_COUNT)).toEqual([]);
  });

  it('can go back to the API of that release', async () => {
    await newApi.stop('SIGTERM');
    await sql`delete from kysely_migration where name > '0003-housekeeping'`.execute(db);
    const again = started(await ExtraApi.start(environment, oldRelease));
    await again.isReady();
    expect(await new SprocketClient({ url: again.url }).progress(videoId)).toMatchObject({ status: 'ready' });
    expect(identityFaults(await framesOf(videoId, again.url), FRAME_COUNT)).toEqual([]);
  });

  function started<T extends ExtraProgram>(program: T): T {
    programs.push(program);
    return program;
  }

  async function startWorker(settings: Record<string, string>, release?: string): Promise<ExtraWorker> {
    return started(new ExtraWorker(await mkdtemp(join(folder, 'scratch-')), { ...environment, ...settings }, release));
  }

  function makeClip(name: string, frameCount: number): Promise<string> {
    return makeBarcodeSource({ ffmpeg: toolPaths().ffmpeg, folder, name, frameRate: FRAME_RATE, frameCount, audioDelaySeconds: 0 });
  }

  /** An ffmpeg that reads its first input at half the speed of real time. */
  async function slowEncoder(): Promise<string> {
    const path = join(folder, 'slow-ffmpeg');
    await writeFile(path, `#!/bin/sh\nexec '${toolPaths().ffmpeg}' -readrate 0.5 "$@"\n`, { mode: 0o755 });
    return path;
  }

  /** Runs the migration program of this release and resolves to its lines. */
  async function migrate(): Promise<string[]> {
    const program = join(projectRoot(), 'dist', 'apps', 'migrate', 'main.js');
    const { stdout } = await promisify(execFile)(process.execPath, [program], { env: { MYSQL_URL: empty.url } });
    return (JSON.parse(stdout) as { migrations: string[] }).migrations;
  }

  /** The rows of the video's tasks, once they are as wanted. */
  async function untilRows(wanted: (rows: Task[]) => boolean): Promise<Task[]> {
    for (;;) {
      const rows = await tasks.listForVideo(videoId, 1);
      if (wanted(rows)) return rows;
      await sleep(POLL_MS);
    }
  }

  /** The rows of its chunks, once they are as wanted. */
  async function chunks(wanted: (rows: Task[]) => boolean): Promise<Task[]> {
    const onlyChunks = (rows: Task[]) => rows.filter(({ taskType }) => taskType === 'transcode');
    return onlyChunks(await untilRows((rows) => wanted(onlyChunks(rows))));
  }

  async function retry(fromStep: string): Promise<void> {
    const response = await fetch(`${newApi.url}/api/v1/videos/${videoId}/retry`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ from_step: fromStep }),
    });
    expect(response.status).toBe(200);
  }

  /** The numbers that the frames of the largest rendition show. */
  async function framesOf(id: string, url: string): Promise<(number | null)[]> {
    const renditions = await downloadRenditions(id, await mkdtemp(join(folder, 'renditions-')), url);
    const heights = new Map(renditions.map((rendition) => [Number.parseInt(rendition.name, 10), rendition]));
    const { path } = heights.get(Math.max(...heights.keys()))!;
    return readBarcodes({ ffmpeg: toolPaths().ffmpeg, path, scratch: folder });
  }

  /** Workflow tasks of all runs of a video and of its family. */
  async function workflowTasks(id: string): Promise<{ completed: number; failed: number }> {
    const ids = [processVideoWorkflowId(id), transcodeFamilyWorkflowId(id, 1, 'h264')];
    const histories = await Promise.all(ids.map((workflowId) => historiesOf(own.client, workflowId)));
    const events = histories.flat().flatMap((history) => history.events ?? []);
    return {
      completed: events.filter((event) => event.workflowTaskCompletedEventAttributes).length,
      failed: events.filter((event) => event.workflowTaskFailedEventAttributes).length,
    };
  }
});

function isCompleted({ status }: Task): boolean {
  return status === 'completed';
}

/** Being encoded, by this worker if one is named. */
function isUnderWay({ status, progressPercent, workerId }: Task, worker?: ExtraWorker): boolean {
  return status === 'running' && progressPercent > 0 && (!worker || workerId === worker.workerId);
}

function thumbnailsOf(rows: Task[]): number | undefined {
  return rows.find(({ taskType }) => taskType === 'thumbnail')?.startedAt?.getTime();
}
