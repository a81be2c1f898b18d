import type { Plan } from '../../../temporal/contract/media/plan';
import { chunkFrames, rungFilter } from '../encode/chunk-frames';
import { SIGNATURE_FILTER } from '../proof/signatures';
import { qualitySamples, vmafArgs } from './vmaf';

const chunks = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ index, startFrame: index * 150, endFrame: (index + 1) * 150, seekUs: index * 6_000_000 }));

it.each([
  [1, [0]],
  [2, [0, 1]],
  [3, [1, 2]],
  [10, [2, 5, 8]],
])('looks at a few of %s chunks, spread over the title', (count, indexes) => {
  expect(qualitySamples({ chunks: chunks(count) }).map(({ chunk }) => chunk.index)).toEqual(indexes);
});

it('compares each rendition with the frames it was made from, at its own size', () => {
  const colour = { primaries: null, transfer: null, matrix: 'bt709', range: null };
  const shape = { width: 854, height: 480, pixelFormat: 'yuv420p', colour, interlacing: 'none' };
  const video = { ...shape, streamIndex: 0, timebase: { num: 1, den: 12_800 }, firstPts: 0 };
  const plan = { source: { video }, grid: { frameRate: { num: 25, den: 1 } } } as Plan;
  const chunk = { index: 1, startFrame: 150, endFrame: 300, seekUs: 5_980_000 };
  const sample = { chunk, frames: 24 };
  const renditions = [{ rung: { width: 426, height: 240 }, path: '/w/r0.mp4', logPath: 'vmaf_0.json', signaturesPath: 'shown_0' }];
  const args = vmafArgs({ sourceUrl: '/w/source.mp4', plan, sample, renditions, sourceSignaturesPath: 'source' });
  expect(args[args.indexOf('-filter_complex') + 1]).toBe(
    [
      `${chunkFrames({ sourceUrl: '/w/source.mp4', plan, chunk: { ...chunk, endFrame: 174 } })},split=1[s0]`,
      `[s0]${rungFilter(plan, { width: 426, height: 240 })},settb=1/25,setpts=N,split[r0][of_source];[of_source]${SIGNATURE_FILTER}[source]`,
      `[1:v]trim=end_frame=24,format=yuv420p,settb=1/25,setpts=N,split[d0][of_shown0];[of_shown0]${SIGNATURE_FILTER}[shown0]`,
      '[d0][r0]libvmaf=log_fmt=json:log_path=vmaf_0.json:n_subsample=3[o0]',
    ].join(';'),
  );
  const raw = (pad: string, path: string) => ['-map', pad, '-fps_mode', 'passthrough', '-enc_time_base', '1/25', '-f', 'rawvideo', path];
  expect(args.slice(-25)).toEqual([
    '-map',
    '[o0]',
    '-fps_mode',
    'passthrough',
    '-f',
    'null',
    '-',
    ...raw('[source]', 'source'),
    ...raw('[shown0]', 'shown_0'),
  ]);
});
