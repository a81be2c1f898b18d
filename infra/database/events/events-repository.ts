import type { Selectable } from 'kysely';
import { database, type Database } from '../database';
import type { VideoEventsTable } from './events-table';

export type VideoEvent = Selectable<VideoEventsTable>;

/** Reads `video_events`, and deletes old ones. All methods throw `DatabaseUnavailable`. */
export class EventsRepository {
  constructor(private readonly db: Database) {}

  /** Events behind a sequence, in its order; those of one creator where one is named. */
  async after(sequence: number, limit: number, creatorId?: string): Promise<VideoEvent[]> {
    const all = this.db.selectFrom('videoEvents').selectAll().where('sequence', '>', sequence).orderBy('sequence').limit(limit);
    return database(() => (creatorId === undefined ? all : all.where('creatorId', '=', creatorId)).execute());
  }

  /** The highest sequence of events from before a time; 0 when there are none. */
  async lastBefore(time: Date): Promise<number> {
    const newest = this.db.selectFrom('videoEvents').select(['sequence', 'occurredAt']).orderBy('sequence', 'desc');
    const row = await database(() => newest.where('occurredAt', '<', time).limit(1).executeTakeFirst());
    return Number(row?.sequence ?? 0);
  }

  /** The sequence of the newest event, settled or not; 0 where there is none. */
  async newest(): Promise<number> {
    const row = await database(() =>
      this.db
        .selectFrom('videoEvents')
        .select((eb) => eb.fn.max('sequence').as('newest'))
        .executeTakeFirst(),
    );
    return Number(row?.newest ?? 0);
  }

  /** Deletes up to `limit` events from before a time whose deliveries are written. Resolves to their number. */
  async removeOld(before: Date, limit: number): Promise<number> {
    const old = this.db.deleteFrom('videoEvents').where('fannedOutAt', '<', before).limit(limit);
    return Number((await database(() => old.executeTakeFirst())).numDeletedRows);
  }
}
