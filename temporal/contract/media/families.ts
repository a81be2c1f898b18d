const MIB = 1024 ** 2;

/** Facts of a codec family that the whole fleet needs, by its name in plans and paths; the rest is in `workflows/planning/families`. */
export const CODEC_FAMILIES = {
  /** Peak of `npm run bench:slots` for the dearest source, ten bits of HDR in 2160p (1580 MiB), rounded up. */
  h264: { slotMemoryBytes: 1792 * MIB },
  hevc: { slotMemoryBytes: 1792 * MIB },
  av1: { slotMemoryBytes: 1792 * MIB },
  vp9: { slotMemoryBytes: 1792 * MIB },
} as const satisfies Record<string, { slotMemoryBytes: number }>;

export type CodecFamily = keyof typeof CODEC_FAMILIES;

/** A slot takes chunks of any family, so it needs the memory of the dearest one. */
export const TRANSCODE_SLOT_MEMORY_BYTES = Math.max(...Object.values(CODEC_FAMILIES).map(({ slotMemoryBytes }) => slotMemoryBytes));
