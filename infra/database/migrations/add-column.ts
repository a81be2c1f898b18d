import { sql, type Kysely } from 'kysely';

/** Adds a column unless the table has it: MySQL has no ADD COLUMN IF NOT EXISTS. */
export async function addColumn(db: Kysely<unknown>, table: string, column: { name: string; definition: string }): Promise<void> {
  const { rows } = await sql`
    SELECT 1 FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = ${table} AND column_name = ${column.name}`.execute(db);
  if (rows.length > 0) return;
  await sql`ALTER TABLE ${sql.table(table)} ADD COLUMN ${sql.ref(column.name)} ${sql.raw(column.definition)}`.execute(db);
}
