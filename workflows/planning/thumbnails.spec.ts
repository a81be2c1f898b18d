import type { Plan } from '../../temporal/contract/plan';
import { countSprites, planThumbnails, posterArgs, spriteArgs, spriteVtt, thumbnailArgs } from './ffmpeg-thumbnails';
import { bestScore, scoreLuma } from './poster-score';

describe('planThumbnails', () => {
  it('captures the middle of every five seconds', () => {
    expect(planThumbnails({ durationMs: 12_000, width: 854, height: 480 })).toEqual({
      timesMs: [2500, 7500, 11_000],
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
    const plan = planThumbnails({ durationMs: 4 * 3_600_000, width: 1080, height: 1920 });
    expect(plan).toMatchObject({ intervalMs: 60_000, width: 180, height: 320, posterWidth: 720, posterHeight: 1280 });
    expect(plan.timesMs).toHaveLength(240);
    expect(countSprites(plan)).toBe(10);
  });

  it('captures a clip of one frame once', () => {
    expect(planThumbnails({ durationMs: 40, width: 100, height: 100 })).toMatchObject({ timesMs: [20], width: 100, columns: 1, rows: 1 });
  });
});

describe('arguments', () => {
  const thumbnails = planThumbnails({ durationMs: 12_000, width: 854, height: 480 });
  const video = { streamIndex: 0, firstPts: 133_500, timebase: { num: 1, den: 90_000 } };
  const plan = { thumbnails, source: { startTimeUs: 1_462_000, video } } as Plan;
  const input = (seconds: string): string[] => [
    ...['-threads', '1', '-noaccurate_seek', '-ss', seconds, '-protocol_whitelist', 'file', '-format_whitelist'],
    ...[expect.stringContaining('mov,matroska') as string, '-i', '/w/source.mp4'],
  ];
  const global = ['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-benchmark', '-y'];
  const one = ['-frames:v', '1', '-fps_mode', 'passthrough'];
  const jpeg = [...one, '-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p', '-f', 'image2', '-update', '1'];

  it('seek once per capture', () => {
    expect(thumbnailArgs({ sourceUrl: '/w/source.mp4', plan, firstIndex: 1, count: 2, outFolder: '/w' })).toEqual([
      ...global,
      ...input('7.521333'),
      ...input('11.021333'),
      '-filter_complex',
      '[0:0]scale=320:180,setsar=1,split=2[t0][u0];[u0]scale=160:90,format=gray[g0];' +
        '[1:0]scale=320:180,setsar=1,split=2[t1][u1];[u1]scale=160:90,format=gray[g1]',
      ...['-map', '[t0]', ...jpeg, '/w/thumb_002.jpg'],
      ...['-map', '[g0]', ...one, '-c:v', 'rawvideo', '-f', 'rawvideo', '/w/thumb_002.gray'],
      ...['-map', '[t1]', ...jpeg, '/w/thumb_003.jpg'],
      ...['-map', '[g1]', ...one, '-c:v', 'rawvideo', '-f', 'rawvideo', '/w/thumb_003.gray'],
    ]);
    expect(() => thumbnailArgs({ sourceUrl: '/w/source.mp4', plan, firstIndex: 2, count: 2, outFolder: '/w' })).toThrow(RangeError);
  });

  it('take the poster from the same key frame', () => {
    expect(posterArgs({ sourceUrl: '/w/source.mp4', plan, timeMs: 7500, outPath: '/w/poster.jpg' })).toEqual([
      ...global,
      ...input('7.521333'),
      ...['-map', '0:0', '-vf', 'scale=854:480,setsar=1', ...jpeg, '/w/poster.jpg'],
    ]);
  });

  it('tile a sheet', () => {
    expect(spriteArgs({ thumbnails, sheetIndex: 1, thumbFolder: '/w', outPath: '/w/sprite_002.jpg' })).toEqual([
      ...global,
      ...['-f', 'image2', '-start_number', '4', '-i', '/w/thumb_%03d.jpg', '-vf', 'tile=3x1', ...jpeg, '/w/sprite_002.jpg'],
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
