import { Failure } from '../../../temporal/contract/failures';
import {
  HARDWARE_FAMILIES,
  HARDWARE_KINDS,
  isHardwareFamily,
  type EncoderVerdict,
  type GpuMode,
  type HardwareEncoder,
} from '../../../temporal/contract/media/hardware';
import type { FamilyPlan } from '../../../temporal/contract/media/plan';

/** Encoders refuse small pictures, each below a size of its own; these take no time on a CPU. It is the lowest rung of every table. */
const SMALLEST_SIDE = 240;

/**
 * The encoders that every worker of the GPU queue has: a chunk goes to any of them. `workers` has what each one's test encodes have told.
 */
export function sharedEncoders(workers: readonly (readonly EncoderVerdict[])[]): HardwareEncoder[] {
  if (workers.length === 0) return [];
  const all = HARDWARE_KINDS.flatMap((kind) => HARDWARE_FAMILIES.map((family) => ({ kind, family })));
  return all.filter((encoder) => workers.every((verdicts) => hasEncoder(verdicts, encoder)));
}

export function hasEncoder(verdicts: readonly EncoderVerdict[], { kind, family }: HardwareEncoder): boolean {
  return verdicts.some((verdict) => verdict.kind === kind && verdict.family === family && verdict.works);
}

/**
 * Decides once what encodes the whole of a family. Without being asked, a GPU takes what costs a CPU most; H.264 is what a title is
 * published in first, and stays with the CPUs that every installation has. Throws `GpuUnavailable` where a GPU is required and none is there.
 */
export function withEncoder(planned: FamilyPlan, gpu: GpuMode, shared: readonly HardwareEncoder[]): FamilyPlan {
  const { family } = planned;
  if (gpu === 'never' || !isHardwareFamily(family)) return planned;
  const encoder = HARDWARE_KINDS.find((kind) => shared.some((one) => one.kind === kind && one.family === family));
  if (gpu === 'required') {
    if (encoder) return { ...planned, encoder, needsGpu: true };
    throw new Failure('GpuUnavailable', `No GPU worker that can encode ${family} is there, and this video is for GPUs only.`);
  }
  const isSmall = planned.rungs.some(({ width, height }) => Math.min(width, height) < SMALLEST_SIDE);
  return encoder && family !== 'h264' && !isSmall ? { ...planned, encoder } : planned;
}
