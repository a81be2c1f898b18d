import type { Generated } from 'kysely';
import type { VideoEventType } from '../../../temporal/contract/events';

/** `video_events`: what has happened to videos, each row written in the transaction of the change that it tells of. */
export interface VideoEventsTable {
  /** Grows with time for the events of one video; those of several videos may be committed in another order. */
  sequence: Generated<number>;
  eventId: string;
  videoId: string;
  creatorId: string;
  type: VideoEventType;
  /** Names a change that may be written twice and is told of once. */
  cause: string | null;
  /** The JSON text that receivers get. */
  body: string;
  occurredAt: Date;
  /** When the deliveries to webhooks were written. */
  fannedOutAt: Date | null;
}
