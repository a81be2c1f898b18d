import { gapWarnings, longestGap, packetGap, pictureGap } from './gaps';

const interval = (startSeconds: number, endSeconds: number) => ({ startSeconds, endSeconds });

it('finds the longest gap in any order, between intervals that overlap too', () => {
  expect(longestGap([interval(8, 9), interval(0, 2), interval(1, 4), interval(5.5, 6)])).toEqual({ startSeconds: 6, lengthSeconds: 2 });
  expect(longestGap([interval(0, 1), interval(2, 3)])).toBeNull();
  expect(longestGap([])).toBeNull();
});

it('measures pictures on their usual grid and packets by their durations, from the first one on', () => {
  const timebase = { num: 1, den: 90_000 };
  const times = [126_000, 129_600, 133_200, 403_200];
  expect(pictureGap(times, { firstPts: 126_000, frameRate: { num: 25, den: 1 } }, timebase)).toEqual({
    startSeconds: 0.12,
    lengthSeconds: 2.96,
  });
  const packets = times.map((pts) => ({ pts, dts: pts, durationTicks: 3_600, keyFrame: true, discard: false }));
  expect(packetGap({ timebase, packets })).toEqual({ startSeconds: 0.12, lengthSeconds: 2.96 });
  expect(packetGap({ timebase, packets: [] })).toBeNull();
});

it('warns of a gap in a broadcast, not of a pause in a recording', () => {
  const gap = { startSeconds: 8, lengthSeconds: 5 };
  expect(gapWarnings('mpegts', () => ({ picture: gap, sounds: [null, gap] }))).toEqual([
    {
      code: 'FramesMissing',
      message: 'The picture stands still for 5.0 s from 8.0 s on: frames are missing there, or the clock of the file jumps.',
    },
    { code: 'AudioDamaged', message: 'Audio track 2 is silent for 5.0 s from 8.0 s on: its packets are missing there.' },
  ]);
  expect(gapWarnings('matroska,webm', () => ({ picture: gap, sounds: [gap] }))).toEqual([]);
  expect(gapWarnings('mpegts', () => ({ picture: null, sounds: [null] }))).toEqual([]);
});
