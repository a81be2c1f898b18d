/** Aborts a transfer that makes no progress. */
export interface StallTimer {
  /** Aborted by the caller's signal, or with a `TimeoutError` when nothing moved for too long. */
  signal: AbortSignal;
  /** Something moved: the time begins anew. */
  restart: () => void;
  stop: () => void;
}

/** Runs from now on; `stallMs` is the longest time without progress. */
export function startStallTimer(stallMs: number, signal?: AbortSignal): StallTimer {
  const stalled = new AbortController();
  const abort = () => stalled.abort(new DOMException(`Nothing was sent for ${stallMs} ms.`, 'TimeoutError'));
  let timer = setTimeout(abort, stallMs);
  let isStopped = false;
  return {
    signal: signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal,
    restart: () => {
      clearTimeout(timer);
      // A transfer that was aborted may still move something.
      if (!isStopped) timer = setTimeout(abort, stallMs);
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
