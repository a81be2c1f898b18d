import type { VideoRung } from '../../../temporal/contract/media/plan';
import { MIB } from '../../../temporal/contract/units';
import type { Family } from '../families/family';

/** Encoders of one run of ffmpeg may hold so much: the rest of a slot's memory is for a source in ten bits that is tone-mapped. */
const GROUP_MEMORY_BYTES = 1640 * MIB;

/** The leading run of a title's first chunk makes at most so much of its pixels, which is about a fifth of its time, decoding included. */
const LEADING_SHARE = 0.1;

/** What decides how much an encoder holds. */
type Memory = Pick<Family, 'memoryBytesPerPixel'>;

/**
 * The rungs of a family that are encoded in one run, largest first in each: as many as fit the memory of a slot. A run more decodes the
 * chunk once more; it changes no byte of a rung.
 */
export function rungGroups(family: Memory, rungs: readonly VideoRung[], speed: string): VideoRung[][] {
  const groups: VideoRung[][] = [];
  let freeBytes = 0;
  for (const rung of rungs) {
    const bytes = memoryBytes(family, rung, speed);
    if (bytes > freeBytes) {
      groups.push([]);
      freeBytes = GROUP_MEMORY_BYTES;
    }
    groups.at(-1)?.push(rung);
    freeBytes -= bytes;
  }
  return groups;
}

/**
 * The same for the first chunk of a title that opens early: its smallest rungs come in a run of their own before the others, so that players can begin with
 * them. Null where the smallest rung is too much of the chunk for that.
 */
export function leadingGroups(
  family: Memory,
  rungs: readonly VideoRung[],
  speed: string,
): { lead: VideoRung[]; others: VideoRung[][] } | null {
  const first = rungs.findIndex((_, index) => pixelsOf(rungs.slice(index)) <= LEADING_SHARE * pixelsOf(rungs));
  return first < 1 ? null : { lead: rungs.slice(first), others: rungGroups(family, rungs.slice(0, first), speed) };
}

/**
 * The rungs that are made ahead of a chunk for viewers who wait: those that would lead it, else all but the largest. Empty where there is one
 * rung.
 */
export function expressRungs(family: Memory, rungs: readonly VideoRung[], speed: string): readonly VideoRung[] {
  const ahead = leadingGroups(family, rungs, speed)?.lead ?? rungs.slice(1);
  return rungGroups(family, ahead, speed).length === 1 ? ahead : [];
}

/** Pixels of a frame in all of these rungs. */
export function pixelsOf(rungs: readonly VideoRung[]): number {
  return rungs.reduce((sum, { width, height }) => sum + width * height, 0);
}

/** The preset that was asked for, or the slowest faster one with which the largest rung fits the memory of a slot; the fastest where none does. */
export function fittingSpeed(
  family: Memory,
  rungs: readonly VideoRung[],
  { asked, speeds }: { asked: string; speeds: readonly string[] },
): string {
  const candidates = speeds.slice(0, speeds.indexOf(asked) + 1);
  const fits = (speed: string) => rungs.every((rung) => memoryBytes(family, rung, speed) <= GROUP_MEMORY_BYTES);
  return candidates.findLast(fits) ?? candidates[0] ?? asked;
}

/** A preset that this release does not have may need the most. */
function memoryBytes({ memoryBytesPerPixel }: Memory, { width, height }: VideoRung, speed: string): number {
  return width * height * (memoryBytesPerPixel[speed] ?? Math.max(...Object.values(memoryBytesPerPixel)));
}
