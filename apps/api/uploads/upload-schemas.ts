import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { HDR_CHOICES } from '../../../temporal/contract/media/hdr';
import { GPU_MODES } from '../../../temporal/contract/media/hardware';
import { PLAYBACK_MODES } from '../../../temporal/contract/media/playback';
import { PRIORITIES, VIDEO_STATUSES } from '../../../temporal/contract/steps';
import { PRESET_NAME } from '../../../temporal/contract/media/presets';
import { drmRequest } from '../drm/drm-schemas';
import { moderationMode, moderationThreshold } from '../moderation/moderation-schemas';
import { metadataPairs } from '../metadata/metadata-schemas';
import { codecFamilies, rungName } from '../families/family-schemas';
import { audioCodecs, loudness } from '../sound/sound-schemas';
import { spokenLanguage, subtitleChoice } from '../subtitles/speech-choice';
import { thumbnailChoice } from '../pictures/thumbnail-choice';
import { webhookUrl } from '../webhooks/webhook-schemas';
import { watermarkChoice } from '../watermarks/watermark-choice';
import { ladderChoice } from './start/ladder-choice';
import { titleSchema } from './start/title';

/** What uploads and pulls say of a video. */
export const uploadFields = z.strictObject({
  filename: z.string().min(1).max(1024).describe('Only the base name is kept; folders in it are dropped'),
  content_type: z.string().max(1024).default('').describe('A hint; empty when it is unknown'),
  file_size_bytes: z
    .int({ error: 'is a whole number of bytes' })
    .positive({ error: 'is 1 or more; an empty file is no video' })
    .describe('Exact size; the upload is checked against it'),
  title: titleSchema,
  metadata: metadataPairs.default({}),
  preset: z
    .string()
    .regex(PRESET_NAME, { error: 'is the name of a preset' })
    .optional()
    .describe('One of GET /presets: codec families, effort and quality of their encoders; the default of the installation when left out'),
  strict: z
    .boolean()
    .default(false)
    .describe('Refuses to publish when a rendition of 720p or more is below its quality bar; without it, there is a warning'),
  highest_rung: rungName.optional().describe('Larger renditions are not made'),
  lowest_rung: rungName.optional().describe('Smaller renditions are not made, unless the source itself is smaller'),
  ladder: ladderChoice.optional(),
  hdr: z
    .enum(HDR_CHOICES)
    .default('keep')
    .describe(
      'keep: an HDR10 or HLG source gets a rendition set in HDR for each of hevc and av1, beside the tone-mapped one; sdr-only: it does not',
    ),
  gpu: z
    .enum(GPU_MODES)
    .default('auto')
    .describe('auto: HEVC and AV1 by a GPU where there is one, by the CPU if it fails; required: by GPUs alone; never: by CPUs'),
  drm: drmRequest.optional().describe('Encrypts all media of the video; clear media is never public'),
  moderation: moderationMode
    .optional()
    .describe(
      'flag: published with a warning when pictures score at or above the threshold; hold: waits for a moderator then; off: not scored. That of the preset when left out',
    ),
  moderation_threshold: moderationThreshold.optional().describe('0 flags every picture; that of the preset when left out'),
  watermark: watermarkChoice.nullish().describe('Drawn on every rendition in place of that of the preset; null: none'),
  hls_ts: z
    .boolean()
    .optional()
    .describe('Also makes MPEG-TS segments of the H.264 renditions, for players without CMAF; as the preset says when left out'),
  early_playback: z
    .boolean()
    .optional()
    .describe(
      'false: does not play before it is ready. As the preset says when left out; strict and protected videos, and those that a moderator may hold, never do',
    ),
  audio_codecs: audioCodecs.optional().describe('aac, or aac and opus; that of the preset when left out. Every track is made in each'),
  loudness: loudness.optional().describe('LUFS that every track is brought to, or off; that of the preset when left out'),
  subtitles: subtitleChoice
    .optional()
    .describe('auto: a machine makes subtitles of what is said; off: it does not. As the preset says when left out'),
  subtitles_language: spokenLanguage
    .optional()
    .describe('BCP 47 tag of the language that is spoken, for subtitles: auto; that of the audio track when left out'),
  thumbnails: thumbnailChoice.optional().describe('How often there is a thumbnail; as the preset says when left out'),
  playback: z
    .enum(PLAYBACK_MODES)
    .default('public')
    .describe('signed: plays with tokens of POST /videos/{id}/playback-token only. It stays so'),
  priority: z.enum(PRIORITIES).default('normal'),
  webhook_url: webhookUrl.optional().describe('Hears of the events of this video alone; see docs/webhooks.md'),
  codecs: codecFamilies
    .optional()
    .describe(
      'Codec families in place of those of the preset. The first of h264, hevc, av1 and vp9 among them is published first; the others join its manifests later',
    ),
});

const createUpload = uploadFields.meta({
  id: 'CreateUpload',
  'x-example': { filename: 'holiday.mp4', content_type: 'video/mp4', file_size_bytes: 1_048_576, title: 'Holiday' },
});

export const webhookSecret = z
  .string()
  .optional()
  .describe('Signs the requests to webhook_url; shown once, and not when a request is repeated under its Idempotency-Key');

const uploadCreated = z
  .object({
    video_id: z.string(),
    upload_url: z.string().describe('Presigned PUT of part 1; a file of one part needs no other'),
    upload_id: z.string(),
    max_chunk_size: z.int().describe('Bytes of every part but the last'),
    parts_total: z.int(),
    webhook_secret: webhookSecret,
  })
  .meta({ id: 'UploadCreated' });

const signParts = z
  .strictObject({ part_numbers: z.array(z.int().min(1).max(10_000)).min(1).max(100) })
  .meta({ id: 'SignParts', 'x-example': { part_numbers: [1] } });

const signedParts = z
  .object({ urls: z.array(z.object({ part_number: z.int(), url: z.string(), expires_at: z.string() })) })
  .meta({ id: 'SignedParts' });

const uploadState = z
  .object({
    video_id: z.string(),
    status: z.enum(VIDEO_STATUSES),
    file_size_bytes: z.int(),
    max_chunk_size: z.int(),
    parts_total: z.int(),
    received_parts: z.array(z.int()),
    missing_parts: z.array(z.int()),
    wrong_parts: z.array(z.int()).describe('Stored with another size than announced; send them again'),
    bytes_received: z.int(),
  })
  .meta({ id: 'UploadState' });

/** No field yet; the body may be absent. */
const completeUpload = z.preprocess((body) => body ?? {}, z.strictObject({})).meta({ id: 'CompleteUpload', 'x-example': {} });

const uploadCompleted = z.object({ video_id: z.string(), status: z.enum(VIDEO_STATUSES) }).meta({ id: 'UploadCompleted' });

export class CompleteUploadDto extends createZodDto(completeUpload) {}
export class CreateUploadDto extends createZodDto(createUpload) {}
export class UploadCreatedDto extends createZodDto(uploadCreated) {}
export class SignPartsDto extends createZodDto(signParts) {}
export class SignedPartsDto extends createZodDto(signedParts) {}
export class UploadStateDto extends createZodDto(uploadState) {}
export class UploadCompletedDto extends createZodDto(uploadCompleted) {}
