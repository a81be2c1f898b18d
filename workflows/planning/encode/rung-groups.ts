import type { VideoRung } from '../../../temporal/contract/media/plan';
import { MIB } from '../../../temporal/contract/units';
import type { Family } from '../families/family';

/** Encoders of one run of ffmpeg may hold so much: the rest of a slot's memory is for a source in ten bits that is tone-mapped. */
const GROUP_MEMORY_BYTES = 1640 * MIB;

/**
 * The rungs of a family that are encoded in one run, largest first in each: as many as fit the memory of a slot. A run more decodes the
 * chunk once more; it changes no byte of a rung.
 */
export function rungGroups({ memoryBytesPerPixel }: Pick<Family, 'memoryBytesPerPixel'>, rungs: readonly VideoRung[]): VideoRung[][] {
  const groups: VideoRung[][] = [];
  let freeBytes = 0;
  for (const rung of rungs) {
    const bytes = rung.width * rung.height * memoryBytesPerPixel;
    if (bytes > freeBytes) {
      groups.push([]);
      freeBytes = GROUP_MEMORY_BYTES;
    }
    groups.at(-1)?.push(rung);
    freeBytes -= bytes;
  }
  return groups;
}
