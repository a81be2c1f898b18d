import type { Kysely, Migration } from 'kysely';
import { addColumn } from './add-column';

/** How the renditions of a video are to be encoded. */
export const encodingRequests: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await addColumn(db, 'videos', { name: 'encoding', definition: 'JSON NULL' });
  },
};
