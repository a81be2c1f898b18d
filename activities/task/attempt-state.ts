import type { FailureType } from '../../temporal/contract/failures';
import { MAX_ATTEMPTS_OF_ANY_KIND } from '../../temporal/contract/policies';

/** A worker process, as later attempts remember it. */
export interface WorkerRef {
  /** Of the process. */
  id: string;
  /** Of its machine and scratch folder: the same after a restart. */
  seat: string;
}

/** Kept in Temporal between attempts, so that it survives the worker. */
export interface AttemptState {
  mediaFailures: number;
  /** Workers on which the work failed. */
  failedOn?: WorkerRef[];
  /** Workers that were lost while they did the work. */
  lostOn?: WorkerRef[];
  /** The worker that does the work now. Still there at the next attempt when that worker was lost. */
  runningOn?: WorkerRef | undefined;
  /** How often a worker left the task to another one. */
  passes?: number;
}

/** An attempt, seen from the worker that has it. */
export interface Attempt {
  /** Counts from 1, whatever ended the ones before. */
  number: number;
  state: AttemptState;
  me: WorkerRef;
  /** Ids of the other live workers of the queue. */
  others: readonly string[];
}

/** Failures that a worker with something wrong in it makes of any input. */
const DOUBTFUL: ReadonlySet<FailureType> = new Set([
  'SourceUnreadable',
  'SourceUnsupported',
  'EncodeFailed',
  'EncoderMissing',
  'GpuUnavailable',
  'OutputInvalid',
  'OutOfMemory',
]);

/** A second opinion needs workers on two seats. */
const OPINIONS = 2;
/** Losses of workers that no input explains are rare; a third one on the second seat is the input's doing. */
const MOST_LOSSES = 3;
/** Leaves more than half of all attempts to the work itself. */
const MOST_PASSES = 10;
const FIRST_PASS_MS = 1_000;
const LONGEST_PASS_MS = 60_000;

/** What is known when an attempt begins: an attempt that never ended took its worker with it. */
export function resumeState(details: AttemptState | undefined): AttemptState {
  const { runningOn, ...state } = details ?? { mediaFailures: 0 };
  return runningOn ? { ...state, lostOn: [...(state.lostOn ?? []), runningOn] } : state;
}

/** Whether a failure may be the fault of the worker rather than of the input. */
export function isDoubtful(type: FailureType): boolean {
  return DOUBTFUL.has(type);
}

/**
 * How long to leave the task to a worker that has not tried it, because this one failed it or was lost with it more than once;
 * null when this worker does it.
 */
export function passOnAfterMs({ number, state, me, others }: Attempt): number | null {
  const passes = state.passes ?? 0;
  if (!hasTried(state, me) || untried(state, others).length === 0) return null;
  if (passes >= MOST_PASSES || number >= MAX_ATTEMPTS_OF_ANY_KIND / 2) return null;
  return Math.min(LONGEST_PASS_MS, FIRST_PASS_MS * 2 ** passes);
}

/**
 * Whether a failure that would end the step is to be confirmed by another worker first: it may be this worker's, no other
 * seat has seen it yet, and a worker that has not tried is there. `state` includes this failure.
 */
export function needsSecondOpinion({ number, state, others }: Attempt, type: FailureType): boolean {
  if (!isDoubtful(type) || number >= MAX_ATTEMPTS_OF_ANY_KIND - 2) return false;
  return countSeats(state.failedOn) < OPINIONS && untried(state, others).length > 0;
}

/** Whether the input takes its workers down: lost again and again, and not on one seat alone, which may itself be sick. */
export function killsWorkers({ lostOn = [] }: AttemptState): boolean {
  return lostOn.length >= MOST_LOSSES && countSeats(lostOn) >= OPINIONS;
}

/** Whether a worker on another seat failed with it too, so that this worker is not to blame. */
export function failedElsewhere({ failedOn = [] }: AttemptState, me: WorkerRef): boolean {
  return failedOn.some(({ seat }) => seat !== me.seat);
}

function hasTried({ failedOn = [], lostOn = [] }: AttemptState, me: WorkerRef): boolean {
  return failedOn.some(({ seat }) => seat === me.seat) || lostOn.filter(({ seat }) => seat === me.seat).length > 1;
}

function untried({ failedOn = [], lostOn = [] }: AttemptState, others: readonly string[]): string[] {
  return others.filter((id) => ![...failedOn, ...lostOn].some((worker) => worker.id === id));
}

function countSeats(workers: readonly WorkerRef[] = []): number {
  return new Set(workers.map(({ seat }) => seat)).size;
}
