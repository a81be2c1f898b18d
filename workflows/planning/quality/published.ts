import type { EntryColour } from '../isobmff/colour';
import type { TrackEncryption } from '../isobmff/encryption';
import type { InitFacts } from '../isobmff/isobmff';

/** Of HLS (RFC 8216bis 4.4.6.2). */
type VideoRange = 'SDR' | 'PQ' | 'HLG';

interface ListedSegment {
  name: string;
  durationSeconds: number;
  range: { offset: number; sizeBytes: number } | null;
}

/** EXT-X-KEY or EXT-X-SESSION-KEY. */
export interface ListedKey {
  method: string;
  uri: string;
  format: string;
}

/** ContentProtection of an AdaptationSet. */
export interface ListedProtection {
  scheme: string;
  /** 32 lower-case hex digits. */
  kid: string;
  /** The `pssh` box in base64 by the URN of the system; null for one without. */
  systems: Readonly<Record<string, string | null>>;
}

/** A media or I-frame playlist as an independent parser reads it. */
export interface ListedPlaylist {
  targetDurationSeconds: number;
  independentSegments: boolean;
  ended: boolean;
  initName: string | null;
  keys: ListedKey[];
  segments: ListedSegment[];
}

export interface ListedVariant {
  uri: string;
  bandwidthBps: number;
  averageBps: number;
  codecs: string;
  /** SDR where it does not say. */
  videoRange: VideoRange;
  audioUris: string[];
}

export interface ListedMaster {
  sessionKeys: ListedKey[];
  independentSegments: boolean;
  variants: ListedVariant[];
  iframeVariants: ListedVariant[];
}

export interface ListedRepresentation {
  bandwidthBps: number;
  codecs: string;
  /** Code points of its set's colours, which players must know: primaries, transfer, matrix; empty for a set that names none. */
  colour: number[];
  timescale: number;
  startNumber: number;
  initUri: string;
  /** Null for one that is not encrypted. */
  protection: ListedProtection | null;
  /** With `$Number%05d$`. */
  mediaUri: string;
  segments: { startTicks: number; durationTicks: number }[];
}

/** Facts of a stored segment, read from its bytes. */
export interface SampledSegment {
  folder: string;
  /** 0-based. */
  index: number;
  startTicks: number;
  /** Whether the byte range of the I-frame playlist holds a key picture of its codec; null for audio. */
  idr: boolean | null;
  /** Brands that its boxes ask for and its `styp` lacks; none for a plan of the first recipe, whose segments name none. */
  missingBrands: readonly string[];
  /** Whether it tells how its samples are encrypted; clear where it is left out. */
  isEncrypted?: boolean;
}

/** `colour` is that of a picture; null where it is not marked, and for sound. A description without `encryption` is clear. */
export interface SampleDescription {
  colour: EntryColour | null;
  encryption?: TrackEncryption | null;
}

/** A generation as it lies in storage, before it is published. Names and folders count from the generation's folder. */
export interface Published {
  master: ListedMaster;
  dash: ListedRepresentation[];
  /** By folder, such as `h264/720p`. */
  media: ReadonlyMap<string, ListedPlaylist>;
  iframes: ReadonlyMap<string, ListedPlaylist>;
  /** Size of every stored object by name, such as `h264/720p/init.mp4`. */
  sizes: ReadonlyMap<string, number>;
  inits: ReadonlyMap<string, Pick<InitFacts, 'codec' | 'timescale' | 'editStartTicks'> & SampleDescription>;
  samples: readonly SampledSegment[];
}

/** The variants of a rendition in a multivariant playlist, one for each audio group, by its folder. */
export function variantsOf(variants: readonly ListedVariant[], folder: string): ListedVariant[] {
  return variants.filter(({ uri }) => uri.includes(`/${folder}/`));
}

/** The variant of a rendition in a multivariant playlist, by its folder. */
export function variantOf(variants: readonly ListedVariant[], folder: string): ListedVariant | undefined {
  return variants.find(({ uri }) => uri.includes(`/${folder}/`));
}
