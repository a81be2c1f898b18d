import { sql, type Selectable } from 'kysely';
import type { FamilyRef, RunRef } from '../../temporal/contract/activities';
import type { CodecFamily, FamilyState } from '../../temporal/contract/media/families';
import { database, isDuplicateKey, type Database } from './database';
import { updateWithEvent } from './events/event-outbox';
import { ERROR_MESSAGE_MAX_CHARS, type VideoFamiliesTable } from './schema';

/** A codec family that joins a published title, has joined or left it. */
export type VideoFamily = Selectable<VideoFamiliesTable>;

/** Families in the manifests, or on their way into them. */
const IN_MANIFESTS: readonly FamilyState[] = ['joining', 'ready'];
/** Families that are being made. */
export const UNDER_WAY: readonly FamilyState[] = ['pending', 'running', 'joining'];

/**
 * Reads and writes `video_families`. Methods that take a {@link FamilyRef} compare-and-set on generation and state: they resolve to false
 * and change nothing when the family is elsewhere. All methods throw `DatabaseUnavailable`.
 */
export class FamiliesRepository {
  constructor(private readonly db: Database) {}

  async list(videoId: string): Promise<VideoFamily[]> {
    return database(() => this.db.selectFrom('videoFamilies').selectAll().where('videoId', '=', videoId).orderBy('family').execute());
  }

  /** The families that the manifests of a generation name, or are about to. */
  async inManifests({ videoId, generation }: RunRef): Promise<CodecFamily[]> {
    const rows = await this.list(videoId);
    return rows.filter((row) => row.generation === generation && IN_MANIFESTS.includes(row.state)).map(({ family }) => family);
  }

  /** Asks for a family in a generation. Changes nothing where that generation has it, or is making it. */
  async ask({ videoId, generation, family }: FamilyRef): Promise<void> {
    const now = new Date();
    const isNew = sql<boolean>`generation != ${generation} or state not in ('pending', 'running', 'joining', 'ready')`;
    await database(() =>
      this.db
        .insertInto('videoFamilies')
        .values({ videoId, generation, family, state: 'pending', failureType: null, errorMessage: null, publishedAt: null, updatedAt: now })
        .onDuplicateKeyUpdate({
          // Columns are set from left to right, so those that the condition reads come last.
          failureType: sql`if(${isNew}, null, failure_type)`,
          errorMessage: sql`if(${isNew}, null, error_message)`,
          publishedAt: sql`if(generation = ${generation}, published_at, null)`,
          updatedAt: sql`if(${isNew}, ${now}, updated_at)`,
          state: sql`if(${isNew}, 'pending', state)`,
          revision: sql`if(generation = ${generation}, revision, 1)`,
          generation,
        })
        .execute(),
    );
  }

  /**
   * Asks for a family unless it ever was: one that was removed, failed or cancelled, in any generation, stays what it is. Resolves to
   * whether this call asked for it.
   */
  async askFirst({ videoId, generation, family }: FamilyRef): Promise<boolean> {
    const row = { videoId, generation, family, state: 'pending', failureType: null, errorMessage: null, publishedAt: null } as const;
    try {
      await database(() =>
        this.db
          .insertInto('videoFamilies')
          .values({ ...row, updatedAt: new Date() })
          .execute(),
      );
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Begins a revision of a family whose objects may have been public before. Resolves to its number. */
  async nextRevision({ videoId, generation, family }: FamilyRef): Promise<number> {
    await database(() =>
      this.db
        .updateTable('videoFamilies')
        .set({ revision: sql`revision + 1`, publishedAt: null })
        .where('videoId', '=', videoId)
        .where('generation', '=', generation)
        .where('family', '=', family)
        .execute(),
    );
    return (await this.list(videoId)).find((row) => row.family === family)?.revision ?? 1;
  }

  /** Moves a family on. Resolves to false unless it was in one of the states `from`, or is in `state` already. */
  async move(
    { videoId, generation, family }: FamilyRef,
    { from, state, ...failure }: { from: readonly FamilyState[]; state: FamilyState; failureType?: string; errorMessage?: string },
  ): Promise<boolean> {
    const { failureType = null, errorMessage = null } = failure;
    const now = new Date();
    return updateWithEvent(this.db, videoId, async (transaction) => {
      const result = await transaction
        .updateTable('videoFamilies')
        .set({
          ...{ state, failureType, errorMessage: errorMessage?.slice(0, ERROR_MESSAGE_MAX_CHARS) ?? null, updatedAt: now },
          // Once it may be in a manifest, players may ask for its objects.
          ...(state === 'joining' ? { publishedAt: sql<Date>`coalesce(published_at, ${now})` } : {}),
        })
        .where('videoId', '=', videoId)
        .where('generation', '=', generation)
        .where('family', '=', family)
        .where('state', 'in', [...from, state])
        .executeTakeFirst();
      if (result.numUpdatedRows === 0n) return { result: false, event: null };
      const rows = transaction.selectFrom('videoFamilies').select('revision').where('videoId', '=', videoId).where('family', '=', family);
      const { revision } = await rows.executeTakeFirstOrThrow();
      return { result: true, event: eventOf({ videoId, generation, family }, state, revision) };
    });
  }
}

/** A family that is published again under the same revision was told of before. */
function eventOf({ generation, family }: FamilyRef, state: FamilyState, revision: number) {
  const action = state === 'ready' ? 'added' : state === 'removed' ? 'removed' : null;
  if (!action) return null;
  return { cause: `family/${family}/g${generation}/r${revision}/${action}`, change: { kind: 'family', action, family } as const };
}
