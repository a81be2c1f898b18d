import type { Logger } from '@nestjs/common';
import type { EventsRepository } from '../../infra/database/events/events-repository';
import type { FamiliesRepository } from '../../infra/database/families-repository';
import type { HousekeepingRepository, VideoSummary } from '../../infra/database/housekeeping-repository';
import type { VideosRepository } from '../../infra/database/videos-repository';
import type { ViewsRepository } from '../../infra/database/views-repository';
import type { DeliveriesRepository } from '../../infra/webhooks/deliveries-repository';
import type { MultipartUploads } from '../../infra/object-store/multipart-uploads';
import type { ObjectStore } from '../../infra/object-store/object-store';
import type { FamilyRef } from '../../temporal/contract/activities';
import type { HousekeepingPageResult } from '../../temporal/contract/housekeeping';
import type { Priority } from '../../temporal/contract/steps';
import type { VideoState } from '../../workflows/planning/housekeeping/video-state';

/** Dependencies of housekeeping. */
export interface HousekeepingDependencies {
  rows: HousekeepingRepository;
  videos: VideosRepository;
  families: FamiliesRepository;
  views: ViewsRepository;
  events: Pick<EventsRepository, 'removeOld'>;
  deliveries: Pick<DeliveriesRepository, 'removeEnded'>;
  /** How long events and ended deliveries are kept. */
  eventsKeptMs: number;
  objects: ObjectStore;
  /** Of originals; it frees the parts of unfinished uploads and cannot delete an object. */
  uploads: MultipartUploads;
  /** Whether a workflow of the video, or of a family that joins it, is under way or waits for a retry. */
  isRunning(videoId: string): Promise<boolean>;
  /** Starts the making of a family that was asked for and never begun; can be repeated. */
  startFamily(ref: FamilyRef, owner: { creatorId: string; priority: Priority }): Promise<void>;
  nowMs(): number;
  logger: Pick<Logger, 'log' | 'warn'>;
}

/** One page of a task, from the cursor on; `signal` ends it between two videos. */
export type HousekeepingWork = (
  deps: HousekeepingDependencies,
  part: { cursor: string | null; signal: AbortSignal },
) => Promise<HousekeepingPageResult>;

export function videoState(row: VideoSummary | undefined): VideoState | null {
  return row ? { status: row.status, generation: row.generation, sinceMs: (row.completedAt ?? row.updatedAt).getTime() } : null;
}
