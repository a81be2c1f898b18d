import type { ExpressSegment } from '../../../temporal/contract/activities';
import { cutsOfChunks, nextExpress, withCuts } from './express-order';

const wish = (chunkIndex: number, segment: number) => ({ chunkIndex, segment });
const LEFT = [4, 5];
const lane = {
  wanted: [] as ExpressSegment[],
  left: LEFT,
  inFlight: new Set([2, 3]),
  cuts: {},
  taken: new Set<string>(),
  atWork: 0,
};

it('cuts wanted segments from chunks that are not in the queue', () => {
  const cuts = withCuts({ 3: [31], 4: [41] }, [wish(5, 50), wish(4, 40), wish(4, 41), wish(3, 33), wish(1, 10)], LEFT);
  expect(cuts).toEqual({ 3: [31], 4: [41, 40], 5: [50] });
});

it('forgets the cuts of chunks that have begun', () => {
  expect(cutsOfChunks({ 3: [31], 4: [41, 40] }, LEFT)).toEqual({ 4: [41, 40] });
});

it('gives out the first wish, nothing twice, and nothing of chunks that are done', () => {
  const wanted = [wish(5, 50), wish(1, 10), wish(4, 40)];
  const cuts = withCuts({}, wanted, LEFT);
  expect(nextExpress({ ...lane, cuts, wanted })).toEqual({ ...wish(5, 50), key: '50' });
  expect(nextExpress({ ...lane, cuts, wanted, taken: new Set(['50']) })).toMatchObject(wish(4, 40));
  expect(nextExpress({ ...lane, cuts, wanted, taken: new Set(['50', '40']) })).toBeUndefined();
});

it('gives out nothing while enough is under way', () => {
  const wanted = [{ ...wish(5, 50), isAhead: true as const }, wish(4, 40)];
  expect(nextExpress({ ...lane, wanted, atWork: 0 })).toMatchObject(wish(5, 50));
  expect(nextExpress({ ...lane, wanted, atWork: 1 })).toMatchObject(wish(4, 40));
  expect(nextExpress({ ...lane, wanted, atWork: 2 })).toBeUndefined();
});

it('gives out each stretch of a chunk that is in the queue once', () => {
  const cuts = { 3: [31, 32] };
  const key = (segment: number, taken: string[] = []) =>
    nextExpress({ ...lane, cuts, wanted: [wish(3, segment)], taken: new Set(taken) })?.key;
  expect(new Set([30, 31, 32, 33, 34].map((segment) => key(segment))).size).toBe(4);
  expect(key(33)).toBe(key(34));
  expect(key(34, [key(33)!])).toBeUndefined();
});
