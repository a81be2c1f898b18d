import type { Insertable, Transaction } from 'kysely';
import type { Schema, VideosTable } from '../schema';
import type { VideoMetadata } from './metadata-tables';

/** Inserts a video and what its metadata is found by. Rejects as the driver does. */
export async function insertVideo(
  transaction: Transaction<Schema>,
  row: Omit<Insertable<VideosTable>, 'metadata'>,
  metadata: VideoMetadata,
): Promise<void> {
  const values = { ...row, metadata: Object.keys(metadata).length > 0 ? JSON.stringify(metadata) : null };
  await transaction.insertInto('videos').values(values).execute();
  await insertPairs(transaction, row.videoId, metadata);
}

/** Inserts what the metadata of a video is found by. */
export async function insertPairs(transaction: Transaction<Schema>, videoId: string, metadata: VideoMetadata): Promise<void> {
  const rows = Object.entries(metadata).map(([name, value]) => ({ videoId, name, value: Buffer.from(value) }));
  if (rows.length > 0) await transaction.insertInto('videoMetadata').values(rows).execute();
}
