import type { Transaction, UpdateResult } from 'kysely';
import { ulid } from 'ulid';
import type { VideoChange, VideoEventType } from '../../../temporal/contract/events';
import type { VideoStatus } from '../../../temporal/contract/steps';
import { database, type Database } from '../database';
import type { Schema } from '../schema';

/** What events say of a video. */
export interface EventState {
  videoId: string;
  creatorId: string;
  status: VideoStatus;
  generation: number;
  failedStep: string | null;
  failureType: string | null;
  playableAt: Date | null;
}

const COLUMNS = ['videoId', 'creatorId', 'status', 'generation', 'failedStep', 'failureType', 'playableAt'] as const;

const EVENTS_OF_STATUS: Partial<Record<VideoStatus, VideoEventType>> = {
  uploaded: 'video.uploaded',
  ready: 'video.ready',
  failed: 'video.failed',
  moderating: 'video.moderation_required',
  cancelled: 'video.cancelled',
  removed: 'video.removed',
};

/** The events of a change of a row, in their order. A call that is repeated finds its change done, and there are none. */
export function eventsOfChange(before: EventState, after: EventState): VideoEventType[] {
  const type = before.status === after.status ? undefined : EVENTS_OF_STATUS[after.status];
  const isPlayableNow = before.playableAt === null && after.playableAt !== null;
  return [...(isPlayableNow ? (['video.playable'] as const) : []), ...(type ? [type] : [])];
}

/** The JSON text of an event (Standard Webhooks, "Payload structure"). It holds no address and stays below a kilobyte. */
export function eventBody(state: EventState, event: { type: VideoEventType; at: Date; change?: VideoChange }): string {
  const { videoId, creatorId, status, generation, failedStep, failureType } = state;
  return JSON.stringify({
    type: event.type,
    timestamp: event.at.toISOString(),
    data: {
      ...{ video_id: videoId, creator_id: creatorId, status, generation },
      ...(event.type === 'video.failed' ? { failed_step: failedStep, failure_type: failureType } : {}),
      ...(event.change ? { change: event.change } : {}),
    },
  });
}

/**
 * Changes the state of a video and writes its events in one transaction. `update` changes the row, or no row, which is no event. Resolves to
 * whether it matched one. Throws `DatabaseUnavailable`.
 */
export function changeWithEvents(
  db: Database,
  videoId: string,
  update: (transaction: Transaction<Schema>) => { executeTakeFirst(): Promise<UpdateResult | undefined> },
): Promise<boolean> {
  return database(() =>
    db.transaction().execute(async (transaction) => {
      const before = await lockVideo(transaction, videoId);
      const result = before && (await update(transaction).executeTakeFirst());
      if (!result || result.numUpdatedRows === 0n) return false;
      const after = await transaction.selectFrom('videos').select(COLUMNS).where('videoId', '=', videoId).executeTakeFirstOrThrow();
      for (const type of eventsOfChange(before, after)) await addEvent(transaction, after, { type });
      return true;
    }),
  );
}

/**
 * Writes `video.updated` in the transaction of a change that `make` does. It comes once for each `cause` that `make` resolves to; null is no event.
 * A video that is not published has no event either. Resolves to the result of `make`. Throws `DatabaseUnavailable`.
 */
export function updateWithEvent<Result>(
  db: Database,
  videoId: string,
  make: (transaction: Transaction<Schema>) => Promise<{ result: Result; event: { cause: string; change: VideoChange } | null }>,
): Promise<Result> {
  return database(() =>
    db.transaction().execute(async (transaction) => {
      const video = await lockVideo(transaction, videoId);
      const { result, event } = await make(transaction);
      if (!event || video?.status !== 'ready') return result;
      const known = transaction
        .selectFrom('videoEvents')
        .select('sequence')
        .where('videoId', '=', videoId)
        .where('cause', '=', event.cause);
      if (!(await known.executeTakeFirst())) await addEvent(transaction, video, { type: 'video.updated', ...event });
      return result;
    }),
  );
}

/** Events of one video get their sequence under the lock of its row, so it is the order in which they are committed, too. */
function lockVideo(transaction: Transaction<Schema>, videoId: string): Promise<EventState | undefined> {
  return transaction.selectFrom('videos').select(COLUMNS).where('videoId', '=', videoId).forUpdate().executeTakeFirst();
}

async function addEvent(
  transaction: Transaction<Schema>,
  state: EventState,
  { type, cause = null, change }: { type: VideoEventType; cause?: string | null; change?: VideoChange },
): Promise<void> {
  const at = new Date();
  const body = eventBody(state, { type, at, ...(change ? { change } : {}) });
  const { videoId, creatorId } = state;
  await transaction
    .insertInto('videoEvents')
    .values({ eventId: ulid(), videoId, creatorId, type, cause, body, occurredAt: at, fannedOutAt: null })
    .execute();
}
