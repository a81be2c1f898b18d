import { colourFacts } from './colour-facts';
import { belongsToLook, judgeInterlacing, parseFirstLook, type LookedAtPicture } from './first-look';
import type { ProbedStream } from './probed-container';

const UNMARKED = { range: 'unknown', matrix: 'unknown', primaries: 'unknown', transfer: 'unknown' };
const picture = (pixelFormat = 'yuv420p', colour: Partial<typeof UNMARKED> = {}): LookedAtPicture => ({
  ...{ width: 320, height: 180, pixelAspect: { num: 1, den: 1 }, pixelFormat },
  colour: { ...UNMARKED, ...colour },
});
const stream = (differences: Partial<ProbedStream> = {}): ProbedStream => ({
  ...{ index: 3, time_base: '1/25', disposition: {}, tags: {}, side_data_list: [] },
  ...differences,
});

describe('colourFacts', () => {
  it.each([
    ['gbr', 'yuv420p', 'bt709'],
    ['ycgco', 'yuv420p', 'bt709'],
    ['ictcp', 'yuv420p10le', 'smpte2084'],
    ['bt2020c', 'yuv420p10le', 'bt709'],
    ['bt2020c', 'yuv420p10le', 'smpte2084'],
    ['bt2020c', 'yuv420p10le', 'arib-std-b67'],
  ])('reads %s on %s with %s as unmarked, and says so', (matrix, pixelFormat, transfer) => {
    const { colour, warnings } = colourFacts(stream({ color_space: matrix, color_transfer: transfer }), picture(pixelFormat));
    expect(colour).toEqual({ primaries: null, transfer, matrix: null, range: null });
    expect(warnings).toEqual([expect.objectContaining({ code: 'ColourUnknown', track: 3 })]);
  });

  it.each([
    ['gbr', 'gbrp', 'bt709'],
    ['bt709', 'yuv420p', 'bt709'],
    ['smpte240m', 'yuv422p', 'smpte240m'],
  ])('believes %s on %s with %s', (matrix, pixelFormat, transfer) => {
    const { colour, warnings } = colourFacts(stream({ color_space: matrix, color_transfer: transfer }), picture(pixelFormat));
    expect({ ...colour, warnings }).toMatchObject({ matrix, transfer, warnings: [] });
  });

  it('asks the decoder where the container is silent', () => {
    const decoded = picture('yuv420p', { range: 'pc', matrix: 'bt470bg' });
    expect(colourFacts(stream(), decoded).colour).toMatchObject({ matrix: 'bt470bg', range: 'full' });
    expect(colourFacts(stream({ color_range: 'tv' }), decoded).colour.range).toBe('limited');
  });
});

describe('parseFirstLook', () => {
  const lines = [
    "[mpeg4 @ 0x55] Video uses a non-standard and wasteful way to store B-frames ('packed B-frames').",
    '[Parsed_showinfo_0 @ 0x7f] n:   0 pts:      0 pts_time:0       duration:      1 fmt:yuv420p10le cl:left sar:4/3 s:192x108 i:P iskey:1 type:I ',
    '[Parsed_showinfo_0 @ 0x7f] User Data=78',
    '[Parsed_showinfo_0 @ 0x7f] color_range:pc color_space:ycgco color_primaries:unknown color_trc:bt709',
    '[Parsed_showinfo_0 @ 0x7f] n:   1 pts:      1 fmt:rgb24 cl:left sar:1/1 s:64x64 i:P iskey:1 type:I ',
    '[Parsed_idet_1 @ 0x7f] Multi frame detection: TFF:     0 BFF:     0 Progressive:     0 Undetermined:     0',
    '[Parsed_idet_1 @ 0x7f] Multi frame detection: TFF:     2 BFF:     1 Progressive:    40 Undetermined:     7',
    '[h264 @ 0x55] error while decoding MB 0 0',
  ];

  it('describes the first picture, and how its lines were taken', () => {
    const kept = lines.filter(belongsToLook);
    expect(kept).toHaveLength(6);
    expect(parseFirstLook(kept.join('\n'))).toEqual({
      ...{ frames: 50, topFirst: 2, bottomFirst: 1, progressive: 40, isOriented: false, isPacked: true, hasCaptions: false },
      picture: {
        ...{ width: 192, height: 108, pixelAspect: { num: 4, den: 3 }, pixelFormat: 'yuv420p10le' },
        colour: { range: 'pc', matrix: 'ycgco', primaries: 'unknown', transfer: 'bt709' },
      },
    });
    expect(parseFirstLook('').picture).toBeNull();
  });

  it('leaves it to the marks of codecs that have some', () => {
    const interlaced = { topFirst: 40, bottomFirst: 0, progressive: 0 };
    expect(judgeInterlacing({ codec_name: 'h264', field_order: 'progressive' }, interlaced)).toBe('marked');
    expect(judgeInterlacing({ codec_name: 'ffv1' }, interlaced, 'h264')).toBe('marked');
    expect(judgeInterlacing({ codec_name: 'ffv1' }, interlaced)).toBe('top-first');
    expect(judgeInterlacing({ codec_name: 'vp9' }, interlaced)).toBe('none');
  });
});

describe('the light of an HDR picture', () => {
  const head =
    '[Parsed_showinfo_0 @ 0x1] n: 0 pts: 0 pts_time:0 duration: 512 fmt:yuv420p10le cl:left sar:1/1 s:854x480 i:P iskey:1 type:I \n' +
    '[Parsed_showinfo_0 @ 0x1] color_range:tv color_space:bt2020nc color_primaries:bt2020 color_trc:smpte2084\n';
  const mastering =
    '[Parsed_showinfo_0 @ 0x1]   side data - Mastering display metadata: has_primaries:1 has_luminance:1 r(0.6800,0.3200) g(0.2650,0.6900) ' +
    'b(0.1500 0.0600) wp(0.3127, 0.3290) min_luminance=0.000100, max_luminance=1000.000000\n';
  const levels = '[Parsed_showinfo_0 @ 0x1]   side data - Content light level metadata: MaxCLL=1000, MaxFALL=400\n';
  const masteringDisplay = {
    ...{ red: [34_000, 16_000], green: [13_250, 34_500], blue: [7_500, 3_000], white: [15_635, 16_450] },
    ...{ maxLuminance: 10_000_000, minLuminance: 1 },
  };
  const contentLight = { maxCll: 1000, maxFall: 400 };

  it.each([
    ['all of it', head + mastering + levels, { masteringDisplay, contentLight }],
    ['the screen alone', head + mastering, { masteringDisplay }],
    ['levels alone', head + levels, { contentLight }],
    ['nothing', head, undefined],
  ])('is read where the decoder tells %s', (_, stderr, light) => {
    expect(parseFirstLook(stderr).picture?.light).toEqual(light);
  });
});
