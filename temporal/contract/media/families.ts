const MIB = 1024 ** 2;

interface FamilyFacts {
  slotMemoryBytes: number;
  /** Presets of the encoder in its own words, fastest first. */
  speeds: readonly string[];
  /** The worst quality that the encoder knows. */
  highestCrf: number;
}

const X264_SPEEDS = ['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium', 'slow', 'slower'] as const;
const X265_SPEEDS = ['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium'] as const;
/** Faster ones show artefacts, and slower ones gain little. */
const SVT_AV1_SPEEDS = ['9', '8', '7', '6'] as const;

/** Facts of a codec family that the whole fleet needs, by its name in plans and paths; the rest is in `workflows/planning/families`. */
export const CODEC_FAMILIES = {
  /** Peak of `npm run bench:slots` for the dearest source, ten bits of HDR in 2160p (1580 MiB), rounded up. */
  h264: { slotMemoryBytes: 1792 * MIB, speeds: X264_SPEEDS, highestCrf: 51 },
  hevc: { slotMemoryBytes: 1792 * MIB, speeds: X265_SPEEDS, highestCrf: 51 },
  av1: { slotMemoryBytes: 1792 * MIB, speeds: SVT_AV1_SPEEDS, highestCrf: 63 },
  /** `-cpu-used` of `-deadline good`: slower ones cost as much again and gain a few per cent. */
  vp9: { slotMemoryBytes: 1792 * MIB, speeds: ['5', '4', '3'], highestCrf: 63 },
  /** Peaks of 2160p in ten bits (HEVC 1659 MiB, AV1 1777 MiB), rounded up. */
  'hevc-hdr': { slotMemoryBytes: 1792 * MIB, speeds: X265_SPEEDS, highestCrf: 51 },
  'av1-hdr': { slotMemoryBytes: 1792 * MIB, speeds: SVT_AV1_SPEEDS, highestCrf: 63 },
} as const satisfies Record<string, FamilyFacts>;

export type CodecFamily = keyof typeof CODEC_FAMILIES;

/** In the order of manifests: what most players decode comes first. */
export const CODEC_FAMILY_NAMES = Object.keys(CODEC_FAMILIES) as [CodecFamily, ...CodecFamily[]];

/** Rendition sets that keep the HDR of a source, by the codec that they come with. */
const HDR_SETS: Partial<Record<CodecFamily, CodecFamily>> = { hevc: 'hevc-hdr', av1: 'av1-hdr' };

/** The HDR set of a codec, or nothing for one without. */
export function hdrSetOf(family: CodecFamily): CodecFamily[] {
  const set = HDR_SETS[family];
  return set ? [set] : [];
}

export function isHdrSet(family: CodecFamily): boolean {
  return Object.values(HDR_SETS).includes(family);
}

/** A family that is asked for by name; HDR sets come with their codec. */
export type AskedFamily = Exclude<CodecFamily, `${string}-hdr`>;

export const ASKED_FAMILY_NAMES = CODEC_FAMILY_NAMES.filter((name) => !isHdrSet(name)) as [AskedFamily, ...AskedFamily[]];

/** The family that a request names for it: the codec of an HDR set, else itself. */
export function askedFamilyOf(family: CodecFamily): AskedFamily {
  return ASKED_FAMILY_NAMES.find((name) => name === family || hdrSetOf(name).includes(family)) as AskedFamily;
}

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
