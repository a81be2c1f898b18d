import type { PacketScan } from '../packet-scan';
import { changesRate } from './rate-changes';

const TICKS = 90_000;
const AAC = { codec_name: 'aac' };

/** Frames of 1024 samples in PES packets of so many frames; `rates` of the PES packets, `known` the rate that the demuxer goes by. */
function scan(rates: readonly number[], { frames = 5, known = (rate: number) => rate, lost = [] as number[] } = {}): PacketScan {
  const packets: PacketScan['packets'] = [];
  let seconds = 10;
  let last = -1;
  for (const [index, rate] of rates.entries()) {
    const durationTicks = Math.round((1024 / known(rate)) * TICKS);
    const first = Math.round(seconds * TICKS);
    for (let frame = 0; frame < frames && !lost.includes(index); frame++) {
      // A demuxer lets no time lie before the last one.
      const pts = Math.max(last, first + frame * durationTicks);
      last = pts;
      packets.push({ pts, dts: pts, durationTicks, keyFrame: true, discard: false });
    }
    seconds += (frames * 1024) / rate;
  }
  return { timebase: { num: 1, den: TICKS }, packets };
}

const pieces = (...rates: number[]) => rates.flatMap((rate) => Array.from({ length: 4 }, () => rate));
const asFirst = (rate: number) => ({ known: () => rate });

it.each([
  [48_000, 22_050],
  [44_100, 48_000],
  [22_050, 48_000],
  [48_000, 32_000],
])('a rate that the demuxer does not notice is seen: %d, then %d', (before, after) => {
  for (const frames of [1, 2, 5, 17]) expect(changesRate(scan(pieces(before, after), { frames, ...asFirst(before) }), AAC)).toBe(true);
});

it('a rate that the demuxer notices is seen by the durations', () => {
  expect(changesRate(scan(pieces(48_000, 44_100)), { codec_name: 'ac3' })).toBe(true);
});

it.each([
  ['one rate', scan(pieces(44_100, 44_100))],
  ['lost packets', scan(pieces(48_000, 48_000, 48_000), { lost: [2, 7] })],
  ['no packets', scan([])],
])('%s: no change', (_, packets) => expect(changesRate(packets, AAC)).toBe(false));

it('a codec of uneven frames tells nothing', () => {
  expect(changesRate(scan(pieces(48_000, 24_000)), { codec_name: 'opus' })).toBe(false);
});
