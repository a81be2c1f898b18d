import { sql, type RawBuilder } from 'kysely';

/** Older ones make room: a task that is tried for days must not grow its row without end. */
const MOST_FAILURES = 10;

/** A failed attempt as the column `failures` keeps it. Nothing in it is secret. */
export interface StoredTaskFailure {
  /** Counts from 1 within a run of the step. */
  attempt: number;
  /** ISO 8601. */
  failedAt: string;
  worker: string;
  host: string;
  failureType: string;
  message: string;
  durationMs: number;
  /** Of its tools, user and system time. */
  cpuMs: number;
  tool?: string;
  exitCode?: number;
  signal?: string;
  /** The end of what the tool printed, without URLs, paths and keys. */
  lastWords?: string;
}

/** How an attempt of a task ended; `stored` is kept for operators. */
export interface FailedAttempt {
  attempt: number;
  errorMessage: string;
  willRetry: boolean;
  stored?: StoredTaskFailure;
}

/** The column `failures` with one more. */
export function withFailure(failure: StoredTaskFailure): RawBuilder<string> {
  const kept = sql`if(json_length(failures) >= ${MOST_FAILURES}, json_remove(failures, '$[0]'), coalesce(failures, json_array()))`;
  return sql<string>`json_array_append(${kept}, '$', json_extract(${JSON.stringify(failure)}, '$'))`;
}

/** A column of what a task has used with an attempt's part on top. */
export function withUse(column: 'cpu_ms' | 'bytes_in' | 'bytes_out', used: number): RawBuilder<number> {
  return sql<number>`coalesce(${sql.ref(column)}, 0) + ${Math.round(used)}`;
}
