import type { Logger } from '@nestjs/common';
import type { S3Client } from '@aws-sdk/client-s3';
import type { HousekeepingRepository, VideoSummary } from '../../infra/database/housekeeping-repository';
import type { VideosRepository } from '../../infra/database/videos-repository';
import type { MultipartUploads } from '../../infra/object-store/multipart-uploads';
import type { BucketNames, ObjectStore } from '../../infra/object-store/object-store';
import type { HousekeepingPageResult } from '../../temporal/contract/housekeeping';
import type { VideoState } from '../../workflows/planning/housekeeping/video-state';

/** Buckets of what was made from originals and can be made again: the only ones that housekeeping deletes from. */
export interface MadeObjects extends Omit<BucketNames, 'originals'> {
  client: S3Client;
}

/** What housekeeping stands on. */
export interface HousekeepingDependencies {
  rows: HousekeepingRepository;
  videos: VideosRepository;
  /** For reading; it cannot delete. */
  objects: ObjectStore;
  made: MadeObjects;
  /** Of originals; it frees the parts of unfinished uploads and cannot delete an object. */
  uploads: MultipartUploads;
  /** Whether a workflow of the video is under way or waits for a retry. */
  isRunning(videoId: string): Promise<boolean>;
  nowMs(): number;
  logger: Pick<Logger, 'log' | 'warn'>;
}

/** One part of a task, from the cursor on; `signal` ends it between two videos. */
export type HousekeepingWork = (
  deps: HousekeepingDependencies,
  part: { cursor: string | null; signal: AbortSignal },
) => Promise<HousekeepingPageResult>;

export function videoState(row: VideoSummary | undefined): VideoState | null {
  return row ? { status: row.status, generation: row.generation, sinceMs: (row.completedAt ?? row.updatedAt).getTime() } : null;
}
