import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { drmView } from '../drm/drm-schemas';
import { codecFamily, familiesView, rungName } from '../families/family-schemas';
import { metadataView } from '../metadata/metadata-schemas';
import { withoutMetadata } from '../metadata/metadata-filter';
import { moderationSummaryView } from '../moderation/moderation-schemas';
import { thumbnailView } from '../pictures/thumbnail-choice';
import { subtitleChoice } from '../subtitles/speech-choice';
import { ladderView } from '../uploads/start/ladder-choice';
import { watermarkView } from '../watermarks/watermark-choice';
import { creatorIdSchema, videoIdSchema } from './video-id';
import { HDR_CHOICES } from '../../../temporal/contract/media/hdr';
import { PLAYBACK_MODES } from '../../../temporal/contract/media/playback';
import { PRIORITIES, STEPS, VIDEO_STATUSES } from '../../../temporal/contract/steps';
import { PRESET_NAME } from '../../../temporal/contract/media/presets';
import { WARNING_CODES } from '../../../temporal/contract/media/warnings';
import { pageLimit } from '../http/page-limit';

const TITLE_PART_MAX_CHARS = 100;

const stepState = z.enum(['pending', 'running', 'completed', 'failed', 'retrying', 'skipped']);
const status = z.enum(VIDEO_STATUSES);
const instant = z.iso.datetime().nullable();

const transcodeProgress = z.object({
  state: stepState,
  completed: z.int().describe('Chunks done'),
  total: z.int().describe('Chunks planned; 0 before the plan is made'),
  percent: z.int(),
});

const progressSchema = z
  .object({
    video_id: z.string(),
    status,
    pipeline_progress: z.object({
      probe: stepState,
      split: stepState,
      transcode: transcodeProgress,
      audio: stepState,
      thumbnails: stepState,
      subtitles: stepState,
      speech: stepState,
      moderation: stepState,
      package: stepState,
      verify: stepState,
      drm: stepState,
      publish: stepState,
      ts: stepState,
    }),
    percent: z.int().min(0).max(100),
    ingest: z
      .object({
        state: z.enum(['waiting', 'pulling']).describe('waiting: for its turn'),
        bytes_received: z.int(),
        bytes_total: z.int().nullable().describe('Null where the source does not tell'),
        problem: z.string().nullable().describe('Why the last attempt failed, while the next one is waited for'),
      })
      .optional()
      .describe('Of a video whose original is pulled, until it is stored'),
    estimated_completion: instant,
    playable_at: instant.describe('When it could be played first: while it was encoded, or as it was published; null before'),
    started_at: instant,
    completed_at: instant,
    failed_step: z.enum(STEPS).optional(),
    error: z.object({ code: z.string(), message: z.string(), advice: z.string() }).optional(),
    warnings: z.array(
      z.object({ code: z.enum(WARNING_CODES).optional(), step: z.enum(STEPS), family: codecFamily.optional(), message: z.string() }),
    ),
    families: familiesView.describe('Codec families beside the one that is published first'),
  })
  .meta({ id: 'VideoProgress' });

const videoSchema = z
  .object({
    video_id: z.string(),
    creator_id: z.string(),
    title: z.string(),
    metadata: metadataView.describe('Pairs for your own use'),
    filename: z.string(),
    content_type: z.string(),
    status,
    preset: z.string(),
    strict: z.boolean(),
    highest_rung: rungName.nullable(),
    lowest_rung: rungName.nullable(),
    ladder: ladderView.nullable().describe('That was asked for in place of the rungs of the preset'),
    hdr: z.enum(HDR_CHOICES).describe('What was asked for with the upload'),
    drm: drmView.nullable().describe('How the media of the video is encrypted; null: it is clear'),
    hls_ts: z.boolean().describe('Whether MPEG-TS segments were asked for'),
    early_playback: z.boolean().describe('Whether it plays while it is encoded'),
    subtitles: subtitleChoice.describe('auto: subtitles of what is said were asked for'),
    watermark: watermarkView.nullable().describe('Drawn on every rendition'),
    thumbnails: thumbnailView.nullable().describe('The interval that was asked for; null: every five seconds'),
    playback: z.enum(PLAYBACK_MODES).describe('signed: addresses of media need a token, see POST /videos/{id}/playback-token'),
    priority: z.enum(PRIORITIES),
    codecs: z.array(codecFamily).describe('Codec families that were asked for with the upload'),
    file_size_bytes: z.int(),
    duration_sec: z.number().nullable(),
    original_format: z.string().nullable(),
    original_width: z.int().nullable(),
    original_height: z.int().nullable(),
    original_codec: z.string().nullable(),
    original_bitrate_kbps: z.int().nullable(),
    frame_rate: z.object({ num: z.int(), den: z.int() }).nullable(),
    frame_count: z.int().nullable(),
    generation: z.int(),
    hls_url: z.string().nullable(),
    dash_url: z.string().nullable(),
    hls_ts_url: z.string().nullable().describe('HLS with MPEG-TS segments for players without CMAF; null while there is none'),
    quality: z
      .object({ worst_vmaf: z.number().nullable(), problems: z.int() })
      .nullable()
      .describe('Lowest mean VMAF of any rendition and number of problems; null until measured'),
    moderation: moderationSummaryView.nullable().describe('Null for a video that is not moderated'),
    views_total: z.int(),
    views_last_hour: z.int().describe('In this minute and the 59 before it'),
    thumbnail_url: z.string().nullable(),
    watch_url: z.string(),
    temporal_ui_url: z.string().nullable().describe('With the scope operate only'),
    error_message: z.string().nullable(),
    failed_step: z.enum(STEPS).nullable(),
    failure_type: z.string().nullable(),
    created_at: z.iso.datetime(),
    playable_at: instant.describe('When it could be played first: while it was encoded, or as it was published; null before'),
    started_at: instant,
    completed_at: instant,
  })
  .meta({ id: 'Video' });

const videoPage = z
  .object({
    videos: z.array(videoSchema),
    next_cursor: z
      .string()
      .nullable()
      .describe(
        'Pass it as `cursor` to get the next page. Null at the end: a page of a search in titles may have few videos, or none, before',
      ),
  })
  .meta({ id: 'VideoPage' });

const instantBound = z.iso.datetime({ offset: true });

const listFields = z.strictObject({
  status: status.optional(),
  creator_id: creatorIdSchema.optional(),
  flagged: z
    .enum(['true', 'false'])
    .optional()
    .describe(
      'Whether pictures of a video score at or above its moderation threshold; videos that were not scored are neither. Needs the scope moderate',
    ),
  preset: z.string().regex(PRESET_NAME, { error: 'is the name of a preset' }).optional(),
  created_from: instantBound.optional().describe('Created at this instant or later (RFC 3339)'),
  created_before: instantBound.optional().describe('Created before this instant'),
  title: z.string().min(1).max(TITLE_PART_MAX_CHARS).optional().describe('A part of the title, in either case'),
  cursor: videoIdSchema.optional().describe('`next_cursor` of the page before'),
  limit: pageLimit(100, 20),
});

/** Pairs of metadata have parameters of their own, which `MetadataFilter` reads. */
const listVideos = z.preprocess(withoutMetadata, listFields).meta({ id: 'ListVideos' });

const manifest = z
  .object({
    video_id: z.string(),
    playback: z.enum(PLAYBACK_MODES).describe('signed: these addresses need a token, see POST /videos/{id}/playback-token'),
    hls_url: z.string(),
    dash_url: z.string(),
    hls_ts_url: z.string().nullable(),
    thumbnail_url: z.string().nullable(),
    posters: z
      .array(z.object({ width: z.int(), height: z.int(), jpeg_url: z.string(), avif_url: z.string() }))
      .describe('The poster in its sizes, largest first'),
    sprite_vtt_url: z.string().nullable(),
    preview_url: z.string().nullable().describe('A silent MP4 of a few seconds'),
    watch_url: z.string(),
  })
  .meta({ id: 'Manifest' });

export type ProgressView = z.infer<typeof progressSchema>;
export type VideoView = z.infer<typeof videoSchema>;
export type ManifestView = z.infer<typeof manifest>;

export class VideoProgressDto extends createZodDto(progressSchema) {}
export class VideoDto extends createZodDto(videoSchema) {}
export class VideoPageDto extends createZodDto(videoPage) {}
export class ListVideosDto extends createZodDto(listVideos) {}
export class ManifestDto extends createZodDto(manifest) {}
