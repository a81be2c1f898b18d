import type { Kysely, Migration } from 'kysely';
import { addColumn } from './add-column';

/** Whether a title that was published clear is being switched to encrypted streams. */
export const drmSwitch: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await addColumn(db, 'videos', { name: 'is_drm_switching', definition: 'TINYINT NOT NULL DEFAULT 0' });
  },
};
