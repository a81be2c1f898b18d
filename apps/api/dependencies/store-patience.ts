/** As long as the database has: callers of the API hear of a store that hangs, rather than wait for it. */
export const STORE_ANSWERS_WITHIN_MS = 10_000;
