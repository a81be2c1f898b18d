import { sql } from 'kysely';
import type { RunRef } from '../../temporal/contract/activities';
import type { DrmRequest } from '../../temporal/contract/media/protection';
import { database, type Database } from './database';
import { toVideo, type Video } from './video';

/** Reads and writes how videos are protected. Every call can be repeated; all throw `DatabaseUnavailable`. */
export class ProtectionRepository {
  constructor(private readonly db: Database) {}

  /** How a video is asked to be protected, and how it is published; null for an unknown one. */
  async find(videoId: string): Promise<{ asked: DrmRequest | undefined; published: Video['protection'] } | null> {
    const row = await database(() => this.db.selectFrom('videos').selectAll().where('videoId', '=', videoId).executeTakeFirst());
    if (!row) return null;
    const { encoding, protection } = toVideo(row);
    return { asked: encoding.drm, published: protection };
  }

  /** Nothing clear is left of the video. */
  async settle(videoId: string): Promise<void> {
    const values = { isDrmSwitching: 0, updatedAt: new Date() };
    await database(() => this.db.updateTable('videos').set(values).where('videoId', '=', videoId).execute());
  }

  /** The video shows no poster any more. */
  async dropPoster(videoId: string): Promise<void> {
    const values = { thumbnailUrl: null, updatedAt: new Date() };
    await database(() => this.db.updateTable('videos').set(values).where('videoId', '=', videoId).execute());
  }

  /** The video has no MPEG-TS segments any more. */
  async dropTs(videoId: string): Promise<void> {
    const values = { tsGeneration: null, updatedAt: new Date() };
    await database(() => this.db.updateTable('videos').set(values).where('videoId', '=', videoId).execute());
  }

  /**
   * Asks for the protection of a ready clear video; plans that are made from now on have it, too. A request stays until it has failed, which
   * is forgotten then. Resolves to false for any other video.
   */
  async ask({ videoId, encoding, warnings }: Pick<Video, 'videoId' | 'encoding' | 'warnings'>, request: DrmRequest): Promise<boolean> {
    const kept = warnings.filter(({ step }) => step !== 'drm');
    const result = await database(() =>
      this.db
        .updateTable('videos')
        .set({ encoding: JSON.stringify({ ...encoding, drm: request }), warnings: JSON.stringify(kept), updatedAt: new Date() })
        .where('videoId', '=', videoId)
        .where('status', '=', 'ready')
        .where((row) => row.or([row('drmGeneration', 'is', null), row('isDrmSwitching', '=', 1)]))
        .where(
          sql<boolean>`(json_extract(encoding, '$.drm') is null or json_search(warnings, 'one', 'drm', null, '$[*].step') is not null)`,
        )
        // Another warning may have come meanwhile.
        .where(sql<boolean>`json_length(warnings) = ${warnings.length}`)
        .executeTakeFirst(),
    );
    return result.numUpdatedRows > 0n;
  }

  /**
   * Notes that this generation and all after it are published encrypted alone. It comes before the manifests, which are made of the row. There
   * is no way back, so the generation that was noted first stays. A title with clear streams is switching until {@link settle}.
   */
  async begin({ videoId, generation }: RunRef, { scheme, systems, keyProvider }: DrmRequest, state?: { isSwitching: true }): Promise<void> {
    const since = sql<number>`coalesce(drm_generation, ${generation})`;
    const request = { drmScheme: scheme, drmSystems: JSON.stringify(systems), drmKeyProvider: keyProvider, drmGeneration: since };
    const values = { ...request, ...(state ? { isDrmSwitching: 1 } : {}) };
    await database(() =>
      this.db
        .updateTable('videos')
        .set({ ...values, updatedAt: new Date() })
        .where('videoId', '=', videoId)
        .where('generation', '=', generation)
        .where('status', '!=', 'removed')
        .execute(),
    );
  }
}
