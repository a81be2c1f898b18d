import { spawnSync } from 'node:child_process';
import type { Fault } from '../fault';
import type { ExtraWorker } from '../../scenes/extra-worker';
import type { Scene } from '../scene';
import { until } from '../until';

/** Time-out of a heartbeat and the interval of its check: the promise to operators. */
const NOTICED_WITHIN_MS = 30_000;

const LIMIT_MS = 180_000;
/** A quarter of what an encoder of the clip holds. */
const TOO_LITTLE_BYTES = 64 * 1024 ** 2;
/** Makes glibc ask the system for every larger piece anew, so that an encoder that has all it needs meets its limit within seconds. */
const ASKS_FOR_EVERY_PIECE = { MALLOC_MMAP_THRESHOLD_: '4096' };

/** Faults of the processes that do the work. */
export const PROCESS_FAULTS: readonly Fault[] = [
  {
    name: 'worker killed',
    done: 'SIGKILL to a worker with one slot in the middle of a chunk; a supervisor starts it again',
    advice: 'Nothing. Find out what killed it when it happens again: memory, most often.',
    core: false,
    play: async (scene) => {
      const worker = await workerInChunk(scene);
      const since = Date.now();
      await worker.kill();
      const [measured] = await Promise.all([lostAttempt(scene, since), scene.slowWorker({}, worker.scratch)]);
      if (measured.noticedMs > NOTICED_WITHIN_MS) throw new Error(`the lost worker was noticed after ${measured.noticedMs} ms`);
      return { overAt: since, mostChunksAgain: 1, ...measured };
    },
  },
  {
    name: 'worker told to end',
    done: 'SIGTERM to a worker with one slot and no grace in the middle of a chunk',
    advice: 'Nothing. Give workers a grace longer than a chunk when no work should be done twice.',
    core: false,
    play: async (scene) => {
      const worker = await workerInChunk(scene);
      const since = Date.now();
      const { exitCode } = await worker.stop('SIGTERM');
      if (exitCode !== 0) throw new Error(`the worker ended with exit code ${exitCode}`);
      return { overAt: since, mostChunksAgain: 1, startedAgainMs: await scene.untilStartedAgain(since) };
    },
  },
  {
    name: 'encoder killed',
    done: 'SIGKILL to one ffmpeg in the middle of a chunk, as the memory killer does it',
    advice: 'Give the worker more memory or fewer slots when it happens again.',
    core: true,
    play: async (scene) => {
      await scene.startVideos();
      await scene.chunkUnderWay();
      process.kill(await scene.toolBelow(scene.stage.services.scratch, 'ffmpeg'), 'SIGKILL');
      const since = Date.now();
      return { overAt: since, mostChunksAgain: 1, ...(await lostAttempt(scene, since)) };
    },
  },
  {
    name: 'encoder out of memory',
    done: 'one ffmpeg may hold less memory than it has from the middle of a chunk on (RLIMIT_DATA): its allocations fail',
    advice: 'Give the worker more memory or fewer slots when it happens again.',
    core: false,
    obstacle: () => (spawnSync('prlimit', ['--version']).status === 0 ? null : 'there is no prlimit (util-linux)'),
    play: async (scene) => {
      const worker = await workerInChunk(scene, ASKS_FOR_EVERY_PIECE);
      refuseMemory(await scene.toolBelow(worker.scratch, 'ffmpeg'));
      const since = Date.now();
      await until('the chunk fails for want of memory', LIMIT_MS, async () => (await scene.lastFailures()).includes('OutOfMemory'));
      const noticedMs = Date.now() - since;
      return { overAt: since, mostChunksAgain: 1, noticedMs, startedAgainMs: await scene.untilStartedAgain(since) };
    },
  },
  {
    name: 'worker frozen, then awake again',
    done: 'SIGSTOP to a worker in the middle of a chunk; SIGCONT once its chunk runs elsewhere',
    advice: 'Nothing. A machine that freezes now and then is worth a look.',
    core: false,
    play: async (scene) => {
      const worker = await workerInChunk(scene);
      const since = Date.now();
      worker.signal('SIGSTOP');
      const measured = await lostAttempt(scene, since);
      worker.signal('SIGCONT');
      return { overAt: Date.now(), mostChunksAgain: 1, ...measured };
    },
  },
];

/** Limits a running process, which keeps the memory that it has. */
function refuseMemory(pid: number): void {
  const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), `--data=${TOO_LITTLE_BYTES}`], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the encoder could not be limited: ${stderr}`);
}

async function lostAttempt(scene: Scene, since: number): Promise<{ noticedMs: number; startedAgainMs: number }> {
  const [noticedMs, startedAgainMs] = await Promise.all([scene.untilNoticed(since), scene.untilStartedAgain(since)]);
  return { noticedMs, startedAgainMs };
}

/** Starts the videos; resolves to a worker with one slot in the middle of a chunk. */
async function workerInChunk(scene: Scene, environment: Record<string, string> = {}): Promise<ExtraWorker> {
  const worker = await scene.slowWorker(environment);
  await scene.startVideos();
  await scene.chunkUnderWay(worker);
  return worker;
}
