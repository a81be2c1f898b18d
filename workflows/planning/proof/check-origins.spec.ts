import type { ChunkPlan, FrameGrid, Plan, VideoFacts } from '../../../temporal/contract/media/plan';
import { checkReadBack, checkSourceOrigins, parseFrameOrigins, showsDamage, tellsOfDamage, type FrameOrigin } from './check-origins';

const NTSC = { num: 30_000, den: 1001 };
const MPEG = { num: 1, den: 90_000 };
const chunk: ChunkPlan = { index: 1, startFrame: 30, endFrame: 60, seekUs: 984_317 };

function planOf(cadence: VideoFacts['cadence']): Plan {
  const video = { timebase: MPEG, frameRate: NTSC, firstPts: 126_000, cadence, frameCount: 300 };
  return { source: { video } } as Plan;
}

/** What ffmpeg notes for frames at these positions of a source at 30000/1001 in MPEG ticks. */
function origins(frames: readonly number[]): FrameOrigin[] {
  return frames.map((frame) => ({ ptsTicks: 126_000 + frame * 3003, timebase: MPEG }));
}

const right = Array.from({ length: 30 }, (_, index) => 30 + index);
const replaced = (index: number, frame: number) => right.map((one, at) => (at === index ? frame : one));

describe('checkSourceOrigins of a constant source', () => {
  const fed = { plan: planOf('constant'), chunk, damaged: false };
  const check = (frames: readonly number[]) => checkSourceOrigins(fed, origins(frames));

  it('passes the frames of the chunk', () => expect(check(right)).toBeNull());

  it.each<[string, number[], string]>([
    ['a frame too few', right.slice(1), '29 frames were decoded, not 30'],
    ['a chunk shifted by one', right.map((frame) => frame + 1), 'frame 0 was made from the source frame at slot 31, not 30'],
    [
      'a frame that the decoder dropped',
      right.map((frame, index) => frame + (index >= 9 ? 1 : 0)),
      'frame 9 was made from the source frame at slot 40, not 39',
    ],
    ['a doubled frame', replaced(9, 38), 'frame 9 was made from the source frame at slot 38, not 39'],
  ])('refuses %s', (_, frames, problem) => expect(check(frames)).toBe(problem));

  it('refuses a frame of unknown origin', () => {
    expect(checkSourceOrigins(fed, [{ ptsTicks: null, timebase: MPEG }, ...origins(right.slice(1))])).toBe(
      'frame 0 has no known source frame',
    );
  });

  it('has nothing to compare in a container without presentation times', () => {
    expect(
      checkSourceOrigins(
        fed,
        right.map(() => ({ ptsTicks: null, timebase: MPEG })),
      ),
    ).toBeNull();
  });
});

describe('checkSourceOrigins of a title that begins before its picture', () => {
  const lead = 40;
  const { source } = planOf('constant');
  const fed = { plan: { source: { ...source, video: { ...source.video, leadSlots: lead } } }, chunk, damaged: false };
  const check = (frames: readonly number[]) => checkSourceOrigins(fed, origins(frames));

  it('passes the first picture in every slot before it', () => {
    expect(check(right.map((slot) => Math.max(0, slot - lead)))).toBeNull();
  });

  it('refuses another picture there, and a first one that is held for too long', () => {
    expect(check(right.map((slot) => Math.max(1, slot - lead)))).toMatch(/slot 41, not 40/);
    expect(check(right.map((slot) => Math.max(0, slot - lead - 1)))).toMatch(/slot 40, not 41/);
  });
});

describe('checkSourceOrigins of a damaged source', () => {
  it('passes frames around a lost one in another order, and nothing from later', () => {
    const variable = (frames: readonly number[], damaged = true) =>
      checkSourceOrigins({ plan: planOf('variable'), chunk, damaged }, origins(frames));
    const swapped = [...right.slice(0, 9), 38, 37, ...right.slice(11)];
    expect(variable(swapped)).toBeNull();
    expect(variable(swapped, false)).not.toBeNull();
    expect(variable(replaced(9, 41))).not.toBeNull();
  });

  const check = (frames: readonly number[]) => checkSourceOrigins({ plan: planOf('constant'), chunk, damaged: true }, origins(frames));

  it('passes slots that show the frame before, also at the start of a chunk', () => {
    expect(check([...right.slice(0, 10), 39, 39, 39, ...right.slice(13)])).toBeNull();
    expect(check([28, 28, ...right.slice(2)])).toBeNull();
  });

  it.each<[string, number[]]>([
    ['a chunk shifted back by one', right.map((frame) => frame - 1)],
    ['a chunk shifted on by one', right.map((frame) => frame + 1)],
    ['two swapped frames', [...right.slice(0, 9), 40, 39, ...right.slice(11)]],
  ])('still refuses %s', (_, frames) => expect(check(frames)).not.toBeNull());

  it.each([
    ['[h264 @ 0x1] error while decoding MB 3 4, bytestream -5', true],
    ['[h264 @ 0x1] concealing 12 DC errors', true],
    ['', false],
    ['[libx265 @ 0x1] Invalid value for vbv-maxrate: 244.5.', false],
    ['[vost#0:0/libsvtav1 @ 0x1] Error parsing option', false],
    ['[libx265 @ 0x1] Invalid value\n[h264 @ 0x1] concealing 12 DC errors', true],
  ])('is known by what the decoder says: %s', (stderr, damaged) => expect(tellsOfDamage(stderr)).toBe(damaged));
});

describe('checkSourceOrigins of a variable source', () => {
  const check = (frames: readonly number[]) => checkSourceOrigins({ plan: planOf('variable'), chunk, damaged: false }, origins(frames));

  it('passes frames that are repeated over a gap, on absolute time', () =>
    expect(check(right.map((frame) => frame - (frame % 4)))).toBeNull());

  it.each<[string, number[]]>([
    ['a frame from the future', replaced(9, 40)],
    ['frames in the wrong order', replaced(9, 36)],
  ])('refuses %s', (_, frames) => expect(check(frames)).not.toBeNull());
});

describe('checkReadBack', () => {
  const grid = { frameRate: NTSC } as FrameGrid;
  const shown = (frames: readonly number[]) => frames.map((frame) => ({ ptsTicks: frame * 1001, timebase: { num: 1, den: 30_000 } }));

  it('passes frames on the grid', () => expect(checkReadBack(grid, chunk, shown(right))).toBeNull());

  it.each<[string, number[], string]>([
    ['a frame too few', right.slice(1), '29 frames can be decoded, not 30'],
    ['a segment at the wrong place', right.map((frame) => frame + 1), 'frame 0 is shown at tick 31031'],
    ['swapped frames', [...right.slice(0, 9), 40, 39, ...right.slice(11)], 'frame 9 is shown at tick 40040'],
  ])('refuses %s', (_, frames, problem) => expect(checkReadBack(grid, chunk, shown(frames))).toBe(problem));
});

it('parses what ffmpeg notes', () => {
  expect(parseFrameOrigins('256 1/12288\n-9223372036854775808 1/12288\n')).toEqual([
    { ptsTicks: 256, timebase: { num: 1, den: 12_288 } },
    { ptsTicks: null, timebase: { num: 1, den: 12_288 } },
  ]);
  expect(() => parseFrameOrigins('nonsense')).toThrow(RangeError);
});

describe('checkSourceOrigins of a chunk that goes on behind the last picture', () => {
  const plan = planOf('constant');
  plan.source.video.frameCount = 40;
  const check = (frames: readonly number[]) => checkSourceOrigins({ plan, chunk, damaged: false }, origins(frames));
  const held = right.map((frame) => Math.min(frame, 39));

  it('passes the last picture, and no other', () => {
    expect(check(held)).toBeNull();
    expect(check(held.map((frame, index) => (index === 20 ? 38 : frame)))).toBe(
      'frame 20 was made from the source frame at slot 38, not 39',
    );
    expect(check(right)).toBe('frame 10 was made from the source frame at slot 40, not 39');
  });
});

it.each([
  ['[h264 @ 0x1] error while decoding MB 5 7, bytestream -12', true],
  ['[h264 @ 0x1] concealing 120 DC, 120 AC, 120 MV errors in P frame', true],
  ['[mpeg2video @ 0x1] ac-tex damaged at 3 4', true],
  ['[vist#0:0/h264 @ 0x1] Error submitting packet to decoder: Invalid data found when processing input', true],
  ['[hevc @ 0x1] Could not find ref with POC 12', false],
  ['[h264 @ 0x1] co located POCs unavailable', false],
  ['[h264 @ 0x1] reference picture missing during reorder', false],
  ['[libx264 @ 0x1] Invalid data in an option', false],
])('%s', (line, damaged) => {
  expect(showsDamage(line)).toBe(damaged);
});
