import { spawnSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Task } from '../../../infra/database/task';
import { processVideoWorkflowId, transcodeFamilyWorkflowId } from '../../../temporal/contract/ids';
import type { VideoWishes } from '../../../packages/client/src/api-bodies';
import type { SprocketClient } from '../../../packages/client/src/sprocket-client';
import { uploadPath } from '../../../packages/client/src/node';
import { ExtraWorker } from '../scenes/extra-worker';
import { postJson } from '../scenes/post-json';
import { slowEncoder } from '../scenes/slow-encoder';
import { unfinished } from './leftovers';
import type { Stage } from './stage';
import { until } from './until';

/** Generous: the machine may be busy with other things. */
const LIMIT_MS = 180_000;
const UNDER_WAY_MS = 1_500;

interface Upload extends Pick<VideoWishes, 'codecs' | 'drm'> {
  api?: SprocketClient;
  clip?: string;
}

/** The videos and workers of one fault. */
export class Scene {
  videoIds: string[] = [];
  readonly workers: ExtraWorker[] = [];
  /** Problems with the frames of a published video. */
  judge = (videoId: string): Promise<string[]> => this.stage.frameFaults(videoId);
  private readonly roots: string[] = [];
  private readonly ends: (() => void)[] = [];

  constructor(readonly stage: Stage) {}

  /** Folders in which tasks of this scene may have worked. */
  get scratchRoots(): string[] {
    return [this.stage.services.scratch, ...this.roots];
  }

  /** Looks at a published video for other problems, too. */
  judgeAlso(problems: (videoId: string) => Promise<string[]>): void {
    const before = this.judge;
    this.judge = async (videoId) => [...(await before(videoId)), ...(await problems(videoId))];
  }

  /** Calls this when the scene is over, whatever happened. */
  whenOver(end: () => void): void {
    this.ends.push(end);
  }

  /** Ends what still runs of the scene. */
  async close(): Promise<void> {
    for (const worker of this.workers) await worker.kill();
    for (const end of this.ends) end();
  }

  /** Uploads the videos and starts them. */
  async startVideos({ api = this.stage.api, clip = this.stage.clip, codecs, drm }: Upload = {}): Promise<void> {
    const { options } = this.stage;
    const wishes = { ...(codecs ? { codecs } : {}), ...(drm ? { drm } : {}) };
    this.videoIds = await Promise.all(Array.from({ length: options.videos }, () => uploadPath(api, clip, wishes)));
  }

  /** Lets a video go on from a step. Throws when the API refuses. */
  async retry(videoId: string, fromStep: string): Promise<void> {
    const response = await postJson(`videos/${videoId}/retry`, { from_step: fromStep });
    if (!response.ok) throw new Error(`the retry was answered ${response.status}`);
  }

  /** A worker beside the stack's own that hands its tasks back at once when it is told to end. */
  async worker(environment: Record<string, string>, scratch?: string): Promise<ExtraWorker> {
    const root = scratch ?? (await this.scratchRoot());
    if (!this.roots.includes(root)) this.roots.push(root);
    const worker = await ExtraWorker.serving(root, { WORKER_SHUTDOWN_GRACE_SECONDS: '0', ...environment });
    this.workers.push(worker);
    return worker;
  }

  /** A worker for chunks whose encoder reads at half of real time, so that there is time to break it. */
  async slowWorker(environment: Record<string, string> = {}, scratch?: string): Promise<ExtraWorker> {
    const path = await slowEncoder(this.stage.folder, 0.5);
    return this.worker({ WORKER_QUEUES: 'transcode-cpu:1', FFMPEG_PATH: path, ...environment }, scratch);
  }

  /** The reason for which the worker has left a queue, once the API lists it so. */
  untilUnfit(worker: ExtraWorker, queue: string): Promise<string> {
    return until(`${worker.workerId} is listed as unfit for ${queue}`, LIMIT_MS, () => this.stateOf(worker, queue, 'unfit'));
  }

  async untilServing(worker: ExtraWorker, queue: string): Promise<void> {
    await until(`${worker.workerId} serves ${queue} again`, LIMIT_MS, () => this.stateOf(worker, queue, 'serving'));
  }

  private async stateOf(worker: ExtraWorker, queue: string, state: string): Promise<string | null> {
    const workers = await this.stage.api.workers();
    const found = workers.find((one) => one.identity === worker.workerId && one.queue === queue && one.state === state);
    return found ? (found.reason ?? state) : null;
  }

  scratchRoot(): Promise<string> {
    return mkdtemp(join(this.stage.folder, 'scratch-'));
  }

  async rows(): Promise<Task[]> {
    return (await Promise.all(this.videoIds.map((videoId) => this.stage.tasks.listForVideo(videoId, 1)))).flat();
  }

  async chunks(): Promise<Task[]> {
    return (await this.rows()).filter(({ taskType }) => taskType === 'transcode');
  }

  /** Ready, with every task ended; what went wrong is for the caller to see. */
  async areDone(): Promise<boolean> {
    const videos = await Promise.all(this.videoIds.map((videoId) => this.stage.api.progress(videoId)));
    if (videos.some(({ status }) => status === 'failed')) return true;
    return videos.every(({ status }) => status === 'ready') && unfinished(await this.rows()).length === 0;
  }

  /** Tells the workers of the scene to end. Resolves to the problems with their ends. */
  async stopWorkers(): Promise<string[]> {
    const wrong: string[] = [];
    for (const worker of this.workers.filter(({ isAlive }) => isAlive)) {
      const { exitCode } = await worker.stop('SIGTERM');
      if (exitCode !== 0) wrong.push(`a worker ended with exit code ${exitCode}`);
    }
    for (const worker of this.workers) wrong.push(...(await worker.leftovers()).map((name) => `left behind: ${name}`));
    return wrong;
  }

  /** A chunk that is well under way, of one worker where it is given. */
  chunkUnderWay(worker?: ExtraWorker): Promise<Task> {
    return until('a chunk is under way', LIMIT_MS, async () =>
      (await this.chunks()).find((row) => row.status === 'running' && isWellUnderWay(row) && (!worker || row.workerId === worker.workerId)),
    );
  }

  /** From `since` to the first chunk that is started again, as its row says. */
  async untilStartedAgain(since: number): Promise<number> {
    const row = await until('a chunk is started again', LIMIT_MS, async () =>
      (await this.chunks()).find(({ retryCount, startedAt }) => retryCount > 0 && Number(startedAt) >= since),
    );
    return Number(row.startedAt) - since;
  }

  /** From `since` to the workflow service knowing of a lost attempt. */
  async untilNoticed(since: number): Promise<number> {
    await until('the workflow service notices', LIMIT_MS, async () => (await this.lastFailures()).length > 0);
    return Date.now() - since;
  }

  /** Types of the last failures of pending activities, as the workflow service shows them. */
  async lastFailures(): Promise<string[]> {
    const ids = this.videoIds.flatMap((videoId) => [processVideoWorkflowId(videoId), transcodeFamilyWorkflowId(videoId, 1, 'h264')]);
    const found = await Promise.all(ids.map((id) => this.failuresOf(id)));
    return found.flat();
  }

  /** Pid of a tool that works on a chunk below this scratch root. */
  toolBelow(root: string, name: string): Promise<number> {
    return until(`${name} runs below the scratch folder`, LIMIT_MS, () => {
      const { stdout } = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' });
      const found = stdout
        .split('\n')
        .find(
          (line) =>
            line.includes(`${root}/`) && line.includes('/transcode-') && basename(line.trim().split(/\s+/)[1] ?? '').startsWith(name),
        );
      return found === undefined ? null : Number.parseInt(found, 10);
    });
  }

  private async failuresOf(workflowId: string): Promise<string[]> {
    try {
      const { raw } = await this.stage.temporal.workflow.getHandle(workflowId).describe();
      return (raw.pendingActivities ?? []).flatMap(({ lastFailure }) =>
        lastFailure ? [lastFailure.applicationFailureInfo?.type ?? (lastFailure.timeoutFailureInfo ? 'heartbeat timeout' : 'other')] : [],
      );
    } catch {
      // Not started yet, or the service is away.
      return [];
    }
  }
}

/** The first sign of progress comes with a heartbeat; on a quick machine a short chunk is done by then. */
function isWellUnderWay({ progressPercent, startedAt }: Task): boolean {
  return progressPercent > 0 || Date.now() - Number(startedAt) > UNDER_WAY_MS;
}
