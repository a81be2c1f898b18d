import type { Kysely, Migration } from 'kysely';
import { addColumn } from './add-column';

/** Which pictures a video shows, and the poster that its user has chosen. */
export const pictures: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await addColumn(db, 'videos', { name: 'pictures', definition: 'JSON NULL' });
    await addColumn(db, 'videos', { name: 'poster_choice', definition: 'JSON NULL' });
  },
};
