import { declaredTurn, turnFilters } from './turn';
import { crediblePixelAspect, sourceShape } from './source-shape';

const ONE = 65_536;
const WITHOUT_MATRIX = 'sidedata=mode=delete:type=DISPLAYMATRIX';
/** As ffprobe prints it. */
const declared = (a: number, b: number, c: number, d: number) =>
  declaredTurn({
    frames: [{ side_data_list: [{}, { displaymatrix: `\n00000000: ${a} ${b} 0\n00000001: ${c} ${d} 0\n00000002: 0 0 1073741824\n` }] }],
  });
/** A picture that is mirrored upside down, if at all, and then turned clockwise. */
const turnedBy = (degrees: number, isMirrored = false) => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)].map((part) => Math.round(part * ONE)) as [
    number,
    number,
  ];
  return isMirrored ? declared(cos, sin, sin, -cos) : declared(cos, sin, -sin, cos);
};

describe('declaredTurn', () => {
  it.each([
    [90, ['transpose=clock']],
    [180, ['hflip', 'vflip']],
    [270, ['transpose=cclock']],
  ])('turns by %d degrees', (degrees, filters) => {
    const { turn, inexactDegrees } = turnedBy(degrees) ?? {};
    expect(turn && turnFilters(turn)).toEqual([WITHOUT_MATRIX, ...filters]);
    expect(inexactDegrees).toBeNull();
  });

  it.each([
    [0, ['vflip']],
    [90, ['transpose=cclock_flip']],
    [180, ['hflip']],
    [270, ['transpose=clock_flip']],
  ])('mirrors and turns by %d degrees', (degrees, filters) => {
    const { turn } = turnedBy(degrees, true) ?? {};
    expect(turn && turnFilters(turn)).toEqual([WITHOUT_MATRIX, ...filters]);
  });

  it('leaves pictures alone that are not turned, and those without a matrix', () => {
    expect(turnedBy(0)).toBeNull();
    expect(turnedBy(0.5)).toBeNull();
    expect(declared(0, 0, 0, 0)).toBeNull();
    expect(declaredTurn({ frames: [] })).toBeNull();
  });

  it.each([
    [30, 0],
    [-30, 0],
    [50, 1],
    [-100, 3],
    [170, 2],
  ])('takes the nearest quarter turn to %d degrees', (degrees, quarters) => {
    expect(turnedBy(degrees)).toEqual({ turn: { quarters, isMirrored: false }, inexactDegrees: degrees });
  });
});

describe('sourceShape', () => {
  const colour = { range: 'unknown', matrix: 'unknown', primaries: 'unknown', transfer: 'unknown' };
  const picture = (num: number, den: number) => ({ width: 720, height: 576, pixelAspect: { num, den }, pixelFormat: 'yuv420p', colour });

  it('lays the picture and its pixels on their side', () => {
    const { coded, shown, warnings } = sourceShape(picture(16, 15), turnedBy(90), 0);
    expect(coded).toEqual({ width: 720, height: 576, pixelAspect: { num: 16, den: 15 } });
    expect(shown).toMatchObject({ width: 576, height: 720, pixelAspect: { num: 15, den: 16 } });
    expect(warnings).toEqual([]);
  });

  it('warns of angles and of pixels that it does not believe', () => {
    expect(sourceShape(picture(1000, 1), turnedBy(-30), 3)).toMatchObject({
      coded: { width: 720, height: 576, pixelAspect: { num: 1, den: 1 } },
      isAspectReplaced: true,
      warnings: [
        {
          code: 'ShapeAdjusted',
          track: 3,
          message: 'The file says that pixels are 1000:1, which cannot be meant; they are shown as squares.',
        },
        {
          code: 'ShapeAdjusted',
          message: 'The file says that the picture is turned by -30 degrees; it is turned by 0, the nearest quarter turn.',
        },
      ],
    });
  });

  it.each([
    ['352x576 at 2.21:1', { num: 2_210 * 576, den: 352_000 }],
    ['half of the lines', { num: 1, den: 2 }],
    ['anamorphic film', { num: 2, den: 1 }],
  ])('believes the pixels of %s', (_, aspect) => {
    expect(crediblePixelAspect(aspect)).toBe(aspect);
  });
});
