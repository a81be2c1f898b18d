import { sql, type Kysely } from 'kysely';

/** Adds an index unless the table has it: MySQL has no ADD INDEX IF NOT EXISTS. */
export async function addIndex(db: Kysely<unknown>, table: string, index: { name: string; columns: readonly string[] }): Promise<void> {
  const { rows } = await sql`
    SELECT 1 FROM information_schema.statistics
    WHERE table_schema = DATABASE() AND table_name = ${table} AND index_name = ${index.name}`.execute(db);
  if (rows.length > 0) return;
  const columns = sql.join(index.columns.map((column) => sql.ref(column)));
  await sql`ALTER TABLE ${sql.table(table)} ADD INDEX ${sql.ref(index.name)} (${columns})`.execute(db);
}
