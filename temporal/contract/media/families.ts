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

/** In the order of manifests: what most players decode comes first. */
export const CODEC_FAMILY_NAMES = Object.keys(CODEC_FAMILIES) as [CodecFamily, ...CodecFamily[]];

/** The family that a title is published in first, among those asked for. Throws RangeError for none. */
export function firstFamilyOf(asked: readonly CodecFamily[]): CodecFamily {
  const first = CODEC_FAMILY_NAMES.find((name) => asked.includes(name));
  if (first === undefined) throw new RangeError('a title has at least one codec family');
  return first;
}

/** The families that join the title once it is published in its first one. */
export function laterFamilies(asked: readonly CodecFamily[]): CodecFamily[] {
  return CODEC_FAMILY_NAMES.filter((name) => asked.includes(name)).slice(1);
}

/**
 * Where a family is that joins a published title. `joining`: verified, on its way into the manifests; `leaving`: on its way out of them;
 * `removed`: out of them, its objects go a day later.
 */
export const FAMILY_STATES = ['pending', 'running', 'joining', 'ready', 'failed', 'cancelled', 'leaving', 'removed'] as const;

export type FamilyState = (typeof FAMILY_STATES)[number];

/** A slot takes chunks of any family, so it needs the memory of the dearest one. */
export const TRANSCODE_SLOT_MEMORY_BYTES = Math.max(...Object.values(CODEC_FAMILIES).map(({ slotMemoryBytes }) => slotMemoryBytes));
