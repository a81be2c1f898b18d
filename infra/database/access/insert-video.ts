import type { WebhookRow } from '../../webhooks/webhooks-repository';
import type { Database } from '../database';
import type { NewVideo } from '../video';

/** Inserts a video and the webhook that hears of it alone, within a transaction. */
export async function insertVideo(
  transaction: Database,
  { codecs, encoding, ...row }: NewVideo,
  webhook: WebhookRow | null,
): Promise<void> {
  const now = new Date();
  await transaction
    .insertInto('videos')
    .values({
      ...row,
      ...{ codecs: JSON.stringify(codecs), encoding: JSON.stringify(encoding) },
      ...{ warnings: '[]', skippedSteps: '[]', createdAt: now, updatedAt: now },
    })
    .execute();
  if (webhook) await transaction.insertInto('webhooks').values(webhook).execute();
}
