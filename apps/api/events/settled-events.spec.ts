import { SETTLED_AFTER_MS, settledEvents } from './settled-events';

const event = (sequence: number, ageMs: number) => ({ sequence, occurredAt: new Date(1_000_000 - ageMs) });
const settled = (events: ReturnType<typeof event>[]) => settledEvents(events, 10, 1_000_000).map(({ sequence }) => sequence);

it.each([
  ['no gap', [event(11, 0), event(12, 0)], [11, 12]],
  ['a gap that may be filled', [event(11, 0), event(13, 0), event(14, 0)], [11]],
  ['a gap at the beginning', [event(12, 5)], []],
  ['a gap that stays', [event(11, 0), event(13, SETTLED_AFTER_MS), event(14, 0)], [11, 13, 14]],
])('gives out events in an order that later commits do not change: %s', (_, events, expected) => {
  expect(settled(events)).toEqual(expected);
});
