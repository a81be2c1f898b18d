import { SCORE_BYTES, SCORE_SIZE } from '../encode/ffmpeg-thumbnails';
import { posterArgs, posterFiles, posterSizes } from './poster';
import { previewPieces, previewSize, segmentsOf } from './preview';
import { isInTransition, isMixture, lookStep, watchArgs, Watcher, type Moment } from './watch';

const { width } = SCORE_SIZE;
const plane = (level: (x: number, y: number) => number) =>
  Uint8Array.from({ length: SCORE_BYTES }, (_, at) => level(at % width, Math.floor(at / width)));
/** Textured pictures that have nothing in common. */
const STREET = plane((x, y) => 60 + ((x * 7 + y * 13) % 120));
const FACE = plane((x, y) => 230 - ((x * x + 3 * y) % 140));
const BLACK = plane(() => 16);
const mixed = (one: Uint8Array, other: Uint8Array, share: number) => one.map((level, at) => share * level + (1 - share) * other[at]!);

describe('a mixture of two pictures', () => {
  it.each([
    ['a dissolve', mixed(STREET, FACE, 0.5), STREET, FACE],
    ['a dissolve that has just begun', mixed(STREET, FACE, 0.8), STREET, FACE],
    ['a fade from black', mixed(BLACK, FACE, 0.5), BLACK, FACE],
    ['a fade to black', mixed(STREET, BLACK, 0.4), STREET, BLACK],
  ])('is seen in %s', (_, middle, before, after) => {
    expect(isMixture(middle, { before, after })).toBe(true);
  });

  const moved = (by: number) => plane((x, y) => 128 + 90 * Math.sin((x + by) / 4) * Math.cos(y / 5));
  it.each([
    ['a picture that stands', STREET, STREET, STREET],
    ['the last picture before a cut', STREET, STREET, FACE],
    ['the first picture after a cut', FACE, STREET, FACE],
    ['a pan', moved(6), moved(0), moved(12)],
    ['another picture between two', plane((x) => (x * 31) % 255), STREET, FACE],
  ])('is not seen in %s', (_, middle, before, after) => {
    expect(isMixture(middle, { before, after })).toBe(false);
  });
});

it('watches a title look by look', () => {
  const watcher = new Watcher(5);
  const dissolve = [0.75, 0.5, 0.25].map((share) => mixed(STREET, FACE, share));
  for (const one of [STREET, STREET, STREET, ...dissolve, FACE, FACE, FACE]) watcher.look(one);
  expect(watcher.moments.map(({ isTransition }) => isTransition)).toEqual([false, false, false, true, true, true, false, false, false]);
  expect(watcher.moments.map(({ frame }) => frame)).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40]);
  expect([isInTransition(watcher.moments, 21), isInTransition(watcher.moments, 100), isInTransition([], 3)]).toEqual([true, false, false]);
  expect(() => watcher.look(new Uint8Array(3))).toThrow(RangeError);
});

it('looks five times a second in one decode, and takes captures on the way', () => {
  expect(lookStep({ frameRate: { num: 30000, den: 1001 } })).toBe(6);
  const taken = { frames: [4, 9], firstNumber: 3, width: 320, height: 180 };
  expect(watchArgs('a.mp4', { startFrame: 60, step: 5, taken }).join(' ')).toBe(
    "-hide_banner -nostdin -nostats -v error -y -i a.mp4 -filter_complex [0:v]split=2[a][b];[a]select='not(mod(n+60,5))'," +
      "scale=160:90:flags=area,format=gray[looks];[b]select='eq(n,4)+eq(n,9)',scale=320:180,setsar=1[taken] " +
      '-map [looks] -fps_mode passthrough -f rawvideo looks.gray -map [taken] -fps_mode passthrough -c:v mjpeg -q:v 4 ' +
      '-pix_fmt yuvj420p -f image2 -start_number 3 capture_%03d.jpg',
  );
});

describe('a preview', () => {
  const grid = { frameRate: { num: 25, den: 1 }, frameCount: 750, framesPerSegment: 100, segmentCount: 8 };
  const still: Omit<Moment, 'frame'> = { motion: 0.5, light: 100, isTransition: false };
  const moments = (at: (frame: number) => Partial<Moment>) =>
    Array.from({ length: 150 }, (_, index): Moment => ({ ...still, frame: index * 5, ...at(index * 5) }));

  it('is a second from each third, where most moves', () => {
    const busy = [100, 300, 700];
    const pieces = previewPieces(
      moments((frame) => (busy.some((start) => frame >= start && frame < start + 25) ? { motion: 8 } : {})),
      grid,
    );
    // A look says how much has moved since the one before.
    expect(pieces).toEqual(busy.map((start) => ({ startFrame: start - 5, endFrame: start + 20 })));
  });

  it.each([
    ['a cut', { motion: 90 }],
    ['a transition', { motion: 20, isTransition: true }],
    ['darkness', { motion: 20, light: 10 }],
  ])('avoids %s', (_, flaw) => {
    const [first] = previewPieces(
      moments((frame) => (frame === 100 ? flaw : frame > 180 && frame < 210 ? { motion: 4 } : {})),
      grid,
    );
    expect(first!.startFrame).toBeGreaterThanOrEqual(175);
  });

  it('is all of a title of three seconds, and of one whose looks tell nothing', () => {
    expect(previewPieces([], { ...grid, frameCount: 75 })).toEqual([{ startFrame: 0, endFrame: 75 }]);
    expect(previewPieces([], grid).map(({ startFrame }) => startFrame)).toEqual([0, 250, 500]);
  });

  it('knows the segments that hold it, and is 480p at most', () => {
    expect(segmentsOf({ startFrame: 190, endFrame: 215 }, grid)).toEqual({ firstSegment: 1, endSegment: 3 });
    expect(previewSize({ width: 1920, height: 1080 })).toEqual({ width: 854, height: 480 });
    expect(previewSize({ width: 640, height: 360 })).toEqual({ width: 640, height: 360 });
  });
});

describe('a poster', () => {
  it('has three sizes, and none larger than the picture or than it may be', () => {
    const half = [
      { width: 1280, height: 720 },
      { width: 640, height: 360 },
      { width: 320, height: 180 },
    ];
    expect(posterSizes({ width: 1920, height: 1080 })).toEqual(half);
    expect(posterSizes({ width: 1920, height: 1080 }, 360)[0]).toEqual({ width: 640, height: 360 });
    expect(posterSizes({ width: 720, height: 1280 })[2]).toEqual({ width: 180, height: 320 });
    expect(posterSizes({ width: 100, height: 60 })).toEqual([{ width: 100, height: 60 }]);
  });

  it('is made in two formats by one run', () => {
    const sizes = [
      { width: 640, height: 360 },
      { width: 320, height: 180 },
    ];
    expect(posterFiles(sizes).map(({ name }) => name)).toEqual(['poster.jpg', 'poster.avif', 'poster_320.jpg', 'poster_320.avif']);
    const args = posterArgs('in.png', sizes, '/w').join(' ');
    expect(args).toContain('[0:v]split=2[s0][s1];[s0]scale=640:360:flags=lanczos,setsar=1,split=2[j0][a0];');
    expect(args).toMatch(/-map \[a1\] -frames:v 1 -c:v libsvtav1 .* -f avif \/w\/poster_320\.avif$/);
  });
});
