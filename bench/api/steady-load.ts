import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

const CONNECTIONS = 20;

/** What a run of requests measured. */
export interface LoadReport {
  /** From when a request was due to its last byte, in milliseconds, ascending. */
  latenciesMs: number[];
  /** Requests that were not answered with 2xx. */
  failed: number;
}

/**
 * Asks one address at a steady rate, each request at its time whether or not earlier ones are answered. Generators that send as fast as their
 * connections let them until a second's share is used up measure a burst.
 */
async function load(address: URL, ratePerSecond: number, seconds: number): Promise<LoadReport> {
  const pool = new Pool(address.origin, { connections: CONNECTIONS });
  const latenciesMs: number[] = [];
  let failed = 0;
  const startedAt = performance.now();
  const ask = async (dueAt: number) => {
    await sleep(Math.max(0, dueAt - performance.now()));
    try {
      const { statusCode, body } = await pool.request({ path: address.pathname + address.search, method: 'GET' });
      await body.dump();
      if (statusCode < 200 || statusCode > 299) failed++;
    } catch {
      failed++;
    }
    latenciesMs.push(performance.now() - dueAt);
  };
  await Promise.all(Array.from({ length: ratePerSecond * seconds }, (_, index) => ask(startedAt + (index * 1_000) / ratePerSecond)));
  await pool.close();
  return { latenciesMs: latenciesMs.sort((a, b) => a - b), failed };
}

const [address = '', rate, seconds] = process.argv.slice(2);
void load(new URL(address), Number(rate), Number(seconds)).then((report) => process.stdout.write(JSON.stringify(report)));
