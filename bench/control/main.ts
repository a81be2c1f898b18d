import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { sql } from 'kysely';
import { runTool } from '../../activities/media-tools/run-tool';
import { createDatabase, type Database } from '../../infra/database/database';
import { processVideoWorkflowId, transcodeFamilyWorkflowId } from '../../temporal/contract/ids';
import { historiesOf } from '../../temporal/testing/histories';
import { benchEnvironment, type BenchEnvironment } from '../measure/bench-environment';
import { ownCpuSeconds, servicePid } from '../measure/process-usage';
import { report, round3 } from '../measure/report';
import { BenchWorkers } from './bench-workers';
import { StatusLoad } from './status-load';
import { VideoLoad } from './video-load';

/** Eighteen segments, a chunk each on eighteen slots: 24 activities with probe, split, audio, thumbnails, package and publish. */
const CLIP_SECONDS = 108;
const VIDEOS_AT_ONCE = 24;
const WARM_UP_VIDEOS = 24;
const VIDEOS = 200;
const CORES = 2;
const STATUS_REQUESTS_PER_SECOND = 50;

/** The work for a video without its media work: videos an hour, and where the time goes. */
async function main(videos: number, workerCount: number): Promise<void> {
  const env = benchEnvironment(process.env);
  const folder = await mkdtemp(join(tmpdir(), 'sprocket-bench-'));
  const db = createDatabase({ url: env.MYSQL_URL });
  await mkdir(join(folder, 'scratch'));
  const file = await makeClip(env, join(folder, 'clip.mp4'));
  const stack = { home: env.SPROCKET_HOME, apiUrl: env.SPROCKET_API_URL };
  const recording = join(folder, 'takes');
  await mkdir(recording);
  const workers = await BenchWorkers.start(stack, workerCount, recording);
  const status = new StatusLoad({ apiUrl: stack.apiUrl, requestsPerSecond: STATUS_REQUESTS_PER_SECOND });
  try {
    // The first video runs the real tools; the others play them back.
    const first = new VideoLoad({ apiUrl: stack.apiUrl, db, file, atOnce: 1 });
    await first.untilReady(1);
    await first.end();
    const load = new VideoLoad({ apiUrl: stack.apiUrl, db, file, atOnce: VIDEOS_AT_ONCE }, status.videos);
    await load.untilReady(WARM_UP_VIDEOS);
    const measured = await measure(env, { db, load, status, workers, videos });
    await load.end();
    report({ benchmark: 'control', ...measured, activities_per_video: await activitiesOf(env, first.ready[0] ?? '') });
  } finally {
    await status.close();
    await workers.stop();
    await db.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Run {
  db: Database;
  load: VideoLoad;
  status: StatusLoad;
  workers: BenchWorkers;
  /** In each of two phases. */
  videos: number;
}

/** Two stretches of one steady load: alone, which tells what a video costs, and beside clients that ask for their status. */
async function measure(env: BenchEnvironment, run: Run) {
  const { load, status, videos, workers } = run;
  const alone = await phase(env, run, () => load.untilReady(videos));
  const asked = await phase(env, run, async () => {
    status.start();
    await load.untilReady(videos);
    return status.stop();
  });
  const perVideo = mapped(alone.cpuSeconds, (seconds) => seconds / videos);
  const requests = asked.result.requests;
  const perRequest = mapped(asked.cpuSeconds, (seconds, name) => Math.max(0, seconds - (alone.cpuSeconds[name] ?? 0)) / requests);
  const coresOfStatus = total(perRequest) * STATUS_REQUESTS_PER_SECOND;
  return {
    videos,
    workers: workers.pids.length,
    videos_per_hour: perHour(videos, alone.wallSeconds),
    videos_per_hour_beside_status: perHour(videos, asked.wallSeconds),
    cores_used: round3(total(alone.cpuSeconds) / alone.wallSeconds),
    cpu_seconds_per_video: { ...mapped(perVideo, round3), all: round3(total(perVideo)) },
    cpu_ms_per_status_request: { ...mapped(perRequest, (seconds) => round3(seconds * 1000)), all: round3(total(perRequest) * 1000) },
    /** What the CPU time allows when nothing else wants the cores, 50 status requests a second among it. */
    videos_per_hour_of_two_cores: Math.round(((CORES - coresOfStatus) * 3600) / total(perVideo)),
    status: asked.result,
    sql_statements_per_video: Math.round(alone.statements / videos),
  };
}

interface Phase<T> {
  result: T;
  wallSeconds: number;
  /** By process. */
  cpuSeconds: Record<string, number>;
  statements: number;
}

async function phase<T>(env: BenchEnvironment, { db, workers }: Run, work: () => Promise<T>): Promise<Phase<T>> {
  const service = (name: string) => [servicePid(env.SPROCKET_HOME, name)];
  const pids = {
    api: service('api'),
    worker: workers.pids,
    temporal: service('temporal'),
    mysql: service('mysql'),
    s3: service('s3'),
    clients: [process.pid],
  };
  const usage = () => mapped(pids, (all) => all.reduce((sum, pid) => sum + ownCpuSeconds(pid), 0));
  const [usedBefore, statementsBefore] = [usage(), await statements(db)];
  const startedAt = performance.now();
  const result = await work();
  const wallSeconds = (performance.now() - startedAt) / 1000;
  const cpuSeconds = mapped(usage(), (seconds, name) => seconds - (usedBefore[name] ?? 0));
  return { result, wallSeconds, cpuSeconds, statements: (await statements(db)) - statementsBefore };
}

function mapped<T, U>(record: Record<string, T>, change: (value: T, name: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));
}

function total(record: Record<string, number>): number {
  return Object.values(record).reduce((sum, value) => sum + value, 0);
}

function perHour(videos: number, wallSeconds: number): number {
  return Math.round((videos / wallSeconds) * 3600);
}

/** Statements that the server has executed for all clients. */
async function statements(db: Database): Promise<number> {
  const { rows } = await sql<{ Value: string }>`show global status like 'Questions'`.execute(db);
  return Number(Object.values(rows[0] ?? {}).at(-1));
}

async function activitiesOf(env: BenchEnvironment, videoId: string): Promise<number> {
  const connection = await Connection.connect({ address: env.TEMPORAL_ADDRESS });
  try {
    const client = new Client({ connection });
    const ids = [processVideoWorkflowId(videoId), transcodeFamilyWorkflowId(videoId, 1, 'h264')];
    const histories = (await Promise.all(ids.map((id) => historiesOf(client, id)))).flat();
    return histories.flatMap(({ events }) => events ?? []).filter((event) => event.activityTaskScheduledEventAttributes).length;
  } finally {
    await connection.close();
  }
}

/** A small picture with sound; its content does not matter. */
async function makeClip(env: BenchEnvironment, path: string): Promise<Buffer> {
  const picture = ['-f', 'lavfi', '-i', `testsrc2=size=256x144:rate=24:duration=${CLIP_SECONDS}`];
  const sound = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${CLIP_SECONDS}`];
  const codecs = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '40', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '32k'];
  await runTool({ tool: env.FFMPEG_PATH, args: ['-v', 'error', '-y', ...picture, ...sound, ...codecs, '-shortest', path] });
  return readFile(path);
}

main(Number(process.argv[2] ?? VIDEOS), Number(process.argv[3] ?? 1)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
