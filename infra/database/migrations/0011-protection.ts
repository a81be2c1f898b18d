import type { Kysely, Migration } from 'kysely';
import { addColumn } from './add-column';

/** How the published streams of a video are encrypted, and the generation from which on they are. */
export const protection: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await addColumn(db, 'videos', { name: 'drm_scheme', definition: 'VARCHAR(8) NULL' });
    await addColumn(db, 'videos', { name: 'drm_systems', definition: 'JSON NULL' });
    await addColumn(db, 'videos', { name: 'drm_key_provider', definition: 'VARCHAR(64) NULL' });
    await addColumn(db, 'videos', { name: 'drm_generation', definition: 'INT NULL' });
  },
};
