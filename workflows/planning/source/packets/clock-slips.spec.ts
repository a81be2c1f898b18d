import { goesBack, oneClock, slipFilter, tellsOfJump } from './clock-slips';

const STEP = 3600;
/** Two streams of 20 packets, with what is done to the times of the first. */
const listed = (change: (time: number, packet: number) => number | 'N/A') =>
  Array.from({ length: 20 }, (_, packet) => `0,${change(packet * STEP, packet)}\n1,${packet * STEP}`).join('\n');
const slipsOf = (change: (time: number, packet: number) => number | 'N/A') => oneClock(listed(change), [0, 1])?.slips ?? null;

it.each([
  ['one packet ahead', (time: number, packet: number) => (packet === 8 ? time + 450_000 : time), { from: 8, end: 9, ticks: 450_000 }],
  ['one packet behind', (time: number, packet: number) => (packet === 8 ? time - 450_000 : time), { from: 8, end: 9, ticks: -450_000 }],
  [
    'several packets',
    (time: number, packet: number) => (packet > 3 && packet < 9 ? time + 90_000 : time),
    { from: 4, end: 9, ticks: 90_000 },
  ],
])('finds times that are off and come back: %s', (_, change, slip) => {
  expect(slipsOf(change)).toEqual(new Map([[0, [slip]]]));
});

it('counts packets without a time', () => {
  const change = (time: number, packet: number) => (packet === 2 ? ('N/A' as const) : packet === 8 ? time + 450_000 : time);
  expect(slipsOf(change)).toEqual(new Map([[0, [{ from: 8, end: 9, ticks: 450_000 }]]]));
});

it.each([
  ['a clock that starts again in one stream', (time: number, packet: number) => (packet < 10 ? time : time - 10 * STEP - 900_000)],
  ['a hole', (time: number, packet: number) => (packet < 10 ? time : time + 900_000)],
])('leaves %s alone', (_, change) => {
  expect(slipsOf(change)).toBeNull();
});

it('has nothing to take back where steps differ a little only, and in streams that are not asked about', () => {
  expect(slipsOf((time, packet) => time + (packet % 3) * 5000)).toEqual(new Map());
  const jumps = listed((time, packet) => (packet < 10 ? time : time + 900_000));
  expect(oneClock(jumps, [1])?.slips).toEqual(new Map());
});

it('goes on at joints where all streams start again, each at its own packet, as the picture does', () => {
  const second = 90_000;
  // The sound of each part comes behind its picture, and starts a little later in each.
  const parts = [0, 1, 2].map((part) => {
    const listOf = (stream: number, late: number) => Array.from({ length: 10 }, (_, packet) => `${stream},${packet * second + late}`);
    return [...listOf(0, 0), ...listOf(1, 200 * part)].join('\n');
  });
  const slips = [
    { from: 10, end: 20, ticks: -10 * second },
    { from: 20, end: 1e9, ticks: -20 * second },
  ];
  const both = new Map([0, 1].map((stream) => [stream, slips]));
  expect(oneClock(parts.join('\n'), [0, 1])).toEqual({ joints: 2, slips: both });
});

it('takes slips back by the number of the packet', () => {
  const slips = [
    { from: 8, end: 9, ticks: 450_000 },
    { from: 12, end: 15, ticks: -90_000 },
  ];
  const offset = 'between(N,8,8)*(450000)+between(N,12,14)*(-90000)';
  expect(slipFilter(slips)).toBe(`setts=pts='PTS-(${offset})':dts='DTS-(${offset})'`);
});

it('knows what ffmpeg says of a jump', () => {
  expect(tellsOfJump('[vist#0:0/h264 @ 0x55] timestamp discontinuity (stream id=256): -5000000, new offset= 5000000')).toBe(true);
  expect(tellsOfJump('[in#0/mpegts @ 0x55] DTS 452090 < 898490 out of order')).toBe(false);
});

it.each([
  ['a stream that starts again', [0, 0.04, 5, 6, -0.08, 0.04], true],
  ['a hole', [0, 0.04, 20, 20.04], false],
  ['a small step back', [0, 0.04, 0.02, 0.06], false],
])('tells whether a clock goes back: %s', (_, seconds, goes) => {
  const text = seconds.map((time) => `0,${Math.round(time * 25)},${time.toFixed(6)}\n1,N/A,N/A`).join('\n');
  expect(goesBack(text)).toBe(goes);
});
