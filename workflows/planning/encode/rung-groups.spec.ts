import { AV1 } from '../families/av1';
import { FAMILIES } from '../families/family';
import { H264 } from '../families/h264';
import { HEVC } from '../families/hevc';
import { planLadder } from '../plan/ladder';
import { CODEC_FAMILIES } from '../../../temporal/contract/media/families';
import { fittingSpeed, expressRungs, leadingGroups, rungGroups } from './rung-groups';

const UHD = { width: 3840, height: 2160, frameRate: { num: 25, den: 1 } };
const names = (...args: Parameters<typeof rungGroups>) => rungGroups(...args).map((group) => group.map(({ name }) => name));

it('encodes all rungs of H.264 at once, and 2160p of others alone', () => {
  const rest = ['1440p', '1080p', '720p', '480p', '360p', '240p'];
  expect(names(H264, planLadder(H264, UHD), 'veryfast')).toEqual([['2160p', ...rest]]);
  for (const family of FAMILIES.filter((one) => one !== H264)) {
    expect(names(family, planLadder(family, UHD), family.defaultSpeed)).toEqual([['2160p'], rest]);
  }
});

it('encodes a ladder of 1440p at once', () => {
  expect(names(AV1, planLadder(AV1, { ...UHD, width: 2560, height: 1440 }), '9')).toHaveLength(1);
});

it('encodes a rung alone that is larger than any group may be', () => {
  const [top] = planLadder(AV1, UHD);
  const huge = { ...top!, width: 8192, height: 8192 };
  expect(rungGroups(AV1, [huge, top!], '9')).toEqual([[huge], [top]]);
});

it('encodes 2160p of a slower preset of H.264 alone, and the rest at once', () => {
  const [first, ...others] = names(H264, planLadder(H264, UHD), 'medium');
  expect([first, others.length]).toEqual([['2160p'], 1]);
});

describe('the preset of an encoder', () => {
  const speedOf = (family: typeof AV1, height: number, asked: string) => {
    const rungs = planLadder(family, { width: (height * 16) / 9, height, frameRate: { num: 25, den: 1 } });
    return fittingSpeed(family, rungs, { asked, speeds: CODEC_FAMILIES[family.name].speeds });
  };

  it('is the one that was asked for where the memory of a slot is enough', () => {
    expect([speedOf(AV1, 1080, '7'), speedOf(H264, 1080, 'slower'), speedOf(H264, 2160, 'medium')]).toEqual(['7', 'slower', 'medium']);
  });

  it('is a faster one otherwise', () => {
    expect([speedOf(AV1, 2160, '7'), speedOf(H264, 2160, 'slower'), speedOf(HEVC, 2160, 'medium')]).toEqual(['8', 'medium', 'fast']);
  });
});

it('every preset that may be asked for has its memory measured', () => {
  for (const family of FAMILIES)
    expect(Object.keys(family.memoryBytesPerPixel).sort()).toEqual([...CODEC_FAMILIES[family.name].speeds].sort());
});

describe('the first chunk of a title that opens early', () => {
  const leading = (height: number) => {
    const rungs = planLadder(H264, { width: (height * 16) / 9, height, frameRate: { num: 25, den: 1 } });
    const groups = leadingGroups(H264, rungs, 'veryfast');
    return groups && [groups.lead, ...groups.others].map((group) => group.map(({ name }) => name));
  };

  it.each([
    [
      2160,
      [
        ['480p', '360p', '240p'],
        ['2160p', '1440p', '1080p', '720p'],
      ],
    ],
    [
      1080,
      [
        ['360p', '240p'],
        ['1080p', '720p', '480p'],
      ],
    ],
    [720, [['240p'], ['720p', '480p', '360p']]],
  ])('has its smallest rungs first: %dp', (height, expected) => {
    expect(leading(height)).toEqual(expected);
  });

  it.each([480, 360, 240])('is encoded at once where the smallest rung is much of it: %dp', (height) => {
    expect(leading(height)).toBeNull();
  });
});

it.each([
  [1080, ['360p', '240p']],
  [480, ['360p', '240p']],
  [360, ['240p']],
  [240, []],
])('what viewers wait for is made ahead in the smallest rungs, never in all: %dp', (height, expected) => {
  const rungs = planLadder(H264, { width: (height * 16) / 9, height, frameRate: { num: 25, den: 1 } });
  expect(expressRungs(H264, rungs, 'veryfast').map(({ name }) => name)).toEqual(expected);
});
