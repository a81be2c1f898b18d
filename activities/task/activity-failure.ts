import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { Failure, FAILURES, type FailureType } from '../../temporal/contract/failures';
import type { StepPolicy } from '../../temporal/contract/policies';
import { ToolError } from '../media-tools/run-tool';

/** Failures of the service, not of its input; they cost a step none of its attempts. */
const DEPENDENCY_FAILURES: ReadonlySet<FailureType> = new Set([
  'StorageUnavailable',
  'DatabaseUnavailable',
  'WorkflowUnavailable',
  'ScratchFull',
  'PlanVersionUnknown',
]);

/** What a failing tool means in a step, in a sentence that can stand next to the advice for its type. */
const TOOL_SENTENCES = {
  SourceUnreadable: 'The file cannot be read as a video.',
  EncodeFailed: 'The encoder could not finish.',
} as const satisfies Partial<Record<FailureType, string>>;

export type ToolFailure = keyof typeof TOOL_SENTENCES;

/** Whether the media work itself failed, as opposed to a dependency of the service. */
export function countsAsAttempt(failure: Failure): boolean {
  return !DEPENDENCY_FAILURES.has(failure.type);
}

/** Gives any error a type and a sentence for the user. `toolFailure` names what a failing tool means in this step. */
export function toFailure(error: unknown, toolFailure: ToolFailure): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof ToolError) {
    if (/No space left on device/i.test(error.stderrTail)) {
      return new Failure('ScratchFull', 'The worker ran out of disk space.', { cause: error });
    }
    if (ranOutOfMemory(error)) return new Failure('OutOfMemory', 'The worker ran out of memory in this step.', { cause: error });
    return new Failure(toolFailure, TOOL_SENTENCES[toolFailure], { cause: error });
  }
  if ((error as NodeJS.ErrnoException | null)?.code === 'ENOSPC') {
    return new Failure('ScratchFull', 'The worker ran out of disk space.', { cause: error });
  }
  return new Failure('EncodeFailed', 'The step ended unexpectedly.', { cause: error });
}

/**
 * Refused memory, killed beyond that of its control group, or killed by the system, which ends the largest process when memory
 * runs out. A kill after the tool's time or output was up is ours. A crash says nothing of memory and stays one.
 */
function ranOutOfMemory({ exitSignal, stderrTail }: ToolError): boolean {
  if (/^ended because its memory went/m.test(stderrTail)) return true;
  if (/^ended because its (time|output) went/m.test(stderrTail)) return false;
  return exitSignal === 'SIGKILL';
}

/** Of a task whose run was replaced, cancelled or removed meanwhile. */
export function staleRun(): Failure {
  return new Failure('Cancelled', 'The run was superseded: a newer run of this video has replaced it, or the video has ended.');
}

/** The failure as Temporal sees it: retried or not by type, by policy and by the attempts that are left. */
export function toApplicationFailure(failure: Failure, policy: StepPolicy, mediaFailures: number): ApplicationFailure {
  const { retryable } = FAILURES[failure.type];
  const exhausted = mediaFailures >= policy.attempts;
  return ApplicationFailure.create({
    type: failure.type,
    message: failure.message,
    nonRetryable: !retryable || exhausted || policy.neverRetried.includes(failure.type),
  });
}

/** A worker that drains hands its task back: another one takes it at once and nothing counts as a failure. */
export function workerShutdownFailure(): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'WorkerShutdown',
    message: 'The worker is shutting down; the task moves to another one.',
    nextRetryDelay: '1s',
    category: ApplicationFailureCategory.BENIGN,
  });
}
