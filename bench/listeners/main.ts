import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase } from '../../infra/database/database';
import { TasksRepository } from '../../infra/database/tasks-repository';
import { newVideo } from '../../infra/database/testing/new-video';
import { VideosRepository } from '../../infra/database/videos-repository';
import { PIPELINE } from '../../temporal/contract/pipeline';
import { MIB } from '../../temporal/contract/units';
import { benchEnvironment, type BenchEnvironment } from '../measure/bench-environment';
import { ownCpuSeconds, residentBytes, servicePid } from '../measure/process-usage';
import { median, report, round3 } from '../measure/report';
import { listen, type Listener } from './listener';

const LISTENERS = 1_000;
const CHUNKS_PER_VIDEO = 24;
const OPENED_AT_ONCE = 20;
const SETTLE_MS = 5_000;
const SILENCE_MS = 60_000;
const LONGEST_WAIT_MS = 30_000;

interface Bench {
  env: BenchEnvironment;
  videos: VideosRepository;
  tasks: TasksRepository;
}

type Run = Awaited<ReturnType<typeof transcoding>>;

/** Listeners of event streams on one API process: its memory, its CPU in silence, and how long a change takes to reach the last of them. */
async function main(count: number): Promise<void> {
  const env = benchEnvironment(process.env);
  const db = createDatabase({ url: env.MYSQL_URL });
  const bench: Bench = { env, videos: new VideosRepository(db), tasks: new TasksRepository(db) };
  try {
    const eachOwn = await measure(bench, { runs: await manyVideos(bench, count), count, address: videoEvents });
    const oneVideo = await measure(bench, { runs: await manyVideos(bench, 1), count, address: videoEvents });
    const allVideos = await measure(bench, { runs: await manyVideos(bench, 1), count, address: () => '/api/v1/events' });
    report({ benchmark: 'listeners', listeners: count, a_video_each: eachOwn, one_video: oneVideo, all_events: allVideos });
  } finally {
    await db.destroy();
  }
}

const videoEvents = ({ videoId }: Run) => `/api/v1/videos/${videoId}/events`;

async function measure({ env, videos }: Bench, work: { runs: Run[]; count: number; address: (run: Run) => string }) {
  const { runs, count, address } = work;
  const pids = { api: servicePid(env.SPROCKET_HOME, 'api'), mysql: servicePid(env.SPROCKET_HOME, 'mysql') };
  const rssMib = () => Math.round(residentBytes(pids.api) / MIB);
  const before = rssMib();
  const urls = Array.from({ length: count }, (_, index) => env.SPROCKET_API_URL + address(runs[index % runs.length]!));
  const listeners = await openAll(urls);
  await sleep(SETTLE_MS);
  const cpu = () => Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, ownCpuSeconds(pid)]));
  const cpuBefore = cpu();
  await sleep(SILENCE_MS);
  const cpuAfter = cpu();
  const after = rssMib();
  const silence = Object.fromEntries(Object.keys(pids).map((name) => [name, round3(cpuAfter[name]! - cpuBefore[name]!)]));
  process.stderr.write(`${JSON.stringify({ before, after, silence })}\n`);
  const delays = await delaysOf(listeners, runs, (run) => videos.setFailed(run, FAILURE));
  listeners.forEach((listener) => listener.close());
  await sleep(SETTLE_MS);
  return {
    ...{ rss_before_mib: before, rss_after_mib: after, rss_once_closed_mib: rssMib() },
    silent_minute_cpu_seconds: silence,
    ...{ change_to_middle_listener_ms: Math.round(median(delays)), change_to_last_listener_ms: Math.round(Math.max(...delays)) },
  };
}

const FAILURE = { step: 'transcode', failureType: 'EncodeFailed', message: 'The end of a benchmark.' } as const;

/** From the commit of the change of its video to each listener, in milliseconds. Throws when one has not heard of it after half a minute. */
async function delaysOf(listeners: readonly Listener[], runs: readonly Run[], change: (run: Run) => Promise<boolean>): Promise<number[]> {
  const heard = listeners.map(({ events }) => events);
  const changedAt: number[] = [];
  for (const [index, run] of runs.entries()) {
    if (!(await change(run))) throw new Error('a video has changed before');
    changedAt[index] = performance.now();
  }
  const late = () => listeners.filter(({ events }, index) => events === heard[index]).length;
  for (const end = performance.now() + LONGEST_WAIT_MS; late() > 0; await sleep(20)) {
    if (performance.now() > end) throw new Error(`${late()} listeners have not heard of a change`);
  }
  return listeners.map(({ lastAtMs }, index) => Math.max(0, lastAtMs - changedAt[index % runs.length]!));
}

async function openAll(urls: readonly string[]): Promise<Listener[]> {
  const listeners: Listener[] = [];
  for (let first = 0; first < urls.length; first += OPENED_AT_ONCE) {
    listeners.push(...(await Promise.all(urls.slice(first, first + OPENED_AT_ONCE).map(listen))));
  }
  return listeners;
}

async function manyVideos(bench: Bench, count: number): Promise<Run[]> {
  const runs: Run[] = [];
  while (runs.length < count) runs.push(await transcoding(bench));
  return runs;
}

/** A video in the middle of its chunks, which no worker knows of. */
async function transcoding({ videos, tasks }: Bench) {
  const video = newVideo({});
  const run = { videoId: video.videoId, generation: 1 };
  await videos.create(video);
  // Before the state in which the API would start one.
  await videos.setWorkflowStarted(video.videoId);
  await videos.setUploaded(video.videoId, PIPELINE);
  await videos.advance(run, 'transcoding');
  await tasks.planChunks(run, 'h264', CHUNKS_PER_VIDEO, { inputKey: 'k' });
  return run;
}

main(Number(process.argv[2] ?? LISTENERS)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
