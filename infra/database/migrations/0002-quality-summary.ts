import type { Kysely, Migration } from 'kysely';
import { addColumn } from './add-column';

/** The worst mean VMAF of any rendition and the number of problems of the current generation. */
export const qualitySummary: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await addColumn(db, 'videos', { name: 'quality_summary', definition: 'JSON NULL' });
  },
};
