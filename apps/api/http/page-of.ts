/** A page of at most `limit` rows, of which one more was asked for: it tells whether there is a next page, whose cursor is the last id of this one. */
export function pageOf<Row>(found: readonly Row[], limit: number, idOf: (row: Row) => string): { page: Row[]; nextCursor: string | null } {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { page, nextCursor: found.length > limit && last !== undefined ? idOf(last) : null };
}
