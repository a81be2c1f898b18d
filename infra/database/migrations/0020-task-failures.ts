import type { Kysely, Migration } from 'kysely';
import { addColumn } from './add-column';
import { addIndex } from './add-index';

/** The last failed attempts of each task, and an index for reports of what was used since a day. */
export const taskFailures: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await addColumn(db, 'transcoding_tasks', { name: 'failures', definition: 'JSON NULL' });
    await addIndex(db, 'transcoding_tasks', { name: 'transcoding_tasks_completed', columns: ['completed_at'] });
  },
};
