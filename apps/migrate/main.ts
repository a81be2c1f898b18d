import { createDatabase } from '../../infra/database/database';
import { migrate } from '../../infra/database/migrate';
import type { ProgramLog } from '../logging/program-log';
import { runService } from '../logging/run-service';
import { parseMigrateConfig } from './migrate-settings';

/** Brings the schema up to date and logs the name of every migration that it ran. */
async function main(log: ProgramLog): Promise<void> {
  const { database } = parseMigrateConfig(process.env);
  const db = createDatabase(database);
  try {
    const ran = await migrate(db);
    log.write('info', ran.length === 0 ? 'The schema is up to date.' : 'The schema was brought up to date.', { migrations: ran });
  } finally {
    await db.destroy();
  }
}

runService('migrate', {
  environment: process.env,
  main,
  help: 'npm run migrate (node dist/apps/migrate/main.js)\nBrings the schema of the database up to date and names what it ran.',
});
