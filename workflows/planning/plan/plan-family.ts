import type { EncodingRequest } from '../../../temporal/contract/media/encoding';
import type { HardwareEncoder } from '../../../temporal/contract/media/hardware';
import type { Plan } from '../../../temporal/contract/media/plan';
import type { Family } from '../families/family';
import { withEncoder } from './choose-encoder';
import { planRenditions } from './ladder';

export interface FamilyPlanning {
  revision: number;
  encoding: EncodingRequest;
  /** Encoders that every live GPU worker has. */
  gpuEncoders: readonly HardwareEncoder[];
}

/**
 * The plan of a family that joins a title: its own ladder, on the grid and in the chunks of the title, whose pictures are taken already.
 * Renditions of a later `revision` than 1 have names of their own.
 */
export function planFamily(title: Plan, family: Family, { revision, encoding, gpuEncoders }: FamilyPlanning): Plan {
  const planned = planRenditions(family, { ...title.source.video, frameRate: title.grid.frameRate }, encoding);
  const rungs = revision === 1 ? planned.rungs : planned.rungs.map((rung) => ({ ...rung, name: `${rung.name}_r${revision}` }));
  return {
    ...title,
    families: [withEncoder({ ...planned, rungs }, encoding.gpu ?? 'auto', gpuEncoders)],
    thumbnails: { ...title.thumbnails, captureFrames: [] },
    // The title may have been protected after it was planned.
    ...(encoding.drm ? { protection: encoding.drm } : {}),
  };
}
