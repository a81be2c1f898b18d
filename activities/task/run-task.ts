import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import type { ObjectStore } from '../../infra/object-store/object-store';
import { HEARTBEAT_TIMEOUT_MS } from '../../temporal/contract/policies';
import type { ActivityDependencies } from './activity-dependencies';
import { killsItsWorkers } from './activity-failure';
import { attemptFailure, leaveToAnother, type FailingTask } from './attempt-failure';
import { killsWorkers, resumeState, type AttemptState } from './attempt-state';
import { ToolError, type ToolResult, type ToolRun } from '../media-tools/run-tool';
import { attemptPlace, type TaskUse } from './task-end';
import type { ScratchRoom } from '../scratch/scratch-room';
import { TOOL_NICENESS } from '../../infra/machine/limited-command';
import { MEDIA_TOOL_LIMITS } from '../media-tools/tool-limits';

const HEARTBEAT_INTERVAL_MS = 2_500;
const NOTHING_USED: TaskUse = { cpuMs: 0, bytesIn: 0, bytesOut: 0, mediaMs: 0 };

/** What a task reports when it is done: `result` goes to the workflow, the rest into its row. */
export interface TaskOutcome<T> {
  result: T;
  outputKey: string;
  bytesIn: number;
  bytesOut: number;
  /** Length of the media that it encoded; left out where it encoded none. */
  mediaMs?: number;
}

export interface TaskSpec extends FailingTask {
  inputKey?: string;
}

/** One attempt: its scratch folder, its tools, its progress. */
export class TaskContext {
  cpuMs = 0;
  percent = 0;
  /** Of the tools that it runs from now on; see `ToolLimits`. */
  niceness = TOOL_NICENESS;
  /** Storage for what the attempt must not lose: calls wait for a store that is away, until the attempt has to end. */
  readonly objects: ObjectStore;
  private readonly ending = new AbortController();

  constructor(
    readonly scratch: string,
    private readonly deps: Pick<ActivityDependencies, 'objects' | 'runTool' | 'scratchRoom' | 'toolGroups'>,
    cancelled: AbortSignal,
  ) {
    this.objects = deps.objects.patient(this.signal);
    if (cancelled.aborted) this.end(cancelled.reason);
    cancelled.addEventListener('abort', () => this.end(cancelled.reason), { once: true });
  }

  /** Aborted when the attempt has to end. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** Ends the running tool; the attempt fails with `reason`. */
  end(reason: unknown): void {
    this.ending.abort(reason);
  }

  /** Takes room on the scratch disk, before a tool is started. Throws `ScratchFull` when none comes free. */
  needs(scratchBytes: number): Promise<void> {
    return this.deps.scratchRoom.claim(this.scratch, scratchBytes, this.signal);
  }

  /** Runs a tool in the scratch folder; it ends with the activity. Throws like `runTool`. */
  async tool(run: Omit<ToolRun, 'signal' | 'cwd'>): Promise<ToolResult> {
    const { scratch: cwd, signal } = this;
    try {
      const limits = { ...MEDIA_TOOL_LIMITS, niceness: this.niceness };
      const result = await this.deps.runTool({ limits, groups: this.deps.toolGroups, ...run, cwd, signal });
      this.cpuMs += result.cpuMs;
      return result;
    } catch (error) {
      if (error instanceof ToolError) this.cpuMs += error.cpuMs;
      throw error;
    }
  }
}

/**
 * Runs one attempt of a task: heartbeats, keeps its row, owns its scratch folder, and turns every error into
 * one that Temporal retries or not as the step's policy says.
 */
export async function runTask<T>(
  deps: ActivityDependencies,
  spec: TaskSpec,
  work: (task: TaskContext) => Promise<TaskOutcome<T>>,
): Promise<T> {
  const state = resumeState(activityInfo().heartbeatDetails as AttemptState | undefined);
  await leaveToAnother(deps, spec, state);
  // Known to the workflow service from the first beat on.
  state.runningOn = deps.fitness?.me;
  const pulse = startPulse(deps, spec, state);
  const startedMs = performance.now();
  let scratch: string | undefined;
  let task: TaskContext | undefined;
  try {
    scratch = await mkdtemp(join(deps.scratchRoot, `${spec.ref.taskType}-`));
    task = new TaskContext(scratch, deps, cancellationSignal());
    pulse.watch(task);
    if (killsWorkers(state)) throw killsItsWorkers();
    await deps.tasks.start(spec.ref, {
      workerId: deps.workerId,
      attempt: activityInfo().attempt,
      ...(spec.inputKey ? { inputKey: spec.inputKey } : {}),
    });
    const { result, outputKey, ...made } = await work(task);
    const use = { ...NOTHING_USED, ...made, cpuMs: task.cpuMs };
    await deps.tasks.complete(spec.ref, { outputKey, ...use });
    const durationMs = Math.round(performance.now() - startedMs);
    deps.taskEnded?.({ ref: spec.ref, outcome: 'completed', ...use, ...attemptPlace(), workerId: deps.workerId, durationMs });
    return result;
  } catch (error) {
    const durationMs = Math.round(performance.now() - startedMs);
    throw await attemptFailure(deps, spec, { state, error, durationMs, cpuMs: task?.cpuMs ?? 0 });
  } finally {
    pulse.stop();
    if (scratch) await rm(scratch, { recursive: true, force: true });
    if (scratch) deps.scratchRoom.release(scratch);
  }
}

/** Beats while the attempt runs, passes its progress on to its row, and ends it when it outgrows its room. */
function startPulse(deps: ActivityDependencies, spec: TaskSpec, state: AttemptState) {
  let watched: TaskContext | undefined;
  let reported = 0;
  const beat = () => {
    heartbeat(state);
    if (watched) void endWhenOutgrown(deps.scratchRoom, watched);
    const percent = Math.floor(watched?.percent ?? 0);
    if (percent <= reported) return;
    reported = percent;
    // Progress is a hint: the next beat brings a newer one.
    deps.tasks.progress(spec.ref, percent).catch(() => undefined);
  };
  const timer = setInterval(beat, Math.min(HEARTBEAT_INTERVAL_MS, HEARTBEAT_TIMEOUT_MS / 2));
  return {
    watch: (task: TaskContext) => {
      watched = task;
    },
    stop: () => clearInterval(timer),
  };
}

async function endWhenOutgrown(room: ScratchRoom, task: TaskContext): Promise<void> {
  // A look that fails says nothing about the task; the next beat looks again.
  const failure = await room.inspect(task.scratch).catch(() => null);
  if (failure) task.end(failure);
}
