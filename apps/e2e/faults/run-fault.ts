import type { Task } from '../../../infra/database/task';
import { rowFaults, unfinished, workBelow } from './leftovers';
import type { Fault, Played } from './fault';
import { Observer } from './observer';
import { Scene } from './scene';
import type { Stage } from './stage';
import { until } from './until';

const READY_LIMIT_MS = 420_000;
const SETTLE_LIMIT_MS = 120_000;

export interface FaultResult {
  played: Played;
  /** From the end of the fault to all videos being ready. */
  readyMs: number;
  chunks: number;
  /** Chunks that were started more than once. */
  chunksAgain: number;
  /** Other tasks that were started more than once. */
  othersAgain: string[];
  seen: { statuses: string[]; failures: string[]; metrics: string[] };
  /** All problems found. */
  wrong: string[];
}

/** Plays a fault against the stack, waits until its videos have ended, and reports its cost and problems. */
export async function runFault(stage: Stage, fault: Fault): Promise<FaultResult> {
  const scene = new Scene(stage);
  const startedAt = Date.now();
  const observer = new Observer(scene);
  try {
    const played = await fault.play(scene);
    const readyAt = await untilEnded(scene);
    const rows = await untilSettled(scene);
    await observer.stop();
    const cost = costOf(rows);
    const wrong = [...(await scene.stopWorkers()), ...(await faultsOf(scene)), ...excess(played, cost.chunksAgain)];
    const seen = {
      statuses: [...observer.statuses].sort(),
      failures: [...observer.failures].sort(),
      metrics: [...observer.metrics].sort(),
    };
    return { played, readyMs: Math.max(0, readyAt - (played.overAt ?? startedAt)), ...cost, seen, wrong };
  } finally {
    await observer.stop();
    await scene.close();
    await stage.services.startAll();
  }
}

async function untilEnded(scene: Scene): Promise<number> {
  await until('every video has ended', READY_LIMIT_MS, async () => {
    const all = await Promise.all(scene.videoIds.map((videoId) => scene.stage.api.progress(videoId)));
    const states = all.flatMap(({ status, families }) => [status, ...Object.values(families).map(({ state }) => state)]);
    return states.every((state) => ['ready', 'failed', 'cancelled', 'removed'].includes(state));
  });
  return Date.now();
}

/** A video is ready before its optional steps are done. Resolves to the rows, finished or not: the caller judges them. */
async function untilSettled(scene: Scene): Promise<Task[]> {
  await until('nothing is left to do', SETTLE_LIMIT_MS, async () => {
    const all = await Promise.all(scene.videoIds.map((videoId) => scene.stage.api.progress(videoId)));
    // A step has no row before it starts.
    const steps = all.flatMap(({ status, pipeline_progress: progress }) => (status === 'ready' ? Object.values(progress) : []));
    if (steps.some((state) => typeof state === 'string' && ['pending', 'running', 'retrying'].includes(state))) return false;
    return unfinished(await scene.rows()).length + workBelow(scene.scratchRoots).length === 0;
  }).catch(() => undefined);
  return scene.rows();
}

function costOf(rows: readonly Task[]): Pick<FaultResult, 'chunks' | 'chunksAgain' | 'othersAgain'> {
  const chunks = rows.filter(({ taskType }) => taskType === 'transcode');
  const again = (row: Task) => row.retryCount > 0;
  const others = rows.filter((row) => row.taskType !== 'transcode' && again(row)).map(({ taskType }) => taskType);
  return { chunks: chunks.length, chunksAgain: chunks.filter(again).length, othersAgain: others.sort() };
}

async function faultsOf(scene: Scene): Promise<string[]> {
  const { stage, videoIds } = scene;
  const wrong = [...unfinished(await scene.rows()), ...workBelow(scene.scratchRoots).map((name) => `left behind: ${name}`)];
  for (const key of await stage.openUploads(videoIds)) wrong.push(`an upload is open: ${key}`);
  for (const videoId of videoIds) {
    const { status, error, families } = await stage.api.progress(videoId);
    for (const [family, { state }] of Object.entries(families)) if (state !== 'ready') wrong.push(`${family} is ${state}`);
    if (status === 'ready') wrong.push(...(await scene.judge(videoId)), ...(await rowFaults(stage, videoId, Object.keys(families))));
    else wrong.push(`${status}: ${error?.code ?? ''} ${error?.message ?? ''}`);
  }
  return wrong;
}

function excess({ mostChunksAgain = Infinity }: Played, chunksAgain: number): string[] {
  return chunksAgain > mostChunksAgain ? [`${chunksAgain} chunks were encoded again instead of ${mostChunksAgain} at most`] : [];
}
