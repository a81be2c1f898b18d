import type { CodecFamily } from './families';
import type { GpuMode } from './hardware';

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
  /** Families that are left out are encoded as plans without a preset are. */
  families: Partial<Record<CodecFamily, FamilyEncoding>>;
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
