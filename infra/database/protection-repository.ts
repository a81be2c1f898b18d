import { sql } from 'kysely';
import type { RunRef } from '../../temporal/contract/activities';
import type { DrmRequest } from '../../temporal/contract/media/protection';
import { database, type Database } from './database';
import type { Video } from './video';

/** Writes how videos are protected. Every call can be repeated; all throw `DatabaseUnavailable`. */
export class ProtectionRepository {
  constructor(private readonly db: Database) {}

  /**
   * Asks for the protection of a ready clear video; plans that are made from now on have it, too. The first request stays. Resolves to false
   * for any other video.
   */
  async ask({ videoId, encoding }: Pick<Video, 'videoId' | 'encoding'>, request: DrmRequest): Promise<boolean> {
    const result = await database(() =>
      this.db
        .updateTable('videos')
        .set({ encoding: JSON.stringify({ ...encoding, drm: request }), updatedAt: new Date() })
        .where('videoId', '=', videoId)
        .where('status', '=', 'ready')
        .where('drmGeneration', 'is', null)
        .where(sql<boolean>`json_extract(encoding, '$.drm') is null`)
        .executeTakeFirst(),
    );
    return result.numUpdatedRows > 0n;
  }

  /**
   * Notes that this generation and all after it are published encrypted alone. It comes before the manifests, which are made of the row. There
   * is no way back, so the generation that was noted first stays.
   */
  async begin({ videoId, generation }: RunRef, { scheme, systems, keyProvider }: DrmRequest): Promise<void> {
    const since = sql<number>`coalesce(drm_generation, ${generation})`;
    const values = { drmScheme: scheme, drmSystems: JSON.stringify(systems), drmKeyProvider: keyProvider, drmGeneration: since };
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

  /** How a video is to be protected, as it was asked for; null for a clear one. */
  async askedOf(videoId: string): Promise<DrmRequest | null> {
    const row = await database(() => this.db.selectFrom('videos').select('encoding').where('videoId', '=', videoId).executeTakeFirst());
    return (JSON.parse(row?.encoding ?? '{}') as { drm?: DrmRequest }).drm ?? null;
  }
}
