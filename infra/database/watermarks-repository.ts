import { database, isDuplicateKey, type Database } from './database';
import type { WatermarksTable } from './schema';

export type WatermarkRow = WatermarksTable;

/** Reads and writes `watermarks`. All methods throw `DatabaseUnavailable`. */
export class WatermarksRepository {
  constructor(private readonly db: Database) {}

  /** Adds a watermark, or finds the one that the creator has with the same raster. */
  async add(row: WatermarkRow): Promise<WatermarkRow> {
    try {
      await database(() => this.db.insertInto('watermarks').values(row).execute());
      return row;
    } catch (error) {
      const { creatorId, rasterSha256 } = row;
      const before = isDuplicateKey(error) ? await this.findByRaster(creatorId, rasterSha256) : undefined;
      if (!before) throw error;
      return before;
    }
  }

  async find(watermarkId: string): Promise<WatermarkRow | null> {
    const query = this.db.selectFrom('watermarks').selectAll().where('watermarkId', '=', watermarkId);
    return (await database(() => query.executeTakeFirst())) ?? null;
  }

  /** Newest first; of all creators when none is given. */
  async list(creatorId: string | undefined, limit: number): Promise<WatermarkRow[]> {
    const all = this.db.selectFrom('watermarks').selectAll().orderBy('watermarkId', 'desc').limit(limit);
    const query = creatorId === undefined ? all : all.where('creatorId', '=', creatorId);
    return database(() => query.execute());
  }

  async remove(watermarkId: string): Promise<void> {
    await database(() => this.db.deleteFrom('watermarks').where('watermarkId', '=', watermarkId).execute());
  }

  private findByRaster(creatorId: string, rasterSha256: string): Promise<WatermarkRow | undefined> {
    const query = this.db.selectFrom('watermarks').selectAll().where('creatorId', '=', creatorId).where('rasterSha256', '=', rasterSha256);
    return database(() => query.executeTakeFirst());
  }
}
