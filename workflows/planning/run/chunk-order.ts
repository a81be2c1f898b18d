import type { ChunkPlan, Plan } from '../../../temporal/contract/media/plan';
import { segmentRange } from '../timeline/segment-grid';

/** Of more open wishes the oldest are dropped: players ask again for what they still wait for. */
export const MOST_WISHES = 8;

export interface Family {
  /** Chunks that have not started, ascending. */
  left: readonly number[];
  /** Chunks that viewers wait for, the newest wish first; others than those left among them have started. */
  wishes: readonly number[];
  /** Chunks in the queue and at work. */
  inFlight: number;
  /** Chunks to keep in flight; see `chunk-window`. */
  window: number;
}

export interface NextChunk {
  chunkIndex: number;
  isWished: boolean;
}

/**
 * The chunk that goes into the queue next: the newest wish, else the first that is left. Undefined while the queue has enough. Wished chunks may
 * go half a window beyond it, which is about one for each slot: the next slot that is free takes one of them, and a newer wish overtakes the rest.
 */
export function nextChunk({ left, wishes, inFlight, window }: Family): NextChunk | undefined {
  const wished = wishes.find((chunkIndex) => left.includes(chunkIndex));
  if (wished !== undefined && inFlight < window + Math.ceil(window / 2)) return { chunkIndex: wished, isWished: true };
  const [first] = left;
  return first === undefined || inFlight >= window ? undefined : { chunkIndex: first, isWished: first === wished };
}

/** Wishes with newer ones before them, each chunk once, and no more than {@link MOST_WISHES}. */
export function withNewer(wishes: readonly number[], newer: readonly number[]): number[] {
  return [...new Set([...newer, ...wishes])].slice(0, MOST_WISHES);
}

/** The chunks that make these 0-based segments, in the order of the segments, each once; segments outside the grid have none. */
export function chunksWith(plan: Pick<Plan, 'grid' | 'chunks'>, segments: readonly number[]): number[] {
  return [...new Set(segments.flatMap((segment) => chunkWith(plan, segment)?.index ?? []))];
}

/** The chunk that makes a 0-based segment; undefined outside the grid. */
export function chunkWith({ grid, chunks }: Pick<Plan, 'grid' | 'chunks'>, segment: number): ChunkPlan | undefined {
  if (!Number.isInteger(segment) || segment < 0 || segment >= grid.segmentCount) return undefined;
  const frame = segmentRange(grid, segment).startFrame;
  return chunks.find(({ startFrame, endFrame }) => startFrame <= frame && frame < endFrame);
}
