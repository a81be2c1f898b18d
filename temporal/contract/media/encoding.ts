import type { CustomRung } from './custom-ladder';
import type { AskedFamily } from './families';
import type { GpuMode } from './hardware';
import type { HdrChoice } from './hdr';
import type { ModerationRequest } from './moderation';
import type { ThumbnailRequest } from './pictures';
import type { DrmRequest } from './protection';
import type { SoundRequest } from './sound';
import type { SpeechRequest } from './speech';
import type { Watermark } from './watermark';

/** Names of rungs by the short side of the picture, largest first. */
export const RUNG_NAMES = ['2160p', '1440p', '1080p', '720p', '480p', '360p', '240p'] as const;

export type RungName = (typeof RUNG_NAMES)[number];

/** What a preset says about a codec family. */
export interface FamilyEncoding {
  /** Preset of the encoder in its own words. */
  speed: string;
  /** Constant rate factor of all rungs or by rung; that of the family's own table where it is left out. */
  crf?: number | Partial<Record<RungName, number>>;
  /** Rate caps over those of the family's own table, in percent; 100 when it is left out. */
  capPercent?: number;
}

/** A codec family that is worth its encoding once a video is watched often enough. */
export interface Tier {
  family: AskedFamily;
  /** The family is added above this many views within an hour, {@link LEAST_TIER_VIEWS} at least. */
  aboveViewsPerHour: number;
}

/** Videos with no more views than this in an hour earn nothing, so that most need no look. */
export const LEAST_TIER_VIEWS = 10;

/** The better a family compresses, the more it costs to encode, and the more viewers it takes to save that. */
export const DEFAULT_TIERS: readonly Tier[] = [
  { family: 'hevc', aboveViewsPerHour: 100 },
  { family: 'av1', aboveViewsPerHour: 10_000 },
];

/**
 * How the renditions of a video are encoded, as it was asked for with the upload. Presets are resolved by then: one that changes later
 * changes no video that is there.
 */
export interface EncodingRequest {
  /** Quality below the bars is not published. */
  isStrict: boolean;
  /** `auto` when it is left out. */
  gpu?: GpuMode;
  /** Bounds of the ladder; none when they are left out. */
  highestRung?: RungName;
  lowestRung?: RungName;
  /** In place of the sizes and rates of the families' tables, whose quality stays, and without bounds; none when it is left out. */
  ladder?: readonly CustomRung[];
  /** Families that are left out are encoded as plans without a preset are. */
  families: Partial<Record<AskedFamily, FamilyEncoding>>;
  /** {@link DEFAULT_TIERS} when they are left out. */
  tiers?: readonly Tier[];
  /** Left out by older releases, whose workers know no HDR sets. */
  hdr?: HdrChoice;
  /** Clear when it is left out. */
  drm?: DrmRequest;
  /** Not scored when it is left out. */
  moderation?: ModerationRequest;
  /** None when it is left out. */
  watermark?: Watermark;
  /** MPEG-TS segments for old players beside the CMAF ones; none when it is left out. */
  hlsTs?: true;
  /** Left out by older releases, whose workers know one track in AAC. */
  sound?: SoundRequest;
  /** Subtitles of what is said, made by a machine; none when it is left out. */
  speech?: SpeechRequest;
  /** Plays while it is encoded unless this says no; see {@link opensEarly}. */
  earlyPlayback?: false;
  /** Every five seconds, or less often in a long title, when it is left out. */
  thumbnails?: ThumbnailRequest;
}

/**
 * Whether a title may play while it is encoded. Not where something decides behind the encoding whether it is seen at all, or in which
 * form: a bar of quality, a moderator, encryption.
 */
export function opensEarly({ earlyPlayback, isStrict, moderation, drm }: EncodingRequest): boolean {
  return earlyPlayback !== false && !isStrict && moderation?.mode !== 'hold' && drm === undefined;
}

/** Whether bounds of a ladder leave a rung between them. */
export function isLadderEmpty({
  highestRung,
  lowestRung,
}: {
  highestRung?: RungName | undefined;
  lowestRung?: RungName | undefined;
}): boolean {
  return highestRung !== undefined && lowestRung !== undefined && RUNG_NAMES.indexOf(highestRung) > RUNG_NAMES.indexOf(lowestRung);
}
