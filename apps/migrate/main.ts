import { inspect } from 'node:util';
import { createDatabase } from '../../infra/database/database';
import { migrate } from '../../infra/database/migrate';
import { runProgram } from '../run-program';
import { parseMigrateConfig } from './migrate-settings';

/** Brings the schema up to date and prints the name of every migration that it ran. */
async function main(): Promise<void> {
  const { database } = parseMigrateConfig(process.env);
  const db = createDatabase(database);
  try {
    const ran = await migrate(db);
    process.stdout.write(ran.length === 0 ? 'The schema is up to date.\n' : ran.map((name) => `${name}\n`).join(''));
  } finally {
    await db.destroy();
  }
}

runProgram(
  main,
  inspect,
  'npm run migrate (node dist/apps/migrate/main.js)\nBrings the schema of the database up to date and names what it ran.',
);
