import type { FinishedChunk } from '../run/chunk-window';

export interface SimulatedFleet {
  chunkCount: number;
  window: number;
  nextWindow: (window: number, chunk: FinishedChunk) => number;
  /** How long a chunk has its slot. */
  ranMs: (chunkIndex: number) => number;
  /** Slots once so many chunks have ended; a chunk that runs is not taken from its slot. */
  slots: (ended: number) => number;
}

export interface Encoded {
  /** The window after the end of each chunk. */
  windows: number[];
  /** Chunks that waited for a slot after the end of each chunk. */
  waiting: number[];
  totalMs: number;
}

interface Chunk {
  scheduledMs: number;
  inFlight: number;
  ranMs: number;
  endMs: number;
}

/** How a family fills a queue of its own, on a fleet that hands out work at once and in order. */
export function encodeInWindow({ chunkCount, window, nextWindow, ranMs, slots }: SimulatedFleet): Encoded {
  const waiting: Chunk[] = [];
  const running: Chunk[] = [];
  const encoded: Encoded = { windows: [], waiting: [], totalMs: 0 };
  for (let scheduled = 0; encoded.windows.length < chunkCount;) {
    while (scheduled < chunkCount && waiting.length + running.length < window) {
      const inFlight = waiting.length + running.length + 1;
      waiting.push({ scheduledMs: encoded.totalMs, inFlight, ranMs: ranMs(scheduled++), endMs: 0 });
    }
    for (const chunk of waiting.splice(0, Math.max(0, slots(encoded.windows.length) - running.length))) {
      running.push({ ...chunk, endMs: encoded.totalMs + chunk.ranMs });
    }
    running.sort((a, b) => a.endMs - b.endMs);
    const ended = running.shift() as Chunk;
    encoded.totalMs = ended.endMs;
    window = nextWindow(window, { inFlight: ended.inFlight, ranMs: ended.ranMs, totalMs: ended.endMs - ended.scheduledMs });
    encoded.windows.push(window);
    encoded.waiting.push(waiting.length);
  }
  return encoded;
}
