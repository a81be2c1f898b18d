/** The most chunks that a family keeps in the task queue: more would not fit into one workflow task (4 MB). */
export const LARGEST_WINDOW = 200;

/** With one, a slot would wait after every chunk until the workflow has seen its end. */
const SMALLEST_WINDOW = 2;

/** One that runs and one that waits: a slot that is done finds work, and whatever comes next waits for one chunk. */
const CHUNKS_PER_SLOT = 2;

export interface FinishedChunk {
  /** Chunks of the family in the queue and at work when this one was added, itself included. */
  inFlight: number;
  /** From its scheduling to its result. */
  totalMs: number;
  /** How long it had a slot; left out when it says nothing about the fleet. */
  ranMs: number | undefined;
}

/** How many chunks a family puts into the queue before it has seen any end; the most when the slots are unknown. */
export function firstWindow(transcodeSlots: number | undefined): number {
  return transcodeSlots === undefined ? LARGEST_WINDOW : clamp(CHUNKS_PER_SLOT * transcodeSlots);
}

/**
 * How many chunks a family keeps in the queue after one has ended, at most one more or less than before. The chunk has seen
 * `inFlight * ranMs / totalMs` slots at work for its family (Little's law), and two chunks for each of them are wanted. One that
 * waited less than it ran makes the window larger, so that it grows with a fleet by up to doubling; one that waited longer
 * makes it smaller. What a chunk has seen is as old as its wait: results of a larger or smaller window than the present one,
 * judged by their wait alone, would push it past its mark again and again.
 */
export function nextWindow(window: number, { inFlight, totalMs, ranMs }: FinishedChunk): number {
  if (ranMs === undefined) return window;
  // The workflow's clock stands still within a task, and milliseconds are rounded.
  const atWorkOrWaitingMs = Math.max(1, totalMs, ranMs);
  const waitedMs = atWorkOrWaitingMs - ranMs;
  const wanted = (CHUNKS_PER_SLOT * inFlight * ranMs) / atWorkOrWaitingMs;
  if (waitedMs < ranMs && wanted >= window + 1) return clamp(window + 1);
  if (waitedMs > ranMs && wanted <= window - 1) return clamp(window - 1);
  return window;
}

function clamp(chunks: number): number {
  return Math.max(SMALLEST_WINDOW, Math.min(LARGEST_WINDOW, chunks));
}
