import type { Insertable, Transaction } from 'kysely';
import type { WebhookRow } from '../../webhooks/webhooks-repository';
import type { Schema, VideosTable } from '../schema';
import type { NewVideo } from '../video';
import type { VideoMetadata } from './metadata-tables';

/** Inserts a video, what its metadata is found by, and the webhook that hears of it alone. Rejects as the driver does. */
export async function insertVideo(transaction: Transaction<Schema>, video: NewVideo, webhook: WebhookRow | null = null): Promise<void> {
  await insertVideos(transaction, [video], new Date());
  if (webhook) await transaction.insertInto('webhooks').values(webhook).execute();
}

/** Inserts videos that are new at this moment, and what their metadata is found by. Rejects as the driver does. */
export async function insertVideos(transaction: Transaction<Schema>, videos: readonly NewVideo[], now: Date): Promise<void> {
  const rows = videos.map((video) => videoRow(video, now));
  if (rows.length > 0) await transaction.insertInto('videos').values(rows).execute();
  for (const { videoId, metadata = {} } of videos) await insertPairs(transaction, videoId, metadata);
}

/** Inserts what the metadata of a video is found by. */
export async function insertPairs(transaction: Transaction<Schema>, videoId: string, metadata: VideoMetadata): Promise<void> {
  const rows = Object.entries(metadata).map(([name, value]) => ({ videoId, name, value: Buffer.from(value) }));
  if (rows.length > 0) await transaction.insertInto('videoMetadata').values(rows).execute();
}

function videoRow({ codecs, encoding, metadata = {}, ...row }: NewVideo, now: Date): Insertable<VideosTable> {
  return {
    ...row,
    ...{ codecs: JSON.stringify(codecs), encoding: JSON.stringify(encoding) },
    metadata: Object.keys(metadata).length > 0 ? JSON.stringify(metadata) : null,
    ...{ warnings: '[]', skippedSteps: '[]', createdAt: now, updatedAt: now },
  };
}
