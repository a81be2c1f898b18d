import { sql, type Selectable } from 'kysely';
import type { ModerationRulingRecord, RunRef } from '../../../temporal/contract/activities';
import type { ModerationSummary } from '../../../temporal/contract/media/moderation';
import { database, type Database } from '../database';
import { changeWithEvents } from '../events/event-outbox';
import type { ModerationDecisionsTable } from '../schema';
import { ENDED_STATUSES } from '../video-status';

/** What a moderator decided about a generation. */
export type RecordedRuling = Selectable<ModerationDecisionsTable>;

/** Videos that wait for a moderator. */
export interface HeldVideos {
  count: number;
  /** Since when the one waits that has waited longest; null when there is none. */
  oldestSince: Date | null;
  /** How many have waited since before the time asked for. */
  overdue: number;
}

/**
 * Reads and writes what moderation found and decided. Methods that take a {@link RunRef} and write `videos` compare-and-set on its
 * generation. All methods throw `DatabaseUnavailable`.
 */
export class ModerationRepository {
  constructor(private readonly db: Database) {}

  async setFindings(run: RunRef, summary: ModerationSummary): Promise<void> {
    const findings = { moderationSummary: JSON.stringify(summary), isFlagged: summary.flaggedFrames > 0 ? 1 : 0 };
    await database(() =>
      current(this.db, run)
        .set({ ...findings, updatedAt: new Date() })
        .execute(),
    );
  }

  /** Moves the run to `moderating`; one that is there already keeps the time since when. Resolves to false when it was superseded. */
  async hold(run: RunRef): Promise<boolean> {
    const now = new Date();
    return changeWithEvents(this.db, run.videoId, (transaction) =>
      current(transaction, run)
        // Columns are set from left to right, so the one that the condition reads comes last.
        .set({ heldSince: sql`if(status = 'moderating', held_since, ${now})`, updatedAt: now, status: 'moderating' })
        .where('status', 'not in', ENDED_STATUSES),
    );
  }

  /** Keeps the first decision about a generation, and lets an approved run go on to its publication. Can be repeated. */
  async record({ videoId, generation, decision, decidedBy, note }: ModerationRulingRecord): Promise<void> {
    const now = new Date();
    await database(() =>
      this.db
        .insertInto('moderationDecisions')
        .values({ videoId, generation, decision, decidedBy, note, decidedAt: now })
        .onDuplicateKeyUpdate({ videoId: sql`video_id` })
        .execute(),
    );
    if (decision !== 'approve') return;
    await database(() =>
      current(this.db, { videoId, generation })
        .set({ status: 'packaging', heldSince: null, updatedAt: now })
        .where('status', '=', 'moderating')
        .execute(),
    );
  }

  async ruling({ videoId, generation }: RunRef): Promise<RecordedRuling | null> {
    const rows = this.db.selectFrom('moderationDecisions').selectAll().where('videoId', '=', videoId).where('generation', '=', generation);
    return (await database(() => rows.executeTakeFirst())) ?? null;
  }

  /** One query that the index on `status` answers. */
  async held(overdueBefore: Date): Promise<HeldVideos> {
    const row = await database(() =>
      this.db
        .selectFrom('videos')
        .where('status', '=', 'moderating')
        .select(({ fn }) => [
          fn.countAll<number>().as('count'),
          fn.min('heldSince').as('oldestSince'),
          sql<number | null>`sum(held_since < ${overdueBefore})`.as('overdue'),
        ])
        .executeTakeFirstOrThrow(),
    );
    return { count: Number(row.count), oldestSince: row.oldestSince, overdue: Number(row.overdue ?? 0) };
  }
}

function current(db: Database, { videoId, generation }: RunRef) {
  return db.updateTable('videos').where('videoId', '=', videoId).where('generation', '=', generation);
}
