import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { runTool } from '../../activities/media-tools/run-tool';
import { toolPaths } from '../../activities/test-media/tool-paths';
import { createDatabase, type Database } from '../../infra/database/database';
import { TasksRepository } from '../../infra/database/tasks-repository';
import { type Task } from '../../infra/database/task';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { transcodeFamilyWorkflowId } from '../../temporal/contract/ids';
import { SprocketClient } from '../../packages/client/src/sprocket-client';
import { uploadPath } from '../../packages/client/src/node';
import { ExtraWorker } from './scenes/extra-worker';
import { apiUrl, untilEnded } from './scenes/published-video';
import { slowEncoder } from './scenes/slow-encoder';

const DEMO_CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
const POLL_MS = 50;
/** A worker that is lost instead is noticed after this long. */
const HEARTBEAT_TIMEOUT_MS = 15_000;

describe('a worker told to stop in the middle of a chunk', () => {
  const workers: ExtraWorker[] = [];
  let folder: string;
  let clip: string;
  let db: Database;
  let tasks: TasksRepository;
  let connection: Connection;
  const api = new SprocketClient({ url: apiUrl() });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sprocket-e2e-'));
    clip = join(folder, 'clip.mp4');
    await runTool({ tool: toolPaths().ffmpeg, args: ['-v', 'error', '-stream_loop', '3', '-i', DEMO_CLIP, '-c', 'copy', '-an', clip] });
    db = createDatabase({ url: process.env['MYSQL_URL'] ?? '' });
    tasks = new TasksRepository(db);
    connection = await Connection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? '' });
  });

  afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.kill())));

  afterAll(async () => {
    await connection.close();
    await db.destroy();
    await rm(folder, { recursive: true });
  });

  it('hands the chunk back at once without a grace, and it counts as no failure of the media', async () => {
    const worker = await start({ WORKER_SHUTDOWN_GRACE_SECONDS: '0', FFMPEG_PATH: await slowEncoder(folder, 0.5) });
    const videoId = await uploadPath(api, clip);
    await chunks(videoId, (rows) => rows.length > 0);
    // More slots than chunks, and later than the plan: the chunk that is handed back need not wait for a slot.
    workers.push(new ExtraWorker(await mkdtemp(join(folder, 'scratch-')), { WORKER_QUEUES: 'transcode-cpu:12' }));
    const rows = await chunks(
      videoId,
      (all) => all.every(({ status }) => status !== 'pending') && all.some((row) => isUnderWay(row, worker)),
    );
    const own = rows.find((row) => isUnderWay(row, worker)) as Task;

    const stoppedAt = Date.now();
    const { exitCode, wallMs } = await worker.stop('SIGTERM');
    expect(exitCode).toBe(0);
    expect(wallMs).toBeLessThan(HEARTBEAT_TIMEOUT_MS);
    expect(await worker.leftovers()).toEqual([]);

    const again = (await chunks(videoId, (all) => all.some((row) => row.taskId === own.taskId && row.workerId !== worker.workerId))).find(
      (row) => row.taskId === own.taskId,
    ) as Task;
    const takenOverMs = Number(again.startedAt) - stoppedAt;
    process.stderr.write(`drain without a grace: exit after ${wallMs} ms, taken over after ${takenOverMs} ms\n`);
    expect(takenOverMs).toBeLessThan(HEARTBEAT_TIMEOUT_MS / 2);
    expect(again.errorMessage).toBeNull();
    expect(await pendingChunk(videoId, own)).toEqual({ lastFailure: 'WorkerShutdown', details: { mediaFailures: 0 } });

    expect(await untilEnded(api, videoId)).toMatchObject({ status: 'ready' });
    // The video is ready before its optional steps are done, but never before its chunks.
    const ended = await chunks(videoId, () => true);
    expect(ended.filter(({ status }) => status !== 'completed')).toEqual([]);
    expect(ended.filter(({ retryCount }) => retryCount > 0).map(({ taskId }) => taskId)).toEqual([own.taskId]);
  });

  it('finishes the chunk within the grace and takes no other', async () => {
    const worker = await start({ WORKER_SHUTDOWN_GRACE_SECONDS: '240', FFMPEG_PATH: await slowEncoder(folder, 2) });
    const videoId = await uploadPath(api, clip);
    const rows = await chunks(videoId, (all) => all.some((row) => isUnderWay(row, worker)));
    const own = rows.filter((row) => isUnderWay(row, worker)).map(({ taskId }) => taskId);
    const before = rows.filter((row) => row.workerId === worker.workerId).map(({ taskId }) => taskId);

    const { exitCode, wallMs } = await worker.stop('SIGTERM');
    process.stderr.write(`drain with a grace: exit after ${wallMs} ms\n`);
    expect(exitCode).toBe(0);
    expect(await worker.leftovers()).toEqual([]);
    const after = (await tasks.listForVideo(videoId, 1)).filter((row) => row.workerId === worker.workerId);
    expect(after.map(({ taskId }) => taskId)).toEqual(before);
    expect(after.find(({ taskId }) => taskId === own[0])).toMatchObject({ status: 'completed', retryCount: 0 });

    expect(await untilEnded(api, videoId)).toMatchObject({ status: 'ready' });
    const ended = await tasks.listForVideo(videoId, 1);
    expect(ended.filter(({ retryCount }) => retryCount > 0)).toEqual([]);
    expect(ended.filter(({ workerId }) => workerId === worker.workerId).map(({ taskId }) => taskId)).toEqual(before);
  });

  it('ends on a signal while it still waits for the workflow service', async () => {
    const worker = new ExtraWorker(join(folder, 'waiting'), { WORKER_QUEUES: 'audio:1', TEMPORAL_ADDRESS: '127.0.0.1:9' });
    workers.push(worker);
    await worker.says('the workflow service is not ready');
    const { exitCode } = await worker.stop('SIGTERM');
    expect(exitCode).toBe(0);
    expect(await worker.leftovers()).toEqual([]);
  });

  /** A worker with one slot for chunks. */
  async function start(environment: Record<string, string>): Promise<ExtraWorker> {
    const worker = await ExtraWorker.serving(await mkdtemp(join(folder, 'scratch-')), { WORKER_QUEUES: 'transcode-cpu:1', ...environment });
    workers.push(worker);
    return worker;
  }

  /** The rows of the chunks, once they are as wanted. */
  async function chunks(videoId: string, wanted: (rows: Task[]) => boolean): Promise<Task[]> {
    for (;;) {
      const rows = (await tasks.listForVideo(videoId, 1)).filter(({ taskType }) => taskType === 'transcode');
      if (wanted(rows)) return rows;
      await sleep(POLL_MS);
    }
  }

  /** What Temporal keeps of a chunk that runs again. */
  async function pendingChunk(videoId: string, { codec, segmentIndex }: Task): Promise<unknown> {
    const workflow = new Client({ connection }).workflow.getHandle(transcodeFamilyWorkflowId(videoId, 1, codec as 'h264'));
    const { pendingActivities } = (await workflow.describe()).raw;
    const found = (pendingActivities ?? []).filter(({ lastFailure }) => lastFailure);
    if (found.length !== 1) throw new Error(`${found.length} chunks have failed before, besides chunk ${segmentIndex}`);
    const details = found[0]?.heartbeatDetails?.payloads?.[0];
    return {
      lastFailure: found[0]?.lastFailure?.applicationFailureInfo?.type,
      details: details && defaultPayloadConverter.fromPayload(details),
    };
  }
});

/** Being encoded, well under way. */
function isUnderWay(row: Task, worker: ExtraWorker): boolean {
  return row.workerId === worker.workerId && row.status === 'running' && row.progressPercent > 0;
}
