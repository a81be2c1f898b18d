import type { ExpressSegment } from '../../../temporal/contract/activities';
import type { TranscodeFamilyInput } from '../../../temporal/contract/workflows';

/** Of each family; what viewers do not wait for yet comes alone, so that a seek soon has the slot. */
const MOST_AT_WORK = 2;

/** 0-based segments that are encoded by themselves, by the number of their chunk. */
export type Cuts = NonNullable<TranscodeFamilyInput['cuts']>;

interface Lane {
  /** Segments that viewers wait for, the first one first. */
  wanted: readonly ExpressSegment[];
  /** Chunks that have not gone into the queue. */
  left: readonly number[];
  /** Chunks in the queue and at work. */
  inFlight: ReadonlySet<number>;
  cuts: Cuts;
  /** Keys of what has been given out. */
  taken: ReadonlySet<string>;
  /** How many of those are under way. */
  atWork: number;
}

export interface NextExpress extends ExpressSegment {
  /** Names the stretch that is made. */
  key: string;
}

/** The cuts with those of wanted segments. A chunk in the queue keeps the cuts that it has. */
export function withCuts(cuts: Cuts, wanted: readonly ExpressSegment[], left: readonly number[]): Cuts {
  const result = { ...cuts };
  for (const { chunkIndex, segment } of wanted)
    if (left.includes(chunkIndex)) result[chunkIndex] = [...new Set([...cutsOf(result, chunkIndex), segment])];
  return result;
}

/**
 * The segment that is made next before its chunk, with the others of its stretch. Undefined while enough is under way, and where chunks are done.
 */
export function nextExpress({ wanted, left, inFlight, cuts, taken, atWork }: Lane): NextExpress | undefined {
  return wanted
    .filter(({ isAhead }) => atWork < (isAhead ? 1 : MOST_AT_WORK))
    .filter(({ chunkIndex }) => left.includes(chunkIndex) || inFlight.has(chunkIndex))
    .map((one) => ({ ...one, key: stretchKey(one, cutsOf(cuts, one.chunkIndex)) }))
    .find(({ key }) => !taken.has(key));
}

export function cutsOf(cuts: Cuts, chunkIndex: number): number[] {
  return cuts[chunkIndex] ?? [];
}

/** The cuts of these chunks alone. */
export function cutsOfChunks(cuts: Cuts, chunks: readonly number[]): Cuts {
  return Object.fromEntries(Object.entries(cuts).filter(([chunkIndex]) => chunks.includes(Number(chunkIndex))));
}

/** Segments between the same two cuts are encoded together. */
function stretchKey({ chunkIndex, segment }: ExpressSegment, cuts: readonly number[]): string {
  if (cuts.includes(segment)) return `${segment}`;
  return `chunk ${chunkIndex} behind ${cuts.filter((cut) => cut < segment).length} cuts`;
}
