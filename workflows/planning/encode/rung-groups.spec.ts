import { AV1 } from '../families/av1';
import { FAMILIES } from '../families/family';
import { H264 } from '../families/h264';
import { planLadder } from '../plan/ladder';
import { rungGroups } from './rung-groups';

const UHD = { width: 3840, height: 2160, frameRate: { num: 25, den: 1 } };
const names = (...args: Parameters<typeof rungGroups>) => rungGroups(...args).map((group) => group.map(({ name }) => name));

it('encodes all rungs of H.264 at once, and 2160p of others alone', () => {
  const rest = ['1440p', '1080p', '720p', '480p', '360p', '240p'];
  expect(names(H264, planLadder(H264, UHD))).toEqual([['2160p', ...rest]]);
  for (const family of FAMILIES.filter((one) => one !== H264)) {
    expect(names(family, planLadder(family, UHD))).toEqual([['2160p'], rest]);
  }
});

it('encodes a ladder of 1440p at once', () => {
  expect(names(AV1, planLadder(AV1, { ...UHD, width: 2560, height: 1440 }))).toHaveLength(1);
});

it('encodes a rung alone that is larger than any group may be', () => {
  const [top] = planLadder(AV1, UHD);
  const huge = { ...top!, width: 8192, height: 8192 };
  expect(rungGroups(AV1, [huge, top!])).toEqual([[huge], [top]]);
});
