import { database, type Database } from '../database';

/** What a creator has started to upload. */
export interface UploadUsage {
  count: number;
  bytes: number;
  /** When the first of them was started; null where there is none. */
  firstAt: Date | null;
}

/** Sums over `videos`, which the index on creator and time answers. All methods throw `DatabaseUnavailable`. */
export class UploadUsageRepository {
  constructor(private readonly db: Database) {}

  async since(creatorId: string, from: Date): Promise<UploadUsage> {
    const row = await database(() =>
      this.db
        .selectFrom('videos')
        .select(({ fn }) => [
          fn.countAll<number>().as('count'),
          fn.sum<string | null>('fileSizeBytes').as('bytes'),
          fn.min('createdAt').as('firstAt'),
        ])
        .where('creatorId', '=', creatorId)
        .where('createdAt', '>', from)
        .executeTakeFirst(),
    );
    return { count: Number(row?.count ?? 0), bytes: Number(row?.bytes ?? 0), firstAt: row?.firstAt ?? null };
  }
}
