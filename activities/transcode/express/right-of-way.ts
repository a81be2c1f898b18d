import { once } from 'node:events';

/**
 * Runs that viewers wait for, and the work on the same machine that lets them pass. Niceness alone is not enough: two processors are often the
 * threads of one core, and a busy one halves the speed of the other.
 */
export class RightOfWay {
  private readonly runs = new Set<Promise<unknown>>();

  /** Runs `work`, and gives back what it gives. */
  async first<T>(work: () => Promise<T>): Promise<T> {
    const run = work();
    this.runs.add(run);
    try {
      return await run;
    } finally {
      this.runs.delete(run);
    }
  }

  /** Waits for the runs that are under way, however they end, and for none that begins later. Rejects with the signal's reason when aborted. */
  async yield(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.runs.size === 0) return;
    const over = new AbortController();
    const aborted = once(signal, 'abort', { signal: over.signal }).catch(() => undefined);
    await Promise.race([Promise.allSettled(this.runs), aborted]);
    over.abort();
    signal.throwIfAborted();
  }
}

/** Of this machine, as far as this process has it. */
export const rightOfWay = new RightOfWay();
