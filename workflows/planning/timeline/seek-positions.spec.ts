import { heldAfter, seekPositions } from './seek-positions';

const FILM = { num: 24000, den: 1001 };

describe('seekPositions', () => {
  it('lies halfway between two frames, after the start of the container', () => {
    const pts = Array.from({ length: 300 }, (_, frame) => 90_000 + frame * 3003);
    const video = {
      timebase: { num: 1, den: 90_000 },
      firstPts: 90_000,
      frameRate: { num: 30000, den: 1001 },
      cadence: 'constant' as const,
    };
    const seek = seekPositions({ startTimeUs: 900_000, video }, { pts, keyFramePts: [90_000] });
    expect([0, 1, 180].map((frame) => seek(frame).seekUs)).toEqual([0, 116_683, 6_089_317]);
  });

  it('follows the real timestamps where a container rounded them', () => {
    const pts = [0, 42, 83, 125, 167];
    const video = { timebase: { num: 1, den: 1000 }, firstPts: 0, frameRate: FILM, cadence: 'constant' as const };
    const seek = seekPositions({ startTimeUs: 0, video }, { pts, keyFramePts: [0] });
    expect([0, 1, 2, 3, 4].map((frame) => seek(frame).seekUs)).toEqual([0, 21_000, 62_500, 104_000, 146_000]);
  });

  it('finds the frame that is on screen at a slot of a variable source, however long ago it began', () => {
    const pts = [0, 40, 80, 9_000, 9_040];
    const video = { timebase: { num: 1, den: 1000 }, firstPts: 0, frameRate: { num: 25, den: 1 }, cadence: 'variable' as const };
    const seek = seekPositions({ startTimeUs: 0, video }, { pts, keyFramePts: [0, 9_000] });
    expect([0, 1, 150, 224, 225, 300].map((frame) => seek(frame).seekUs)).toEqual([0, 20_000, 60_000, 60_000, 4_540_000, 9_020_000]);
    expect([0, 1, 150, 224, 225, 300].map((frame) => seek(frame).prerollFrames)).toEqual([0, 1, 2, 2, 0, 1]);
  });

  it('counts the frames from the key frame before a frame, or from the first one where the source has none', () => {
    const pts = [0, 1, 2, 3, 4, 5];
    const video = { timebase: { num: 1, den: 25 }, firstPts: 0, frameRate: { num: 25, den: 1 }, cadence: 'constant' as const };
    const preroll = (keyFramePts: number[]) =>
      pts.map((frame) => seekPositions({ startTimeUs: 0, video }, { pts, keyFramePts })(frame).prerollFrames);
    expect(preroll([0, 4])).toEqual([0, 1, 2, 3, 0, 1]);
    expect(preroll([])).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('names the time of the key frame where the container does not know which frames are some', () => {
    const pts = Array.from({ length: 100 }, (_, frame) => frame);
    const grid = { timebase: { num: 1, den: 25 }, firstPts: 0, frameRate: { num: 25, den: 1 }, cadence: 'constant' as const };
    const seek = seekPositions({ startTimeUs: 0, video: { ...grid, keyFramesUnmarked: true } }, { pts, keyFramePts: [0, 50] });
    expect([10, 49, 50, 80].map((frame) => seek(frame))).toEqual([
      { seekUs: 0, prerollFrames: 10 },
      { seekUs: 0, prerollFrames: 49 },
      { seekUs: 1_980_000, prerollFrames: 0 },
      { seekUs: 1_980_000, prerollFrames: 30 },
    ]);
  });

  it.each(['constant', 'variable'] as const)('starts at the first frame for every slot before it, in a %s source', (cadence) => {
    const video = { timebase: { num: 1, den: 25 }, firstPts: 40, leadSlots: 30, frameRate: { num: 25, den: 1 }, cadence };
    const seek = seekPositions({ startTimeUs: 400_000, video }, { pts: [40, 41, 42], keyFramePts: [40] });
    expect([0, 29, 30, 31, 32].map((frame) => seek(frame).seekUs)).toEqual([0, 0, 0, 1_220_000, 1_260_000]);
  });

  it('refuses a frame that the source does not have', () => {
    const video = { timebase: { num: 1, den: 25 }, firstPts: 0, frameRate: { num: 25, den: 1 }, cadence: 'constant' as const };
    expect(() => seekPositions({ startTimeUs: 0, video }, { pts: [0, 1, 2], keyFramePts: [0] })(3)).toThrow(RangeError);
  });

  it.each([
    ['constant', [0, 1, 2], 2],
    ['variable', [0, 1, 10], 10],
  ] as const)('seeks to the last picture of a %s source for every frame behind it', (cadence, pts, lastSlot) => {
    const source = { startTimeUs: 0, video: { timebase: { num: 1, den: 25 }, firstPts: 0, frameRate: { num: 25, den: 1 }, cadence } };
    const times = { pts: [...pts], keyFramePts: [0] };
    const seek = seekPositions(source, times);
    const held = heldAfter(source, times, seek);
    expect([0, 1, lastSlot].map(held)).toEqual([0, 1, lastSlot].map(seek));
    expect([lastSlot + 1, 5000].map(held)).toEqual([1, 1].map(() => ({ ...seek(lastSlot), heldSlot: lastSlot })));
  });
});
