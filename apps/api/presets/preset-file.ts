import { z } from 'zod';
import { isLadderEmpty, LEAST_TIER_VIEWS } from '../../../temporal/contract/media/encoding';
import { CODEC_FAMILIES, type AskedFamily } from '../../../temporal/contract/media/families';
import { DEFAULT_PRESET, PRESET_NAME, PRESETS, type Preset } from '../../../temporal/contract/media/presets';
import { watermarkChoice, watermarkOf } from '../watermarks/watermark-choice';
import { subtitleChoice } from '../subtitles/speech-choice';
import { thumbnailChoice, thumbnailsOf } from '../pictures/thumbnail-choice';
import { askedFamily, codecFamilies, rungName } from '../families/family-schemas';
import { parseSettingsFile } from '../../settings/settings-file';
import { audioCodecs, audioKbps, loudness } from '../sound/sound-schemas';
import { moderationMode, moderationThreshold } from '../moderation/moderation-schemas';

const HUNDRED_PERCENT = 100;

/** What the encoder of a family takes. */
function familySchema(name: AskedFamily) {
  const { speeds, highestCrf } = CODEC_FAMILIES[name];
  // Zero is lossless in some encoders, which needs a profile that players lack.
  const crf = z.number().int().min(1).max(highestCrf);
  return z.strictObject({
    speed: z.enum(speeds),
    crf: z.union([crf, z.partialRecord(rungName, crf)]).optional(),
    cap_percent: z.number().int().min(10).max(1000).default(HUNDRED_PERCENT),
  });
}

const presetSchema = z
  .strictObject({
    description: z.string().max(300).default(''),
    codecs: codecFamilies,
    highest_rung: rungName.optional(),
    lowest_rung: rungName.optional(),
    moderation: moderationMode.optional(),
    moderation_threshold: moderationThreshold.optional(),
    tiers: z.partialRecord(askedFamily, z.int().min(LEAST_TIER_VIEWS).max(1_000_000_000)).optional(),
    watermark: watermarkChoice.optional(),
    hls_ts: z.boolean().optional(),
    early_playback: z.boolean().optional(),
    subtitles: subtitleChoice.optional(),
    audio_codecs: audioCodecs.optional(),
    audio_kbps: audioKbps.optional(),
    loudness: loudness.optional(),
    thumbnails: thumbnailChoice.optional(),
    families: z
      .strictObject({ h264: familySchema('h264'), hevc: familySchema('hevc'), av1: familySchema('av1'), vp9: familySchema('vp9') })
      .partial()
      .default({}),
  })
  .refine(({ highest_rung: highestRung, lowest_rung: lowestRung }) => !isLadderEmpty({ highestRung, lowestRung }), {
    error: 'has a highest_rung below its lowest_rung',
  });

const fileSchema = z.strictObject({
  presets: z.record(z.string().regex(PRESET_NAME, { error: 'a name has small letters, digits and hyphens, 32 at most' }), presetSchema),
});

/**
 * The presets of a YAML or JSON file. Families that one leaves out are encoded as the default preset says. Throws `ConfigError` with
 * the line of each mistake; `fileName` is how it names the file.
 */
export function parsePresets(text: string, fileName: string): Preset[] {
  const { presets } = parseSettingsFile(text, fileSchema, `PRESETS_FILE: the presets in ${fileName}`);
  return Object.entries(presets).map(([name, preset]) => presetOf(name, preset));
}

function presetOf(name: string, preset: z.infer<typeof presetSchema>): Preset {
  const { description, codecs, highest_rung: highestRung, lowest_rung: lowestRung } = preset;
  const { families: usual } = PRESETS.find((one) => one.name === DEFAULT_PRESET) as Preset;
  const named = Object.entries(preset.families).map(([family, { speed, crf, cap_percent: capPercent }]) => [
    family,
    { speed, ...(crf === undefined ? {} : { crf }), capPercent },
  ]);
  const tiers =
    preset.tiers &&
    Object.entries(preset.tiers).map(([family, aboveViewsPerHour]) => ({ family: family as AskedFamily, aboveViewsPerHour }));
  const bounds = { ...(highestRung ? { highestRung } : {}), ...(lowestRung ? { lowestRung } : {}) };
  return {
    name,
    description,
    codecs,
    ...bounds,
    ...(preset.moderation ? { moderation: preset.moderation } : {}),
    ...(preset.moderation_threshold === undefined ? {} : { moderationThreshold: preset.moderation_threshold }),
    ...(tiers ? { tiers } : {}),
    ...(preset.hls_ts === undefined ? {} : { hlsTs: preset.hls_ts }),
    ...(preset.early_playback === undefined ? {} : { earlyPlayback: preset.early_playback }),
    ...(preset.subtitles === undefined ? {} : { speech: preset.subtitles === 'auto' }),
    ...(preset.watermark ? { watermark: watermarkOf(preset.watermark) } : {}),
    ...soundOf(preset),
    ...(preset.thumbnails ? { thumbnails: thumbnailsOf(preset.thumbnails) } : {}),
    families: { ...usual, ...(Object.fromEntries(named) as Partial<Preset['families']>) },
  };
}

function soundOf({ audio_codecs: audioCodecs, audio_kbps: kbps, loudness }: z.infer<typeof presetSchema>): Partial<Preset> {
  return {
    ...(audioCodecs ? { audioCodecs } : {}),
    ...(kbps === undefined ? {} : { stereoBps: kbps * 1000 }),
    ...(loudness === undefined ? {} : { loudnessLufs: loudness === 'off' ? null : loudness }),
  };
}
