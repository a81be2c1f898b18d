import type { PacketScan } from '../packet-scan';
import { soundLevels } from './sound-levels';

const TICK = { num: 1, den: 1000 };

function framesAt(...frames: [pts: number, durationTicks: number][]): PacketScan {
  const packets = frames.map(([pts, durationTicks]) => ({ pts, dts: pts, durationTicks, keyFrame: true, discard: false }));
  return { timebase: TICK, packets };
}

/** Sixteen-bit samples of one amplitude. */
function samples(count: number, amplitude: number): Uint8Array {
  return new Uint8Array(Int16Array.from({ length: count }, () => amplitude).buffer);
}

describe('soundLevels', () => {
  it('puts every frame at its time after the start of the picture', () => {
    const { levels, startUs, endUs } = soundLevels(framesAt([1400, 8], [1420, 4]), samples(12, 8192), 1_400_000);
    expect([...levels]).toEqual([127, 127, 0, 0, 0, 127]);
    expect({ startUs, endUs }).toEqual({ startUs: 0, endUs: 24_000 });
  });

  it('leaves out what lies before the picture', () => {
    const { levels, startUs, endUs } = soundLevels(framesAt([1000, 16]), samples(16, 32_767), 1_008_000);
    expect([...levels]).toEqual([254, 254]);
    expect({ startUs, endUs }).toEqual({ startUs: -8_000, endUs: 8_000 });
  });

  it.each([
    ['a click', 20, 16_000, true],
    ['quiet noise', 1000, 30, true],
    ['the delay of a codec', 21, 60, false],
    ['silence', 1000, 0, false],
  ])('tells whether something is heard before the picture: %s', (_, count, amplitude, isHeardBefore) => {
    expect(soundLevels(framesAt([0, count]), samples(count, amplitude), 1_200_000)).toMatchObject({ isHeardBefore });
  });

  it('has nothing to say of a track without frames', () => {
    expect(soundLevels(framesAt(), samples(0, 0), 0)).toMatchObject({ levels: new Uint8Array(0), startUs: 0, endUs: 0 });
  });
});
