import pTimeout from 'p-timeout';

/** Prometheus gives a scrape 10 s by default. */
const SCRAPE_DEADLINE_MS = 4_000;

/**
 * What a scrape reads from a dependency. Throws `TimeoutError` after four seconds: a database or workflow service that hangs must not take
 * along the metric that says so.
 */
export function withinScrape<T>(read: Promise<T>): Promise<T> {
  return pTimeout(read, { milliseconds: SCRAPE_DEADLINE_MS });
}
