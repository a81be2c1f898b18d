import type { RenditionQuality } from '../../../temporal/contract/media/reports';
import { qualitySummary } from './quality-summary';

const judged = (...means: (number | null)[]) =>
  means.map((mean) => ({ vmaf: mean === null ? null : { mean, lowest: 1, frames: 8 } }) as RenditionQuality);

it.each([
  [[95.2, 88.1, null], ['a', 'b'], { worstVmaf: 88.1, problemCount: 2 }],
  [[null, null], [], { worstVmaf: null, problemCount: 0 }],
  [[], ['a'], { worstVmaf: null, problemCount: 1 }],
])('sums up means %p and problems %p', (means, problems, summary) => {
  expect(qualitySummary({ renditions: judged(...means), problems })).toEqual(summary);
});
