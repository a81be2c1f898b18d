import type { Generated } from 'kysely';
import type { HousekeepingTask } from '../../temporal/contract/housekeeping';
import type { CodecFamily, FamilyState } from '../../temporal/contract/media/families';
import type { Priority, Step, TaskStatus, TaskType, VideoStatus } from '../../temporal/contract/steps';
import type { DrmScheme, KeyLabel } from '../../temporal/contract/media/protection';
import type { PlaybackMode } from '../../temporal/contract/media/playback';
import type { ModerationDecision } from '../../temporal/contract/media/moderation';
import type { WarningCode } from '../../temporal/contract/media/warnings';
import type { VideoMetadataTable } from './metadata/metadata-tables';
import type { VideoSubtitlesTable } from './subtitles/subtitles-table';
import type { IngestBatchesTable, VideoSourcesTable } from './ingest/ingest-tables';
import type { ApiKeysTable } from '../api-keys/api-keys-table';
import type { WebhookAttemptsTable, WebhookDeliveriesTable, WebhooksTable } from '../webhooks/webhook-tables';
import type { VideoEventsTable } from './events/events-table';

/** Length of the columns `error_message`; longer sentences are cut. */
export const ERROR_MESSAGE_MAX_CHARS = 1000;

/** A note about an optional step or a codec family that failed, or about the source, while the video went on. */
export interface VideoWarning {
  step: Step;
  /** The kind of a warning about the source. */
  code?: WarningCode;
  family?: CodecFamily;
  message: string;
}

/**
 * `videos`. Columns are snake_case in SQL. JSON columns hold text here: MariaDB has no JSON type of its own,
 * and the connection asks MySQL for text too.
 */
export interface VideosTable {
  videoId: string;
  creatorId: string;
  title: string;
  filename: string;
  contentType: string;
  originalS3Key: string;
  originalFormat: string | null;
  durationSec: number | null;
  originalWidth: number | null;
  originalHeight: number | null;
  originalCodec: string | null;
  originalBitrateKbps: number | null;
  fileSizeBytes: number;
  status: Generated<VideoStatus>;
  preset: string;
  priority: Priority;
  /** Keys below `video-transcoded`, such as `{video_id}/manifest.m3u8`; older code wrote `/stream/` before them. */
  manifestUrl: string | null;
  thumbnailUrl: string | null;
  /** Those that the video shows; null where it shows none, or an earlier release made them. */
  pictures: string | null;
  /** The poster that the user has chosen; null for one that the service chooses. */
  posterChoice: string | null;
  errorMessage: string | null;
  failedStep: Step | null;
  failureType: string | null;
  /** Null without any. */
  metadata: string | null;
  warnings: Generated<string>;
  skippedSteps: Generated<string>;
  /** The steps of the current generation's run; null for one of `FIRST_WALK`. */
  walk: string | null;
  sourceFacts: string | null;
  planSha256: string | null;
  /** Names of the codec families that were asked for; null for those of the first release. */
  codecs: string | null;
  /** Null for those of the first release. */
  encoding: string | null;
  qualitySummary: string | null;
  /** How the published streams are encrypted; null where they are clear. */
  drmScheme: DrmScheme | null;
  drmSystems: string | null;
  drmKeyProvider: string | null;
  /** The first generation that is published encrypted alone. */
  drmGeneration: number | null;
  /** 1 from before the first manifest of a title that was published clear names encrypted streams until nothing clear is left. */
  isDrmSwitching: Generated<number>;
  /** Of the current generation; null until it is scored. */
  moderationSummary: string | null;
  /** Whether a picture of it scores at or above the threshold; null until it is scored. */
  isFlagged: number | null;
  /** Means something while the status is `moderating`. */
  heldSince: Date | null;
  /** The generation whose MPEG-TS segments are published; null while there are none. */
  tsGeneration: number | null;
  playback: Generated<PlaybackMode>;
  playableAt: Date | null;
  generation: Generated<number>;
  uploadId: string | null;
  uploadPartSize: number | null;
  idempotencyKey: string | null;
  createdAt: Date;
  updatedAt: Date;
  workflowStartedAt: Date | null;
  startedAt: Date | null;
  completedAt: Date | null;
}

/** `transcoding_tasks`: one row per unit of work and generation, written by the activity that does the work. */
export interface TranscodingTasksTable {
  /** `{video_id}/g{n}/{task_type}[/{codec}/{segment_index}]`. */
  taskId: string;
  videoId: string;
  generation: number;
  taskType: TaskType;
  resolution: string | null;
  codec: string | null;
  segmentIndex: number | null;
  status: TaskStatus;
  progressPercent: Generated<number>;
  workerId: string | null;
  s3InputKey: string | null;
  s3OutputKey: string | null;
  createdAt: Date;
  startedAt: Date | null;
  completedAt: Date | null;
  durationMs: number | null;
  errorMessage: string | null;
  retryCount: Generated<number>;
  /** Of media tools; with `bytesIn` and `bytesOut` it adds up over all attempts. */
  cpuMs: number | null;
  bytesIn: number | null;
  bytesOut: number | null;
  /** The last failed attempts, an array of `StoredTaskFailure`; null while there are none. */
  failures: string | null;
}

/** `video_families`: one row per codec family that joins a published title. */
export interface VideoFamiliesTable {
  videoId: string;
  family: CodecFamily;
  /** The one that it was asked for last. */
  generation: number;
  /** Counts from 1 within the generation: what was public under a name never becomes another thing. */
  revision: Generated<number>;
  state: FamilyState;
  failureType: string | null;
  errorMessage: string | null;
  /** When a manifest of this generation may have named it first. */
  publishedAt: Date | null;
  updatedAt: Date;
}

/** `housekeeping_reports`: the last finished run of each task of housekeeping. */
interface HousekeepingReportsTable {
  task: HousekeepingTask;
  startedAt: Date;
  finishedAt: Date;
  counts: string;
  examples: string;
}

/** `idempotency_keys`: which request a key of a creator belongs to. */
interface IdempotencyKeysTable {
  creatorId: string;
  idempotencyKey: string;
  requestSha256: string;
  createdAt: Date;
}

/** `video_views`: views by the minute, while they tell how many watch a video now. */
interface VideoViewsTable {
  videoId: string;
  /** Counts from the epoch. */
  minute: number;
  /** Calls at the same time write different ones. */
  stripe: number;
  views: number;
}

/** `video_view_totals`: the sum of the minutes that are not in `video_views` any more. */
interface VideoViewTotalsTable {
  videoId: string;
  views: number;
}

/** `worker_encoders`: what the hardware encoders of a worker process could do when it last tried them. */
interface WorkerEncodersTable {
  /** Its identity in the workflow service. */
  workerId: string;
  /** An array of `EncoderVerdict`. */
  encoders: string;
  checkedAt: Date;
}

/** `content_keys`: keys of protected videos, one row for each label of a video, provider and scheme. */
export interface ContentKeysTable {
  videoId: string;
  provider: string;
  scheme: DrmScheme;
  label: KeyLabel;
  kid: string;
  iv: string;
  /** Null for a key of a key server, which is asked again. */
  wrappedKey: Buffer | null;
  /** What it is wrapped with. */
  masterKeyId: string | null;
  createdAt: Date;
}

/** `moderation_decisions`: one row for each generation that a moderator decided about. It outlives the video's outputs. */
export interface ModerationDecisionsTable {
  videoId: string;
  generation: number;
  decision: ModerationDecision;
  /** The caller of the API. */
  decidedBy: string;
  note: string | null;
  decidedAt: Date;
}

/** `watermarks`: pictures and texts that uploads may have drawn on their videos. */
export interface WatermarksTable {
  watermarkId: string;
  creatorId: string;
  /** Names the raster in the store; a creator has each one once. */
  rasterSha256: string;
  /** Of the raster, in pixels. */
  width: number;
  height: number;
  sizeBytes: number;
  /** Null for a picture. */
  text: string | null;
  createdAt: Date;
}

export interface Schema {
  videos: VideosTable;
  transcodingTasks: TranscodingTasksTable;
  videoFamilies: VideoFamiliesTable;
  housekeepingReports: HousekeepingReportsTable;
  idempotencyKeys: IdempotencyKeysTable;
  videoViews: VideoViewsTable;
  videoViewTotals: VideoViewTotalsTable;
  workerEncoders: WorkerEncodersTable;
  contentKeys: ContentKeysTable;
  moderationDecisions: ModerationDecisionsTable;
  watermarks: WatermarksTable;
  videoSubtitles: VideoSubtitlesTable;
  videoMetadata: VideoMetadataTable;
  apiKeys: ApiKeysTable;
  videoEvents: VideoEventsTable;
  webhooks: WebhooksTable;
  webhookDeliveries: WebhookDeliveriesTable;
  webhookAttempts: WebhookAttemptsTable;
  videoSources: VideoSourcesTable;
  ingestBatches: IngestBatchesTable;
}
