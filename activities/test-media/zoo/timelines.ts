import type { Fraction } from '../../../temporal/contract/media/plan';
import { LONG, PAL, range, ready, SHORT, type ReadyExpectation, type ZooSource } from './zoo-source';
import type { Recipe } from './zoo-kit';

const BURSTS = 'lt(n,100)+between(n,200,300)*not(mod(n,3))+gt(n,400)*not(mod(n,2))';
const TS_PACKET = 188;
const SIXTY = { num: 60, den: 1 };
const TEN = { num: 10, den: 1 };
const FRAGMENTS = ['-movflags', '+frag_keyframe+empty_moov+default_base_moof'];

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
  clip(
    'pulldown.mkv',
    'a film whose frames last three and two fields in turn',
    { audio: null, filter: 'settb=1/90000,setpts=(5*floor(N/2)+3*mod(N\\,2))*1001/(60000*TB)', output: ['-enc_time_base', '1/90000'] },
    { frameRate: { num: 24000, den: 1001 }, clicks: null },
  ),
  clip('jittered.mkv', 'every frame is early or late by up to 10 ms', {
    filter: 'settb=1/90000,setpts=(N+0.24*sin(N*N))/(25*TB)',
    output: ['-enc_time_base', '1/90000'],
  }),
  {
    name: 'variable.mkv',
    about: 'variable rate with a still',
    expect: ready(1, { frames: held(bursts(600)), frameRate: { num: 50, den: 1 }, clicks: range(0, 12) }),
    make: (kit) => kit.encode('variable.mkv', { frames: 600, rate: { num: 50, den: 1 }, filter: `select='${BURSTS}'` }),
  },
  paused('pause.mp4', '60 frames a second with a pause', { rate: SIXTY, frames: 360 }, between(120, 250)),
  paused(
    'every-ninth-lost.mkv',
    '60 frames a second, every ninth lost, in milliseconds',
    { rate: SIXTY, frames: 240 },
    { filter: 'eq(mod(n,9),4)', has: (n) => n % 9 === 4 },
  ),
  paused('hole.ts', '25 frames a second with a hole', { rate: PAL, frames: 150 }, between(60, 100)),
  paused('still-before-end.mp4', '10 frames a second, a still among the last', { rate: TEN, frames: 60 }, between(25, 56)),
  paused('still-before-end-fragments.mp4', 'the same in fragments', { rate: TEN, frames: 60, output: FRAGMENTS }, between(25, 56)),
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
    // The file ends within a P-frame, which a decoder decodes in part; the three B-frames before it in time come later in the file.
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

/** Frames are lost while the clock runs on; `lost` says which, as an expression of ffmpeg and as a function. */
function paused(name: string, about: string, recipe: Recipe & { rate: Fraction }, lost: Lost): ZooSource {
  const kept = range(0, recipe.frames).filter((frame) => !lost.has(frame));
  const expect = ready(recipe.frames, { frames: held(kept), frameRate: recipe.rate });
  return { name, about, expect, make: (kit) => kit.encode(name, { ...recipe, filter: `select='not(${lost.filter})'` }) };
}

interface Lost {
  filter: string;
  has: (frame: number) => boolean;
}

function between(first: number, last: number): Lost {
  return { filter: `between(n,${first},${last})`, has: (frame) => frame >= first && frame <= last };
}

function clip(name: string, about: string, recipe: Partial<Recipe>, change: Partial<ReadyExpectation> = {}): ZooSource {
  const complete = { frames: LONG, ...recipe };
  return { name, about, expect: ready(complete.frames, change), make: (kit) => kit.encode(name, complete) };
}

/** Frames that `BURSTS` keeps. */
function bursts(count: number): number[] {
  return range(0, count).filter((n) => n < 100 || (n >= 200 && n <= 300 && n % 3 === 0) || (n > 400 && n % 2 === 0));
}

/** The frame that each slot shows when every kept frame has its own: the last one before it. */
function held(kept: readonly number[]): number[] {
  return range(0, (kept.at(-1) ?? 0) + 1).map((slot) => kept.findLast((frame) => frame <= slot) ?? 0);
}
