import fc from 'fast-check';
import { longerFirst, nearKeyFrames, type SegmentShares } from './chunk-starts';

const shares = fc
  .integer({ min: 1, max: 14 })
  .chain((segmentCount) => fc.record({ segmentCount: fc.constant(segmentCount), chunkCount: fc.integer({ min: 1, max: segmentCount }) }));

function lengths({ segmentCount }: SegmentShares, starts: readonly number[]): number[] {
  return starts.map((start, index) => (starts[index + 1] ?? segmentCount) - start);
}

/** Every order of the lengths that {@link longerFirst} gives, as first segments. */
function allOrders(given: SegmentShares): number[][] {
  const orders = (left: readonly number[]): number[][] => {
    const kinds = [...new Set(left)];
    if (kinds.length === 0) return [[]];
    return kinds.flatMap((kind) => orders(left.toSpliced(left.indexOf(kind), 1)).map((rest) => [kind, ...rest]));
  };
  return orders(lengths(given, longerFirst(given))).map((order) =>
    order.map((_, index) => order.slice(0, index).reduce((sum, one) => sum + one, 0)),
  );
}

it('puts longer chunks first where all segments are equally far from a key frame', () => {
  fc.assert(fc.property(shares, (given) => expect(nearKeyFrames(given, () => 7)).toEqual(longerFirst(given))));
});

it('finds the order with the least preroll of all', () => {
  const preroll = fc.array(fc.integer({ min: 0, max: 250 }), { minLength: 14, maxLength: 14 });
  fc.assert(
    fc.property(shares, preroll, (given, prerollOf) => {
      const sum = (starts: readonly number[]) => starts.reduce((total, start) => total + (prerollOf[start] ?? NaN), 0);
      const found = nearKeyFrames(given, (segment) => prerollOf[segment] ?? NaN);
      expect(lengths(given, found).sort()).toEqual(lengths(given, longerFirst(given)).sort());
      expect(sum(found)).toBe(Math.min(...allOrders(given).map(sum)));
    }),
  );
});
