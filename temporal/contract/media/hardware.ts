import type { CodecFamily } from './families';

/**
 * Kinds of hardware encoders that ffmpeg drives, preferred ones first: NVENC of NVIDIA, Quick Sync of Intel, and VAAPI, which serves AMD
 * and Intel on Linux.
 */
export const HARDWARE_KINDS = ['nvenc', 'qsv', 'vaapi'] as const;

export type HardwareKind = (typeof HARDWARE_KINDS)[number];

/** Families for which every kind has an encoder; whether a GPU has one, only a test encode tells. */
export const HARDWARE_FAMILIES = ['h264', 'hevc', 'av1'] as const satisfies readonly CodecFamily[];

export type HardwareFamily = (typeof HARDWARE_FAMILIES)[number];

export function isHardwareFamily(family: CodecFamily): family is HardwareFamily {
  return HARDWARE_FAMILIES.some((name) => name === family);
}

/**
 * Where a video is encoded. `auto`: HEVC and AV1 by a GPU where a worker has one for them, and by the CPU after all when it fails;
 * `required`: by GPUs alone, whatever they have an encoder for; `never`: by CPUs.
 */
export const GPU_MODES = ['auto', 'never', 'required'] as const;

export type GpuMode = (typeof GPU_MODES)[number];

/** An encoder that a worker has. */
export interface HardwareEncoder {
  kind: HardwareKind;
  family: HardwareFamily;
}

/** Whether an encoder works on a worker, as its test encode tells. */
export interface EncoderVerdict extends HardwareEncoder {
  works: boolean;
  /** Why it does not work and what its operator can do, in a sentence each; left out while it works. */
  reason?: string;
  advice?: string;
}
