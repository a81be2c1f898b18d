import { untimedStart } from '../mezzanine';
import type { ScannedPacket } from '../packet-scan';
import { parsePacketHead } from './packet-head';
import { clockRestarts, countCorrupt, frameFarFromKey, lastDurationTicks } from './packet-times';

const packet = (pts: number, differences: Partial<ScannedPacket> = {}): ScannedPacket => ({
  ...{ pts, dts: pts, durationTicks: 1, keyFrame: false, discard: false },
  ...differences,
});
const scan = (packets: ScannedPacket[]) => ({ timebase: { num: 1, den: 10 }, packets });
const sorted = (packets: ScannedPacket[]) => [...packets].sort((a, b) => a.pts - b.pts);

describe('lastDurationTicks', () => {
  /** Durations lead from one decoding time to the next. */
  const chained = (pts: number[], durations: number[]) => {
    let dts = -2;
    return pts.map((value, index) => {
      const one = packet(value, { dts, durationTicks: durations[index] ?? 0 });
      dts += one.durationTicks;
      return one;
    });
  };

  it('is what the steps leave of all durations when frames are reordered', () => {
    const packets = chained([0, 4, 2, 1, 3, 116, 60, 119, 117, 118], [1, 1, 1, 1, 1, 1, 56, 56, 1, 1]);
    expect(lastDurationTicks(scan(packets), sorted(packets))).toBe(1);
  });

  it('is its own where each packet tells that of its frame', () => {
    const packets = [packet(0), packet(3, { durationTicks: 7 })];
    expect(lastDurationTicks(scan(packets), packets)).toBe(7);
    expect(lastDurationTicks(scan([]), [])).toBe(0);
  });

  it('ends where an edit list hides the next frame', () => {
    const packets = [packet(0), packet(2), packet(5, { discard: true }), packet(9, { discard: true })];
    expect(lastDurationTicks(scan(packets), packets.slice(0, 2))).toBe(3);
  });
});

it('finds the frame furthest from a key frame', () => {
  const shown = [true, false, false, true, false, false, false, true].map((keyFrame, pts) => packet(pts, { keyFrame }));
  expect(frameFarFromKey(shown)?.pts).toBe(6);
  expect(frameFarFromKey([packet(0, { keyFrame: true })])).toBeNull();
});

it('tells a clock that starts again from reordered frames', () => {
  const part = Array.from({ length: 60 }, (_, index) => packet(index));
  expect(clockRestarts(scan([...part, ...part]))).toBe(true);
  expect(clockRestarts(scan([packet(16), ...part.slice(0, 16), ...part.slice(17)]))).toBe(false);
  expect(clockRestarts(scan([...part, packet(59), packet(59)]))).toBe(false);
  // As ffmpeg copies times that go back.
  expect(clockRestarts(scan([...part, ...Array.from({ length: 40 }, () => packet(59))]))).toBe(true);
});

it('counts damaged packets, but not those around a joint', () => {
  const line = (flags: string) => `0, 0, 0, 1, 10, 0x00000000${flags}, S=1, MPEGTS Stream ID, 1, 0x000000e0`;
  const [key, plain, corrupt, corruptKey] = [line(''), line(', F=0x0'), line(', F=0x2'), line(', F=0x3')];
  expect(countCorrupt(['#tb 0: 1/25', key, plain, corrupt, plain, corrupt, corrupt].join('\n'))).toBe(3);
  expect(countCorrupt([plain, corrupt, corruptKey, corrupt, plain].join('\n'))).toBe(0);
  expect(countCorrupt([plain, corrupt, plain, key].join('\n'))).toBe(0);
  expect(countCorrupt([corrupt, plain, plain, key].join('\n'))).toBe(1);
});

it('counts the first times back from the first known one', () => {
  const step = { num: 1, den: 25 };
  expect(untimedStart([undefined, undefined, 1.68, undefined, 1.76], 1.48, step)).toMatchObject({ pictures: 2, step });
  expect(untimedStart([undefined, undefined, 1.68], 1.48, step)?.followerSeconds).toBeCloseTo(0.2, 6);
  expect(untimedStart([1.6, 1.64], 1.6, step)).toBeNull();
  expect(untimedStart([undefined, undefined], 0, step)).toBeNull();
  expect(untimedStart([undefined, 1], 0, null)).toBeNull();
});

describe('parsePacketHead', () => {
  const head = (lines: string[]) => parsePacketHead(['#tb 0: 1/1200000', ...lines].join('\n'));

  it('takes the step of a raw stream from its packets', () => {
    const untimed = [
      '0, -96000, -9223372036854775808, 40040, 2662, 0x554dba09',
      '0, -55960, -9223372036854775808, 40040, 886, 0x26ecc4ff, F=0x0',
    ];
    const step = { num: 1001, den: 30_000 };
    expect(head(untimed)).toEqual({ isTimed: false, isEncrypted: false, step, spacing: step, ahead: null });
  });

  it('takes the spacing of decoding times, of which a container may have many ticks for a packet', () => {
    const packets = [0, 24, 48, 96, 120].map((ticks) => `0, ${ticks * 2000}, -9223372036854775808, 2000, 886, 0x26ecc4ff, F=0x0`);
    expect(head(packets)).toMatchObject({ step: { num: 1, den: 600 }, spacing: { num: 1, den: 25 } });
    expect(head(['0, -9223372036854775808, -9223372036854775808, 1, 9, 0x1'])).toMatchObject({ spacing: null });
  });

  it('sees encryption', () => {
    expect(head(['0, 0, 0, 0, 2705, 0x0a71ddc0, S=1, Encryption info, 64, 0xc96e111d'])).toEqual({
      isTimed: true,
      isEncrypted: true,
      step: null,
      spacing: null,
      ahead: null,
    });
  });

  it.each([
    ['by less than a step', [0, 982, 1622, 2262, 2902, 3542, 4182, 4822], { num: 57, den: 200_000 }],
    ['by less than a step, whole steps before the others', [0, 2262, 2902, 3542, 4182, 4822, 5462], { num: 57, den: 200_000 }],
    ['by whole steps', [0, 1280, 1920, 2560, 3200, 3840, 4480], null],
    ['by nothing but rounding', [0, 533, 1067, 1600, 2133, 2667, 3200], null],
    ['of uneven ones', [0, 982, 1622, 2262, 3102, 3742, 4382], null],
    ['of too few', [0, 982, 1622, 2262], null],
  ])('sees a first packet that is ahead of the others %s', (_, times, ahead) => {
    expect(head(times.map((time) => `0, ${time}, ${time}, 640, 886, 0x26ecc4ff, F=0x0`)).ahead).toEqual(ahead);
  });
});
