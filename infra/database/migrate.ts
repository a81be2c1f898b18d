import { DEFAULT_MIGRATION_TABLE, Migrator, sql, type Migration } from 'kysely';
import { database, type Database } from './database';
import { videosAndTasks } from './migrations/0001-videos-and-tasks';
import { qualitySummary } from './migrations/0002-quality-summary';
import { housekeeping } from './migrations/0003-housekeeping';
import { recordedWalks } from './migrations/0004-recorded-walks';
import { idempotencyKeys } from './migrations/0005-idempotency-keys';
import { codecFamilies } from './migrations/0006-codec-families';
import { encodingRequests } from './migrations/0007-encoding-requests';
import { views } from './migrations/0008-views';
import { watermarks } from './migrations/0013-watermarks';
import { workerEncoders } from './migrations/0009-worker-encoders';
import { contentKeys } from './migrations/0010-content-keys';
import { pictures } from './migrations/0016-pictures';
import { protection } from './migrations/0011-protection';
import { moderation } from './migrations/0012-moderation';
import { subtitles } from './migrations/0015-subtitles';
import { mpegTs } from './migrations/0017-mpeg-ts';
import { speech } from './migrations/0018-speech';
import { access } from './migrations/0019-access';
import { taskFailures } from './migrations/0020-task-failures';
import { drmSwitch } from './migrations/0022-drm-switch';
import { ingest } from './migrations/0023-ingest';
import { eventsAndWebhooks } from './migrations/0024-events-and-webhooks';
import { videoMetadata } from './migrations/0025-video-metadata';
import { earlyPlayback } from './migrations/0027-early-playback';
import { express } from './migrations/0028-express';

/** Every migration in order. A released one never changes; each statement can run twice, since DDL is not transactional here. */
const MIGRATIONS: Record<string, Migration> = {
  '0001-videos-and-tasks': videosAndTasks,
  '0002-quality-summary': qualitySummary,
  '0003-housekeeping': housekeeping,
  '0004-recorded-walks': recordedWalks,
  '0005-idempotency-keys': idempotencyKeys,
  '0006-codec-families': codecFamilies,
  '0007-encoding-requests': encodingRequests,
  '0008-views': views,
  '0009-worker-encoders': workerEncoders,
  '0010-content-keys': contentKeys,
  '0011-protection': protection,
  '0012-moderation': moderation,
  '0013-watermarks': watermarks,
  '0015-subtitles': subtitles,
  '0016-pictures': pictures,
  '0017-mpeg-ts': mpegTs,
  '0018-speech': speech,
  '0019-access': access,
  '0020-task-failures': taskFailures,
  '0022-drm-switch': drmSwitch,
  '0023-ingest': ingest,
  '0024-events-and-webhooks': eventsAndWebhooks,
  '0025-video-metadata': videoMetadata,
  '0027-early-playback': earlyPlayback,
  '0028-express': express,
};

/**
 * Brings the schema up to date and resolves to the names of what ran. Processes that call it at the same time wait for
 * each other on a server-side lock. Migrations of a newer release stay as they are: they only add. Throws `DatabaseUnavailable`, or the error of the failed migration.
 */
export async function migrate(db: Database): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...(await unknownMigrations(db)), ...MIGRATIONS }) } });
  return database(async () => {
    const { error, results } = await migrator.migrateToLatest();
    if (error) throw error instanceof Error ? error : new Error('A migration failed.', { cause: error });
    return (results ?? []).map((result) => result.migrationName);
  });
}

/** Kysely refuses a database with a migration that it has no code for, but a release that is rolled back to meets one. */
async function unknownMigrations(db: Database): Promise<Record<string, Migration>> {
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db);
  return Object.fromEntries(rows.map(({ name }) => [name, { up: async () => undefined }]));
}
