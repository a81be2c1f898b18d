import { LONG, range, ready, SHORT, type ReadyExpectation, type ZooSource } from './zoo-source';
import type { Recipe } from './zoo-kit';

const BURSTS = 'lt(n,100)+between(n,200,300)*not(mod(n,3))+gt(n,400)*not(mod(n,2))';
const TS_PACKET = 188;

/** Clocks that start late, wrap, stall, skip or lie. */
export const TIMELINES: readonly ZooSource[] = [
  clip('starts-at-10s.mp4', 'starts at 10 s', { output: ['-output_ts_offset', '10'] }),
  clip('starts-at-25994s.ts', 'starts at 25,994 s', { output: ['-output_ts_offset', '25994'] }),
  clip('wraps.ts', 'the clock wraps after 3.7 s', { output: ['-output_ts_offset', '95440'] }),
  clip(
    'nonsense-rate.mp4',
    'time in 1/57600 s',
    { rate: { num: 57600, den: 2304 }, output: ['-video_track_timescale', '57600'] },
    { frameRate: { num: 25, den: 1 } },
  ),
  clip('slow.mp4', '3 frames a second', { frames: 60, rate: { num: 3, den: 1 } }, { frameRate: { num: 3, den: 1 } }),
  clip('fast.mp4', '120 frames a second', { frames: 240, rate: { num: 120, den: 1 } }, { frameRate: { num: 120, den: 1 } }),
  {
    name: 'variable.mkv',
    about: 'variable rate with a still',
    expect: ready(1, { frames: slotsOf(bursts(600), 50), frameRate: { num: 24000, den: 1001 }, clicks: range(0, 12) }),
    make: (kit) => kit.encode('variable.mkv', { frames: 600, rate: { num: 50, den: 1 }, filter: `select='${BURSTS}'` }),
  },
  {
    name: 'lost-frame.mp4',
    about: 'one frame is missing',
    expect: ready(SHORT, { frames: range(0, SHORT).map((frame) => (frame === 30 ? 29 : frame)) }),
    make: (kit) => kit.encode('lost-frame.mp4', { frames: SHORT, filter: "select='not(eq(n,30))'" }),
  },
  {
    name: 'edited.mp4',
    about: 'an edit list hides the first 1.52 s',
    expect: ready(LONG, { frames: range(38, LONG), clicks: null }),
    make: async (kit) => {
      await kit.encode('edited.base.mp4', { frames: LONG, audio: null });
      await kit.remux('edited.base.mp4', 'edited.mp4', { input: ['-ss', '1.52'] });
    },
  },
  {
    name: 'joined-late.ts',
    about: 'begins in the middle of a GOP',
    expect: ready(LONG, { frames: range(100, LONG), clicks: null }),
    make: async (kit) => {
      const video = [
        '-c:v',
        'libx264',
        '-preset',
        'veryfast',
        '-crf',
        '20',
        '-g',
        '50',
        '-bf',
        '3',
        '-x264-params',
        'open-gop=1:scenecut=0',
      ];
      await kit.encode('joined-late.base.ts', { frames: LONG, audio: null, video });
      await kit.patch('joined-late.base.ts', 'joined-late.ts', (bytes) => {
        const skipped = Math.round((bytes.length * 0.16) / TS_PACKET) * TS_PACKET;
        return Buffer.concat([bytes.subarray(0, 3 * TS_PACKET), bytes.subarray(skipped)]);
      });
    },
  },
  {
    name: 'truncated.ts',
    about: 'cut off, in a container that does not tell',
    // The file ends within a P-frame, of which a decoder makes what it can; the three B-frames before it in time come later in the file.
    expect: ready(LONG, { clicks: null, cutOff: true, damagedFrames: 4 }),
    make: async (kit) => {
      await kit.encode('truncated.base.ts', { frames: LONG, audio: null });
      await kit.patch('truncated.base.ts', 'truncated.ts', (bytes) => bytes.subarray(0, Math.round(bytes.length * 0.6)));
    },
  },
  {
    name: 'truncated.mkv',
    about: 'cut off, its index is gone',
    expect: ready(LONG, { clicks: null, cutOff: true, damagedFrames: 3 }),
    make: async (kit) => {
      await kit.encode('truncated.base.mkv', { frames: LONG, audio: null });
      await kit.patch('truncated.base.mkv', 'truncated.mkv', (bytes) => bytes.subarray(0, Math.round(bytes.length * 0.6)));
    },
  },
  {
    name: 'scratched.mp4',
    about: 'damaged in the middle',
    expect: ready(LONG, { clicks: null, damagedFrames: 60 }),
    make: async (kit) => {
      const video = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-g', '25', '-bf', '2'];
      await kit.encode('scratched.base.mp4', { frames: LONG, audio: null, video });
      await kit.patch('scratched.base.mp4', 'scratched.mp4', (bytes) => {
        const damaged = Buffer.from(bytes);
        damaged.fill(0x5a, Math.round(bytes.length * 0.5), Math.round(bytes.length * 0.5) + 12_000);
        return damaged;
      });
    },
  },
];

function clip(name: string, about: string, recipe: Partial<Recipe>, change: Partial<ReadyExpectation> = {}): ZooSource {
  const complete = { frames: LONG, ...recipe };
  return { name, about, expect: ready(complete.frames, change), make: (kit) => kit.encode(name, complete) };
}

/** Frames that `BURSTS` keeps. */
function bursts(count: number): number[] {
  return range(0, count).filter((n) => n < 100 || (n >= 200 && n <= 300 && n % 3 === 0) || (n > 400 && n % 2 === 0));
}

/** The frame that each slot of a 24000/1001 grid shows: the last one whose time, in milliseconds, rounds to it or before. */
function slotsOf(kept: readonly number[], rate: number): number[] {
  const slot = (frame: number) => Math.floor((Math.round((frame * 1000) / rate) * 24) / 1001 + 0.5);
  const last = kept.at(-1) ?? 0;
  return range(0, slot(last) + 1).map((wanted) => kept.findLast((frame) => slot(frame) <= wanted) ?? 0);
}
