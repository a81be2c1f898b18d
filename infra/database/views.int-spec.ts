import { ulid } from 'ulid';
import { HOUR_MS, MINUTE_MS } from '../../temporal/contract/units';
import type { Database } from './database';
import { IdempotencyRepository } from './idempotency-repository';
import { migrate } from './migrate';
import { createEmptyDatabase, type EmptyDatabase } from './testing/empty-database';
import { ViewsRepository } from './views-repository';

/** In the middle of a minute; the hour of the clock does not matter. */
const NOW_MS = Date.UTC(2026, 0, 1, 10, 30, 15);

let empty: EmptyDatabase;
let db: Database;
let views: ViewsRepository;

beforeAll(async () => {
  empty = await createEmptyDatabase();
  db = empty.connect();
  await migrate(db);
  views = new ViewsRepository(db);
});

afterAll(() => empty.drop());

const countsOf = async (videoId: string, atMs = NOW_MS) => (await views.counts([videoId], atMs)).get(videoId);

it('loses no view of calls at the same time', async () => {
  const videoId = ulid();
  await Promise.all(Array.from({ length: 200 }, (_, call) => views.add({ videoId, count: 1 + (call % 2), atMs: NOW_MS }, null)));
  expect(await countsOf(videoId)).toEqual({ total: 300, lastHour: 300 });
});

it('counts a key once, also when it comes many times at the same moment', async () => {
  const videoId = ulid();
  const key = { creatorId: 'anna', idempotencyKey: ulid(), requestSha256: 'a'.repeat(64) };
  const calls = Array.from({ length: 20 }, () => views.add({ videoId, count: 7, atMs: NOW_MS }, key));
  expect(await Promise.all(calls)).toEqual(calls.map(() => true));
  expect(await views.add({ videoId, count: 8, atMs: NOW_MS }, { ...key, requestSha256: 'b'.repeat(64) })).toBe(false);
  expect(await views.add({ videoId, count: 7, atMs: NOW_MS }, { ...key, creatorId: 'bert' })).toBe(true);
  expect(await countsOf(videoId)).toEqual({ total: 14, lastHour: 14 });
  // Calls of other kinds share the keys.
  expect(await new IdempotencyRepository(db).claim({ ...key, requestSha256: 'c'.repeat(64) })).toBe(key.requestSha256);
});

it('binds no key whose views were not added', async () => {
  const key = { creatorId: 'anna', idempotencyKey: ulid(), requestSha256: 'a'.repeat(64) };
  await expect(views.add({ videoId: 'longer than any id of a video', count: 1, atMs: NOW_MS }, key)).rejects.toThrow();
  const videoId = ulid();
  await views.add({ videoId, count: 1, atMs: NOW_MS }, key);
  expect(await countsOf(videoId)).toEqual({ total: 1, lastHour: 1 });
});

it('has an hour of sixty minutes, and totals that outlast the minutes', async () => {
  const [videoId, other] = [ulid(), ulid()];
  for (const [count, minutesAgo] of [
    [1, 0],
    [10, 59],
    [100, 60],
    [1000, 200],
  ] as const) {
    await views.add({ videoId, count, atMs: NOW_MS - minutesAgo * MINUTE_MS }, null);
  }
  await views.add({ videoId: other, count: 5, atMs: NOW_MS - 200 * MINUTE_MS }, null);
  expect(await countsOf(videoId)).toEqual({ total: 1111, lastHour: 11 });

  // Two processes at the same moment.
  const removed = await Promise.all([1, 2].map(() => views.total([videoId], NOW_MS - 2 * HOUR_MS)));
  expect(removed.sort()).toEqual([0, 1]);
  expect(await countsOf(videoId)).toEqual({ total: 1111, lastHour: 11 });
  expect(await views.total([videoId], NOW_MS + HOUR_MS)).toBe(3);
  expect(await countsOf(videoId)).toEqual({ total: 1111, lastHour: 0 });
  expect(await countsOf(other)).toEqual({ total: 5, lastHour: 0 });
  expect(await countsOf(ulid())).toBeUndefined();
});

it('lists videos page by page, and the minutes of those with more views than asked for', async () => {
  const ids = Array.from({ length: 5 }, () => ulid(2 ** 47));
  const [busy] = ids.sort();
  for (const videoId of ids) await views.add({ videoId, count: 3, atMs: NOW_MS - 90 * MINUTE_MS }, null);
  for (let call = 0; call < 4; call++) await views.add({ videoId: busy!, count: 2, atMs: NOW_MS }, null);
  const after = ulid(2 ** 46);
  const first = await views.listViewed({ after, limit: 3 });
  expect([...first, ...(await views.listViewed({ after: first.at(-1)!, limit: 3 }))]).toEqual(ids);

  const minute = Math.floor(NOW_MS / MINUTE_MS);
  const minutes = await views.minutes(ids, { sinceMs: NOW_MS - 2 * HOUR_MS, above: 3 });
  expect([...minutes]).toEqual([
    [
      busy,
      [
        { minute: minute - 90, views: 3 },
        { minute, views: 8 },
      ],
    ],
  ]);
  expect(await views.minutes(ids, { sinceMs: NOW_MS - HOUR_MS, above: 8 })).toEqual(new Map());
});
