import type { FamilyEncoding, RungName, Tier } from './encoding';
import type { AskedFamily } from './families';
import type { ModerationMode } from './moderation';
import type { AudioCodec } from './sound';
import type { ThumbnailRequest } from './pictures';
import type { WatermarkChoice } from './watermark';

/** What an upload asks for by one name. */
export interface Preset {
  name: string;
  description: string;
  /** Families that are made unless the upload names others. */
  codecs: readonly AskedFamily[];
  /** Bounds of the ladder unless the upload names others. */
  highestRung?: RungName;
  lowestRung?: RungName;
  /** In place of the usual ones. */
  tiers?: readonly Tier[];
  /** Of uploads that do not say; `off` when it is left out. */
  moderation?: ModerationMode;
  /** Of uploads that are moderated and do not say; `DEFAULT_MODERATION_THRESHOLD` when it is left out. */
  moderationThreshold?: number;
  /** Drawn unless the upload names another or none. */
  watermark?: WatermarkChoice;
  /** MPEG-TS segments for old players, unless the upload says otherwise. */
  hlsTs?: boolean;
  /** Videos play while they are encoded; true when it is left out. */
  earlyPlayback?: boolean;
  /** Codecs of the sound unless the upload names others; AAC alone when they are left out. */
  audioCodecs?: readonly AudioCodec[];
  /** In LUFS, unless the upload names another; null leaves tracks as loud as they are, `DEFAULT_LOUDNESS_LUFS` counts when it is left out. */
  loudnessLufs?: number | null;
  /** Of stereo in AAC, from which other rates follow; by the size of the picture when it is left out. */
  stereoBps?: number;
  /** Subtitles of what is said, unless the upload says otherwise. */
  speech?: boolean;
  /** Of uploads that do not say. */
  thumbnails?: ThumbnailRequest;
  /** Also of families that are only made when an upload names them, or that are added later. */
  families: Readonly<Record<AskedFamily, FamilyEncoding>>;
}

export const PRESET_NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;

export const DEFAULT_PRESET = 'standard';

/** The presets that every installation has. `docs/presets.md` says what each costs; rates of rungs are in the ladders of the families. */
export const PRESETS: readonly Preset[] = [
  {
    name: 'fast',
    description: 'Least CPU: for drafts, previews and a backlog that has to go.',
    codecs: ['h264'],
    families: {
      h264: { speed: 'veryfast' },
      hevc: { speed: 'superfast' },
      av1: { speed: '9' },
      vp9: { speed: '5' },
    },
  },
  {
    name: 'standard',
    description: 'The same picture as fast in fewer bits.',
    codecs: ['h264'],
    families: {
      h264: { speed: 'faster', crf: { '2160p': 25, '1440p': 25, '1080p': 24, '720p': 24, '480p': 24, '360p': 24, '240p': 24 } },
      hevc: { speed: 'superfast' },
      av1: { speed: '8', crf: 40 },
      vp9: { speed: '5' },
    },
  },
  {
    name: 'premium',
    description: 'A better picture, and newer codecs beside H.264 for the players that have them.',
    codecs: ['h264', 'hevc', 'av1'],
    audioCodecs: ['aac', 'opus'],
    stereoBps: 192_000,
    families: {
      h264: {
        speed: 'medium',
        crf: { '2160p': 24, '1440p': 24, '1080p': 23, '720p': 23, '480p': 23, '360p': 23, '240p': 23 },
        capPercent: 120,
      },
      hevc: { speed: 'superfast', crf: 22, capPercent: 120 },
      av1: { speed: '7', crf: 36, capPercent: 120 },
      vp9: { speed: '4', crf: 32, capPercent: 120 },
    },
  },
  {
    name: 'archive',
    description: 'Next to nothing is lost of the picture, whatever it costs.',
    codecs: ['h264', 'av1'],
    audioCodecs: ['aac', 'opus'],
    loudnessLufs: null,
    stereoBps: 192_000,
    families: {
      h264: { speed: 'slow', crf: 18, capPercent: 250 },
      hevc: { speed: 'superfast', crf: 18, capPercent: 250 },
      av1: { speed: '6', crf: 26, capPercent: 250 },
      vp9: { speed: '3', crf: 24, capPercent: 250 },
    },
  },
];
