import { hostname } from 'node:os';
import { activityInfo, cancellationDetails, heartbeat } from '@temporalio/activity';
import { CancelledFailure, type ApplicationFailure } from '@temporalio/common';
import type { TaskRef } from '../../infra/database/task';
import type { StoredTaskFailure } from '../../infra/database/task-failures';
import type { Failure, FailureType } from '../../temporal/contract/failures';
import { POLICIES, type PolicyName, type StepPolicy } from '../../temporal/contract/policies';
import type { ActivityDependencies, Fitness } from './activity-dependencies';
import {
  countsAsAttempt,
  failureDetails,
  type FailureDetails,
  retryElsewhere,
  toApplicationFailure,
  toFailure,
  unfitWorker,
  workerShutdownFailure,
  type ToolFailure,
} from './activity-failure';
import { attemptPlace } from './task-end';
import { isDoubtful, killsWorkers, needsSecondOpinion, passOnAfterMs, type Attempt, type AttemptState } from './attempt-state';

/** Failures that cost no attempt and whose cause is known: no room on the disk, or a plan of a newer release. */
const EXPLAINED: ReadonlySet<FailureType> = new Set(['ScratchFull', 'PlanVersionUnknown']);

/** What has to be known of a task to judge its failure. */
export interface FailingTask {
  ref: TaskRef;
  policy: PolicyName;
  /** What the failure of a tool means in this step; `EncodeFailed` when it says nothing about the source. */
  toolFailure?: ToolFailure;
}

/** An attempt that ended with an error. */
interface FailedAttempt {
  state: AttemptState;
  error: unknown;
  durationMs: number;
  cpuMs: number;
}

/** Throws what hands the task on, when this worker has failed with it and another one that has not is there. */
export async function leaveToAnother(deps: ActivityDependencies, spec: FailingTask, state: AttemptState): Promise<void> {
  if (!deps.fitness || (!state.failedOn && !state.lostOn) || killsWorkers(state)) return;
  const delayMs = passOnAfterMs(await thisAttempt(deps.fitness, state));
  if (delayMs === null) return;
  state.passes = (state.passes ?? 0) + 1;
  heartbeat(state);
  deps.logger.warn({
    message: 'the task failed here before and is left to another worker',
    ...{ video_id: spec.ref.videoId, step: spec.ref.taskType, attempt: activityInfo().attempt },
  });
  throw retryElsewhere('This worker failed with the step before; another one takes it.', where(deps, spec), delayMs);
}

async function thisAttempt(fitness: Fitness, state: AttemptState): Promise<Attempt> {
  const { attempt, taskQueue } = activityInfo();
  return { number: attempt, state, me: fitness.me, others: await fitness.others(taskQueue) };
}

/** What Temporal is told of a failed attempt; the row and the next attempts know of it too. */
export async function attemptFailure(deps: ActivityDependencies, spec: FailingTask, attempt: FailedAttempt): Promise<unknown> {
  const { state, error } = attempt;
  delete state.runningOn;
  if (error instanceof CancelledFailure) {
    heartbeat(state);
    await deps.tasks.release(spec.ref, activityInfo()).catch(rowNotUpdated(deps));
    deps.taskEnded?.({ ...endOf(deps, spec, attempt), outcome: 'released' });
    return cancellationDetails()?.workerShutdown ? workerShutdownFailure() : error;
  }
  const failure = await blame(deps, toFailure(error, spec.toolFailure ?? 'EncodeFailed'));
  if (countsAsAttempt(failure)) noteFailure(deps, spec, { state, failure });
  heartbeat(state);
  const result = await verdict(deps, spec, { state, failure });
  const details = failureDetails(failure, where(deps, spec));
  const willRetry = !result.nonRetryable;
  deps.taskEnded?.({ ...endOf(deps, spec, attempt), outcome: 'failed', failure: { type: failure.type, details, error, willRetry } });
  // The row is a view for people; the verdict must reach Temporal even when the database is the thing that failed.
  const stored = storedFailure(failure, details, attempt);
  await deps.tasks
    .fail(spec.ref, { attempt: activityInfo().attempt, errorMessage: failure.message, willRetry, stored })
    .catch(rowNotUpdated(deps));
  return result;
}

/** The worker looks at itself before it blames the input. */
async function blame(deps: ActivityDependencies, failure: Failure): Promise<Failure> {
  const mayBeMine = isDoubtful(failure.type) || (!countsAsAttempt(failure) && !EXPLAINED.has(failure.type));
  if (!mayBeMine || !(await deps.fitness?.isAtFault(activityInfo().taskQueue))) return failure;
  return unfitWorker(failure);
}

function noteFailure(
  { fitness }: ActivityDependencies,
  spec: FailingTask,
  { state, failure }: { state: AttemptState; failure: Failure },
): void {
  state.mediaFailures += 1;
  if (!fitness || !isDoubtful(failure.type)) return;
  state.failedOn = [...(state.failedOn ?? []), fitness.me];
  fitness.failed(activityInfo().taskQueue, spec.ref, state);
}

async function verdict(
  deps: ActivityDependencies,
  spec: FailingTask,
  { state, failure }: { state: AttemptState; failure: Failure },
): Promise<ApplicationFailure> {
  const policy: StepPolicy = POLICIES[spec.policy];
  const details = failureDetails(failure, where(deps, spec));
  if (killsWorkers(state)) return toApplicationFailure(failure, policy, policy.attempts, details);
  const result = toApplicationFailure(failure, policy, state.mediaFailures, details);
  if (!result.nonRetryable || !deps.fitness) return result;
  return needsSecondOpinion(await thisAttempt(deps.fitness, state), failure.type) ? retryElsewhere(failure.message, details) : result;
}

function where({ workerId }: Pick<ActivityDependencies, 'workerId'>, { ref: { segmentIndex } }: FailingTask) {
  return { worker: workerId, host: hostname(), ...(segmentIndex === undefined ? {} : { chunk: segmentIndex }) };
}

/** The attempt as its row keeps it. */
function storedFailure(failure: Failure, details: FailureDetails, { durationMs, cpuMs }: FailedAttempt): StoredTaskFailure {
  const { worker, host, tool, exitCode, signal, lastWords } = details;
  return {
    ...{ attempt: activityInfo().attempt, failedAt: new Date().toISOString(), worker, host },
    ...{ failureType: failure.type, message: failure.message, durationMs, cpuMs: Math.round(cpuMs) },
    ...(tool === undefined ? {} : { tool }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(signal === undefined ? {} : { signal }),
    ...(lastWords === undefined ? {} : { lastWords }),
  };
}

function rowNotUpdated(deps: ActivityDependencies): (error: unknown) => void {
  return (error) => deps.logger.warn({ message: 'a task row was not updated', error });
}

function endOf(deps: ActivityDependencies, { ref }: FailingTask, { durationMs, cpuMs }: FailedAttempt) {
  return { ref, ...attemptPlace(), workerId: deps.workerId, durationMs, cpuMs, bytesIn: 0, bytesOut: 0, mediaMs: 0 };
}
