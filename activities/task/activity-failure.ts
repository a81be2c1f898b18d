import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { Failure, FAILURES, type FailureType } from '../../temporal/contract/failures';
import type { StepPolicy } from '../../temporal/contract/policies';
import { lastWords } from '../media-tools/last-words';
import { ToolError } from '../media-tools/run-tool';

/** Failures of the service, not of its input; they cost a step none of its attempts. */
const DEPENDENCY_FAILURES: ReadonlySet<FailureType> = new Set([
  'StorageUnavailable',
  'DatabaseUnavailable',
  'WorkflowUnavailable',
  'KeyProviderUnavailable',
  'ScratchFull',
  'PlanVersionUnknown',
  'WorkerUnfit',
]);

/** A system that refuses this process its own files or processes (errno(3)); no input does that. */
const UNFIT_CODES = new Set(['EACCES', 'EPERM', 'EROFS', 'EIO', 'EMFILE', 'ENFILE', 'ENODEV', 'ESTALE']);
/** Of a shell, nice or prlimit that cannot start the tool (POSIX, 2.8.2): there is none, or it may not be run. */
const EXIT_NOT_FOUND = 127;
const EXIT_NOT_EXECUTABLE = 126;
const UNKNOWN_ENCODER = /Unknown encoder|Encoder \S+ not found|Error selecting an encoder/;
const REFUSED_FILE = /Permission denied|Read-only file system/;

const SENTENCES = {
  ScratchFull: 'The worker ran out of disk space.',
  OutOfMemory: 'The worker ran out of memory in this step.',
  EncoderMissing: 'The worker does not have a tool or an encoder that this step needs.',
  WorkerUnfit: 'The worker cannot do this step; it goes to another one.',
} as const satisfies Partial<Record<FailureType, string>>;

/** What a failing tool means in a step, in a sentence that can stand next to the advice for its type. */
const TOOL_SENTENCES = {
  SourceUnreadable: 'The file cannot be read as a video.',
  EncodeFailed: 'The encoder could not finish.',
  EncryptionFailed: 'The streams could not be encrypted.',
} as const satisfies Partial<Record<FailureType, string>>;

/** The task is tried again almost at once, elsewhere. */
const NEXT_WORKER_DELAY = '1s';

export type ToolFailure = keyof typeof TOOL_SENTENCES;

/** Whether the media work itself failed, as opposed to a dependency of the service. */
export function countsAsAttempt(failure: Failure): boolean {
  return !DEPENDENCY_FAILURES.has(failure.type);
}

/** Gives any error a type and a sentence for the user. `toolFailure` names what a failing tool means in this step. */
export function toFailure(error: unknown, toolFailure: ToolFailure): Failure {
  if (error instanceof Failure) return error;
  const failure = (type: FailureType, message: string) => new Failure(type, message, { cause: error });
  if (error instanceof ToolError) {
    const type = ofTool(error);
    return type ? failure(type, SENTENCES[type]) : failure(toolFailure, TOOL_SENTENCES[toolFailure]);
  }
  const { code = '', syscall = '' } = (error ?? {}) as { code?: string; syscall?: string };
  if (code === 'ENOSPC') return failure('ScratchFull', SENTENCES.ScratchFull);
  if (code === 'ENOENT' && syscall.startsWith('spawn')) return failure('EncoderMissing', SENTENCES.EncoderMissing);
  if (UNFIT_CODES.has(code)) return failure('WorkerUnfit', SENTENCES.WorkerUnfit);
  return failure('EncodeFailed', 'The step ended unexpectedly.');
}

/** The meaning of a tool's end that holds for every step; null when it depends on the step. */
function ofTool(error: ToolError): keyof typeof SENTENCES | null {
  const { exitCode, stderrTail } = error;
  if (/No space left on device/i.test(stderrTail)) return 'ScratchFull';
  if (ranOutOfMemory(error)) return 'OutOfMemory';
  if (exitCode === EXIT_NOT_FOUND || UNKNOWN_ENCODER.test(stderrTail)) return 'EncoderMissing';
  if (exitCode === EXIT_NOT_EXECUTABLE || REFUSED_FILE.test(stderrTail)) return 'WorkerUnfit';
  return null;
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

/** Of a worker that found the fault in itself. */
export function unfitWorker(cause: unknown): Failure {
  return new Failure('WorkerUnfit', SENTENCES.WorkerUnfit, { cause });
}

/** Of an input with which worker after worker is lost. */
export function killsItsWorkers(): Failure {
  return new Failure('EncodeFailed', 'Every worker that tried this step was lost while it worked on it.');
}

/** Where an attempt failed and the last words of the tool, for an operator who looks at the run. Nothing in it is secret. */
export interface FailureDetails {
  worker: string;
  host: string;
  /** What failed on this worker, when the failure is reported as another one. */
  failure: FailureType;
  /** Number of the chunk within its family. */
  chunk?: number;
  tool?: string;
  ended?: string;
  exitCode?: number;
  signal?: string;
  lastWords?: string;
}

export function failureDetails(failure: Failure, where: Pick<FailureDetails, 'worker' | 'host' | 'chunk'>): FailureDetails {
  const error = toolErrorIn(failure);
  const cause = failure.type === 'WorkerUnfit' && failure.cause instanceof Failure ? failure.cause : failure;
  const details = { ...where, failure: cause.type };
  if (!error) return details;
  const exit = {
    ...(error.exitCode === null ? {} : { exitCode: error.exitCode }),
    ...(error.exitSignal === null ? {} : { signal: error.exitSignal }),
  };
  return { ...details, tool: error.tool, ended: error.message, ...exit, lastWords: lastWords(error.stderrTail) };
}

function toolErrorIn(error: unknown): ToolError | null {
  if (error instanceof ToolError) return error;
  return error instanceof Error && error.cause ? toolErrorIn(error.cause) : null;
}

/** The failure as Temporal sees it: retried or not by type, by policy and by the attempts that are left. */
export function toApplicationFailure(
  failure: Failure,
  policy: StepPolicy,
  mediaFailures: number,
  details?: FailureDetails,
): ApplicationFailure {
  const { retryable } = FAILURES[failure.type];
  const exhausted = mediaFailures >= policy.attempts;
  return ApplicationFailure.create({
    type: failure.type,
    message: failure.message,
    nonRetryable: !retryable || exhausted || policy.neverRetried.includes(failure.type),
    // The next worker does not have what is wrong with this one.
    ...(failure.type === 'WorkerUnfit' ? { nextRetryDelay: NEXT_WORKER_DELAY } : {}),
    ...(details ? { details: [details] } : {}),
  });
}

/**
 * Hands the task to another worker: this one failed with it, which says nothing for sure of the input. A type of its own, because
 * Temporal does not try again what the policy of the step says is final.
 */
export function retryElsewhere(message: string, details: Omit<FailureDetails, 'failure'>, delayMs?: number): ApplicationFailure {
  return ApplicationFailure.create({ type: 'RetryElsewhere', message, details: [details], nextRetryDelay: delayMs ?? NEXT_WORKER_DELAY });
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
