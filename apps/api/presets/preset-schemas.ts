import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { moderationMode } from '../moderation/moderation-schemas';
import { askedFamily, rungName } from '../families/family-schemas';
import { AUDIO_CODECS } from '../../../temporal/contract/media/sound';
import { loudness } from '../sound/sound-schemas';
import { subtitleChoice } from '../subtitles/speech-choice';
import { thumbnailView } from '../pictures/thumbnail-choice';
import { watermarkView } from '../watermarks/watermark-choice';

const presetView = z.object({
  name: z.string(),
  description: z.string(),
  is_default: z.boolean().describe('Of uploads that name no preset'),
  codecs: z.array(askedFamily),
  highest_rung: rungName.nullable(),
  lowest_rung: rungName.nullable(),
  moderation: moderationMode.describe('Of uploads that do not say'),
  moderation_threshold: z.number().describe('Pictures that score as much or more are flagged'),
  tiers: z.partialRecord(askedFamily, z.int()).describe('Families that are added above so many views within an hour'),
  watermark: watermarkView.nullable().describe('Drawn unless the upload names another or none'),
  hls_ts: z.boolean().describe('Of uploads that do not say'),
  early_playback: z.boolean().describe('Of uploads that do not say'),
  subtitles: subtitleChoice.describe('Of uploads that do not say'),
  audio_codecs: z.array(z.enum(AUDIO_CODECS)).describe('Of uploads that do not say'),
  audio_kbps: z.int().nullable().describe('Of stereo in AAC; null: by the size of the picture'),
  loudness: loudness.describe('Of uploads that do not say; LUFS'),
  thumbnails: thumbnailView.nullable().describe('Of uploads that do not say; null: every five seconds'),
  families: z.record(
    askedFamily,
    z.object({
      speed: z.string().describe('Preset of the encoder in its own words'),
      crf: z
        .union([z.int(), z.partialRecord(rungName, z.int())])
        .nullable()
        .describe("Of all rungs, or by rung; null and rungs that are left out: the family's own table"),
      cap_percent: z.int().describe("Rate caps over those of the family's own table"),
    }),
  ),
});

const presetList = z.object({ presets: z.array(presetView) }).meta({ id: 'Presets' });

export type PresetView = z.infer<typeof presetView>;

export class PresetsDto extends createZodDto(presetList) {}
