import { DAY_MS, HOUR_MS } from '../../../temporal/contract/units';
import { judgeAttempt } from './judge-attempt';
import { shareSlots } from './share-slots';

const FIRST = { responseStatus: 500, attempts: 1, nowMs: 0, failingSinceMs: null } as const;

it.each([
  ['200', { responseStatus: 200 }, { status: 'delivered', disable: null }],
  ['204', { responseStatus: 204 }, { status: 'delivered', disable: null }],
  ['a redirect', { responseStatus: 302 }, { status: 'waiting', nextAttemptAtMs: 10_000, disable: null }],
  ['no answer', { responseStatus: null }, { status: 'waiting', nextAttemptAtMs: 10_000, disable: null }],
  ['410', { responseStatus: 410 }, { status: 'failed', disable: 'gone' }],
  ['the last attempt', { attempts: 12 }, { status: 'failed', disable: null }],
  ['a week of failures', { nowMs: 7 * DAY_MS, failingSinceMs: 0 }, { status: 'waiting', disable: 'failing' }],
  ['less than a week', { nowMs: 7 * DAY_MS - 1, failingSinceMs: 0 }, { status: 'waiting', disable: null }],
] as const)('judges %s', (_, attempt, judged) => {
  expect(judgeAttempt({ ...FIRST, ...attempt })).toMatchObject(judged);
});

it('spreads twelve attempts over a day', () => {
  const waits = Array.from({ length: 11 }, (_, index) => judgeAttempt({ ...FIRST, attempts: index + 1 }).nextAttemptAtMs);
  expect(waits.slice(0, 4)).toEqual([10_000, 30_000, 90_000, 270_000]);
  const total = waits.reduce((sum, wait) => sum + wait, 0);
  expect(total).toBeGreaterThan(22 * HOUR_MS);
  expect(total).toBeLessThan(DAY_MS);
});

it('gives failing webhooks one request each and half of all at most', () => {
  const due = [
    ...Array.from({ length: 40 }, (_, index) => ({ webhookId: `dead${index}`, isFailing: true })),
    { webhookId: 'good', isFailing: false },
    { webhookId: 'busy', isFailing: false },
  ];
  const busy = Array.from({ length: 3 }, () => ({ webhookId: 'busy', isFailing: false }));
  const shares = shareSlots(due, busy);
  expect(shares.filter(({ isFailing }) => isFailing).map(({ slots }) => slots)).toEqual(Array.from({ length: 32 }, () => 1));
  expect(shares.filter(({ isFailing }) => !isFailing).map(({ webhookId, slots }) => [webhookId, slots])).toEqual([
    ['good', 4],
    ['busy', 1],
  ]);
});
