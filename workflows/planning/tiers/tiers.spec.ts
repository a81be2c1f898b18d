import { DEFAULT_TIERS } from '../../../temporal/contract/media/encoding';
import type { CodecFamily } from '../../../temporal/contract/media/families';
import { busiestHour, familiesToAdd } from './tiers';

describe('familiesToAdd', () => {
  it.each<[views: number, known: CodecFamily[], added: CodecFamily[]]>([
    [0, ['h264'], []],
    [100, ['h264'], []],
    [101, ['h264'], ['hevc']],
    [101, ['h264', 'hevc'], []],
    [10_000, ['h264'], ['hevc']],
    [10_001, ['h264'], ['hevc', 'av1']],
    [10_001, ['h264', 'hevc'], ['av1']],
    [10_001, ['av1'], ['hevc']],
    [1_000_000, ['h264', 'hevc', 'av1'], []],
  ])('%i views in an hour, with %j: adds %j', (views, known, added) => {
    expect(familiesToAdd(views, known, DEFAULT_TIERS)).toEqual(added);
  });

  it('takes the thresholds as they are given', () => {
    const tiers = [{ family: 'vp9', aboveViewsPerHour: 5 }] as const;
    expect(familiesToAdd(6, ['h264'], tiers)).toEqual(['vp9']);
    expect(familiesToAdd(20_000, ['h264'], [])).toEqual([]);
  });
});

describe('busiestHour', () => {
  const minutes = (...entries: [minute: number, views: number][]) => entries.map(([minute, views]) => ({ minute, views }));

  it.each([
    ['nothing', minutes(), 0],
    ['one minute', minutes([7, 3]), 3],
    ['both sides of a full hour', minutes([59, 60], [60, 60]), 120],
    ['the first and the last minute of an hour', minutes([10, 60], [69, 60]), 120],
    ['minutes an hour apart', minutes([10, 60], [70, 60]), 60],
    ['a peak in the middle', minutes([0, 1], [100, 5], [120, 6], [200, 2]), 11],
    ['three hours of little', minutes(...Array.from({ length: 180 }, (_, minute): [number, number] => [minute, 1])), 60],
  ])('%s', (_, viewed, expected) => expect(busiestHour(viewed)).toBe(expected));
});
