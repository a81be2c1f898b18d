import { Client, Connection } from '@temporalio/client';
import { createDatabase } from '../../infra/database/database';
import { processVideoWorkflowId, WORKFLOW_TYPES } from '../../temporal/contract/ids';

/** Makes a second generation of a ready video from its original, as a retry from the probe does. Resolves once it is published. */
export async function republish(videoId: string): Promise<void> {
  const db = createDatabase({ url: process.env['MYSQL_URL'] ?? '' });
  const connection = await Connection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? '' });
  try {
    const client = new Client({ connection, namespace: process.env['TEMPORAL_NAMESPACE'] ?? 'default' });
    await db.updateTable('videos').set({ generation: 2, status: 'uploaded', completedAt: null, qualitySummary: null }).where('videoId', '=', videoId).execute();
    await client.workflow.execute(WORKFLOW_TYPES.processVideo, {
      workflowId: processVideoWorkflowId(videoId),
      taskQueue: 'pipeline',
      args: [{ videoId, generation: 2, creatorId: 'local', priority: 'normal' }],
    });
  } finally {
    await connection.close();
    await db.destroy();
  }
}
