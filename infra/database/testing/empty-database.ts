import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { createDatabase, type Database } from '../database';

/** A database of its own for one test file, on the server of `MYSQL_URL`. */
export interface EmptyDatabase {
  url: string;
  /** A pool that {@link drop} closes. */
  connect(url?: string): Database;
  drop(): Promise<void>;
}

export async function createEmptyDatabase(): Promise<EmptyDatabase> {
  const url = new URL(process.env.MYSQL_URL ?? 'mysql://MYSQL_URL-is-not-set');
  const name = `sprocket_test_${randomBytes(6).toString('hex')}`;
  await execute(url.href, `create database ${name}`);
  const pools: Database[] = [];
  const ownUrl = Object.assign(new URL(url), { pathname: `/${name}` }).href;
  return {
    url: ownUrl,
    connect: (otherUrl) => {
      const pool = createDatabase({ url: otherUrl ?? ownUrl });
      pools.push(pool);
      return pool;
    },
    drop: async () => {
      await Promise.all(pools.map((pool) => pool.destroy()));
      await execute(url.href, `drop database ${name}`);
    },
  };
}

async function execute(url: string, statement: string): Promise<void> {
  const connection = await createConnection(url);
  await connection.query(statement);
  await connection.end();
}
