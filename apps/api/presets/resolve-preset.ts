import type { CustomRung } from '../../../temporal/contract/media/custom-ladder';
import type { EncodingRequest, RungName } from '../../../temporal/contract/media/encoding';
import type { CodecFamily } from '../../../temporal/contract/media/families';
import { DEFAULT_MODERATION_THRESHOLD, type ModerationMode } from '../../../temporal/contract/media/moderation';
import type { HdrChoice } from '../../../temporal/contract/media/hdr';
import type { ThumbnailRequest } from '../../../temporal/contract/media/pictures';
import type { WatermarkChoice } from '../../../temporal/contract/media/watermark';
import { DEFAULT_LOUDNESS_LUFS, type AudioCodec, type SoundRequest } from '../../../temporal/contract/media/sound';
import type { LoudnessChoice } from '../sound/sound-schemas';
import type { Preset } from '../../../temporal/contract/media/presets';

/** What an upload says about its encoding beside the name of a preset. */
export interface PresetChanges {
  /** In place of the preset's. */
  codecs?: readonly CodecFamily[] | undefined;
  isStrict: boolean;
  hdr: HdrChoice;
  highestRung?: RungName | undefined;
  lowestRung?: RungName | undefined;
  moderation?: ModerationMode | undefined;
  moderationThreshold?: number | undefined;
  hlsTs?: boolean | undefined;
  earlyPlayback?: boolean | undefined;
  speech?: boolean | undefined;
  /** BCP 47 tag of the language that is spoken, if it is said. */
  spokenLanguage?: string | undefined;
  /** Null for none. */
  watermark?: WatermarkChoice | null | undefined;
  audioCodecs?: readonly AudioCodec[] | undefined;
  loudness?: LoudnessChoice | undefined;
  thumbnails?: ThumbnailRequest | undefined;
  /** In place of the preset's bounds and the rungs between them. */
  ladder?: readonly CustomRung[] | undefined;
}

/** A preset as it is recorded with a video, but for the raster of its watermark. */
export interface ResolvedPreset {
  codecs: CodecFamily[];
  encoding: EncodingRequest;
  watermark: WatermarkChoice | null;
}

/** What an upload gets from its preset and from itself. */
export function resolvePreset(preset: Preset, changes: PresetChanges): ResolvedPreset {
  const { codecs = preset.codecs, isStrict, hdr, highestRung = preset.highestRung, lowestRung = preset.lowestRung } = changes;
  const { ladder } = changes;
  const bounds = ladder ? { ladder } : { ...(highestRung ? { highestRung } : {}), ...(lowestRung ? { lowestRung } : {}) };
  const { families, tiers } = preset;
  const { earlyPlayback = preset.earlyPlayback ?? true } = changes;
  const { watermark = preset.watermark ?? null, hlsTs = preset.hlsTs ?? false, thumbnails = preset.thumbnails } = changes;
  const asked = {
    ...(tiers ? { tiers } : {}),
    ...(hlsTs ? { hlsTs: true as const } : {}),
    ...(earlyPlayback ? {} : { earlyPlayback: false as const }),
    ...(thumbnails ? { thumbnails } : {}),
    ...resolveSpeech(preset, changes),
    ...resolveModeration(preset, changes),
    sound: resolveSound(preset, changes),
  };
  const encoding = { isStrict, ...bounds, families, hdr, ...asked };
  return { codecs: [...codecs], watermark, encoding };
}

function resolveSound(preset: Preset, { audioCodecs, loudness }: PresetChanges): SoundRequest {
  const { loudnessLufs: usual = DEFAULT_LOUDNESS_LUFS, stereoBps } = preset;
  return {
    codecs: [...(audioCodecs ?? preset.audioCodecs ?? ['aac'])],
    loudnessLufs: loudness === undefined ? usual : loudness === 'off' ? null : loudness,
    ...(stereoBps === undefined ? {} : { stereoBps }),
  };
}

function resolveSpeech(
  preset: Preset,
  { speech = preset.speech ?? false, spokenLanguage: language }: PresetChanges,
): Pick<EncodingRequest, 'speech'> {
  return speech ? { speech: language === undefined ? {} : { language } } : {};
}

/** Without moderation nothing is recorded, as before there was a choice. */
function resolveModeration(preset: Preset, changes: PresetChanges): Pick<EncodingRequest, 'moderation'> {
  const mode = changes.moderation ?? preset.moderation ?? 'off';
  const threshold = changes.moderationThreshold ?? preset.moderationThreshold ?? DEFAULT_MODERATION_THRESHOLD;
  return mode === 'off' ? {} : { moderation: { mode, threshold } };
}
