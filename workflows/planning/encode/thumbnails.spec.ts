import { sheetCount } from '../../../temporal/contract/media/pictures';
import { captureNames, capturesOfChunk } from './captures';
import { planThumbnails, spriteVtt, thumbnailArgs } from './ffmpeg-thumbnails';
import { bestScore, scoreLuma } from './poster-score';
import { planGrid } from '../timeline/segment-grid';

const gridOf = (seconds: number, fps: number) => planGrid({ num: fps, den: 1 }, seconds * fps);

it.each([
  [{ width: 1920, height: 1080 }, 640, 360],
  [{ width: 1080, height: 1920 }, 202, 360],
  [{ width: 426, height: 240 }, 426, 240],
])('keeps pictures of %j of a protected title small', (picture, posterWidth, posterHeight) => {
  const grid = { frameRate: { num: 25, den: 1 }, frameCount: 250, framesPerSegment: 150, segmentCount: 2 };
  expect(planThumbnails(grid, picture, { mostHeight: 360 })).toMatchObject({ posterWidth, posterHeight });
});

describe('planThumbnails', () => {
  it('captures the middle of every five seconds', () => {
    expect(planThumbnails(gridOf(12, 25), { width: 854, height: 480 })).toEqual({
      captureFrames: [62, 187, 275],
      intervalMs: 5000,
      width: 320,
      height: 180,
      posterWidth: 854,
      posterHeight: 480,
      columns: 3,
      rows: 1,
    });
  });

  it('captures a long title less often, in sheets of 25', () => {
    const plan = planThumbnails(gridOf(4 * 3600, 25), { width: 1080, height: 1920 });
    expect(plan).toMatchObject({ intervalMs: 60_000, width: 180, height: 320, posterWidth: 720, posterHeight: 1280 });
    expect(plan.captureFrames).toHaveLength(240);
    expect(sheetCount({ count: 240, ...plan })).toBe(10);
  });

  it('captures no frame twice, in a clip of one frame and at a frame every eight seconds', () => {
    expect(planThumbnails(gridOf(1, 1), { width: 100, height: 100 })).toMatchObject({ captureFrames: [0], columns: 1, rows: 1 });
    const slow = planGrid({ num: 1, den: 8 }, 5);
    expect(planThumbnails(slow, { width: 100, height: 100 })).toMatchObject({ captureFrames: [0, 1, 2, 3, 4], intervalMs: 8000 });
  });
});

describe('captures', () => {
  const thumbnails = planThumbnails(gridOf(22, 25), { width: 854, height: 480 });

  it('are taken by the chunk that holds their frame, each once', () => {
    expect(thumbnails.captureFrames).toEqual([62, 187, 312, 437, 525]);
    const second = capturesOfChunk(thumbnails, { startFrame: 187, endFrame: 437 }, '/w');
    expect(second).toEqual({ frames: [0, 125], firstNumber: 2, width: 854, height: 480, folder: '/w' });
    expect(captureNames(second!)).toEqual(['capture_002.jpg', 'capture_003.jpg']);
    expect(capturesOfChunk(thumbnails, { startFrame: 63, endFrame: 187 }, '/w')).toBeNull();
  });
});

describe('thumbnails from captures', () => {
  const thumbnails = planThumbnails(gridOf(12, 25), { width: 854, height: 480 });

  it('come from one run', () => {
    const jpeg = ['-fps_mode', 'passthrough', '-c:v', 'mjpeg', '-q:v', '4', '-pix_fmt', 'yuvj420p', '-f', 'image2'];
    expect(thumbnailArgs(thumbnails, '/w')).toEqual([
      ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y'],
      ...['-f', 'image2', '-i', '/w/capture_%03d.jpg', '-filter_complex'],
      '[0:v]split=2[large][scored];[large]scale=320:180,setsar=1,split=2[thumbs][tiled];' +
        '[tiled]tile=3x1[sprites];[scored]scale=160:90,format=gray[scores]',
      ...['-map', '[thumbs]', ...jpeg, '/w/thumb_%03d.jpg'],
      ...['-map', '[sprites]', ...jpeg, '/w/sprite_%03d.jpg'],
      ...['-map', '[scores]', '-fps_mode', 'passthrough', '-c:v', 'rawvideo', '-f', 'rawvideo', '/w/scores.gray'],
    ]);
  });

  it('map time to rectangles', () => {
    expect(spriteVtt({ ...thumbnails, columns: 2 }, 12_000)).toBe(`WEBVTT

00:00:00.000 --> 00:00:05.000
sprite_001.jpg#xywh=0,0,320,180

00:00:05.000 --> 00:00:10.000
sprite_001.jpg#xywh=320,0,320,180

00:00:10.000 --> 00:00:12.000
sprite_002.jpg#xywh=0,0,320,180
`);
  });
});

describe('scoreLuma', () => {
  const [width, height] = [160, 90];
  const picture = (luma: (x: number, y: number) => number) =>
    Uint8Array.from({ length: width * height }, (_, at) => luma(at % width, Math.floor(at / width)));
  const checks = (size: number, dark: number, light: number) =>
    picture((x, y) => ((Math.floor(x / size) + Math.floor(y / size)) % 2 ? dark : light));
  const score = (bytes: Uint8Array) => scoreLuma(bytes, width, height);

  it('gives nothing to black, white and flat pictures', () => {
    expect([0, 255, 128].map((luma) => score(picture(() => luma)))).toEqual([0, 0, 0]);
  });

  it('prefers sharp to blurred, and well lit to dark', () => {
    const sharp = score(checks(8, 40, 200));
    const blurred = score(picture((x) => 128 + 70 * Math.sin(x / 25)));
    const dark = score(checks(8, 4, 30));
    expect(sharp).toBeGreaterThan(0.9);
    expect(blurred).toBeLessThan(sharp / 4);
    expect(dark).toBeLessThan(sharp / 4);
  });

  it('refuses bytes of another size', () => {
    expect(() => scoreLuma(new Uint8Array(10), width, height)).toThrow(RangeError);
  });

  it('picks the first of the best', () => {
    expect(bestScore([0.2, 0.9, 0.9, 0])).toBe(1);
    expect(bestScore([0, 0])).toBe(0);
  });
});
