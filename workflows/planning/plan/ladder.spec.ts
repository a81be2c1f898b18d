import { CUSTOM_SHORT_SIDE, customRateBounds, type CustomRung } from '../../../temporal/contract/media/custom-ladder';
import { AV1 } from '../families/av1';
import type { Family } from '../families/family';
import { H264 } from '../families/h264';
import { HEVC } from '../families/hevc';
import { VP9 } from '../families/vp9';
import { h264Level } from '../families/h264-level';
import { planLadder, planRenditions } from './ladder';

const summary = (width: number, height: number, frameRate = { num: 25, den: 1 }) =>
  planLadder(H264, { width, height, frameRate }).map(
    (rung) => `${rung.name} ${rung.width}x${rung.height} ${rung.maxrateBps / 1000}k ${rung.profile}@${rung.level}`,
  );

describe('planLadder', () => {
  it.each([
    [
      '4K',
      summary(3840, 2160),
      [
        '2160p 3840x2160 18000k high@5.1',
        '1440p 2560x1440 9000k high@5',
        '1080p 1920x1080 5000k high@4',
        '720p 1280x720 2800k high@3.1',
        '480p 854x480 1400k main@3',
        '360p 640x360 800k main@3',
        '240p 426x240 400k main@2.1',
      ],
    ],
    [
      '1080p at 59.94 with the cap of the table',
      summary(1920, 1080, { num: 60000, den: 1001 }),
      [
        '1080p 1920x1080 7500k high@4.2',
        '720p 1280x720 4200k high@3.2',
        '480p 854x480 2100k main@3.1',
        '360p 640x360 1200k main@3.1',
        '240p 426x240 600k main@3',
      ],
    ],
    ['480p as it is', summary(854, 480), ['480p 854x480 1400k main@3', '360p 640x360 800k main@3', '240p 426x240 400k main@2.1']],
    [
      'a size between two rungs keeps it',
      summary(768, 432, { num: 25, den: 2 }),
      ['432p 768x432 1139k main@2.2', '360p 640x360 800k main@2.2', '240p 426x240 400k main@2.1'],
    ],
    ['a size just above a rung is brought to it', summary(656, 368), ['360p 642x360 800k main@3', '240p 428x240 400k main@2.1']],
    [
      'portrait',
      summary(1080, 1920),
      [
        '1080p 1080x1920 5000k high@4',
        '720p 720x1280 2800k high@3.1',
        '480p 480x854 1400k main@3',
        '360p 360x640 800k main@3',
        '240p 240x426 400k main@2.1',
      ],
    ],
    ['smaller than every rung', summary(176, 144), ['144p 176x144 185k main@1.1']],
    ['odd sizes', summary(853, 479), ['478p 852x478 1394k main@3', '360p 642x360 800k main@3', '240p 428x240 400k main@2.1']],
    [
      'ultra-wide, in one shape on all rungs',
      summary(5120, 1440, { num: 30, den: 1 }),
      [
        '1080p 3840x1080 5000k high@5',
        '720p 2560x720 2800k high@4',
        '480p 1706x480 1400k main@3.1',
        '360p 1280x360 800k main@3.1',
        '240p 854x240 400k main@3',
      ],
    ],
    [
      'tall beyond every level',
      summary(1000, 8000),
      ['480p 480x3840 1400k main@4', '360p 360x2880 800k main@3.2', '240p 240x1920 400k main@3.1'],
    ],
    ['tiny', summary(3, 3), ['2p 2x2 64k main@1']],
  ])('%s', (_, rungs, expected) => {
    expect(rungs).toEqual(expected);
  });

  it('keeps the shape of any picture on every rung', () => {
    for (const [width, height] of [
      [8192, 200],
      [5120, 1440],
      [7680, 4320],
      [6000, 3376],
      [2048, 8192],
      [4098, 1716],
      [4096, 2160],
    ] as const) {
      for (const rung of planLadder(H264, { width, height, frameRate: { num: 25, den: 1 } })) {
        expect(Math.max(rung.width, rung.height)).toBeLessThanOrEqual(4096);
        // One pixel of rounding to even sizes on either side.
        expect(Math.abs(rung.width * height - rung.height * width)).toBeLessThanOrEqual(1.5 * (width + height));
      }
    }
  });

  it('lets a scene borrow two seconds of its rate', () => {
    expect(planLadder(H264, { width: 640, height: 360, frameRate: { num: 24, den: 1 } })[0]).toEqual({
      name: '360p',
      width: 640,
      height: 360,
      crf: 22,
      maxrateBps: 800_000,
      bufsizeBits: 1_600_000,
      profile: 'main',
      level: '3',
    });
  });
});

describe('h264Level', () => {
  const rates = { maxrateBps: 1_000_000, bufsizeBits: 2_000_000 };

  it.each([
    [1280, 720, 30, '3.1'],
    [1280, 720, 31, '3.2'],
    [1920, 1080, 30, '4'],
    [1920, 1080, 60, '4.2'],
    [4096, 16, 30, '4'],
    [7680, 4320, 60, '6.1'],
  ])('%dx%d at %d', (width, height, num, level) => {
    expect(h264Level({ width, height, frameRate: { num, den: 1 }, ...rates })).toBe(level);
  });

  it('rises with the bit rate and the buffer', () => {
    const size = { width: 1280, height: 720, frameRate: { num: 25, den: 1 } };
    expect(h264Level({ ...size, maxrateBps: 20_000_000, bufsizeBits: 1 })).toBe('3.2');
    expect(h264Level({ ...size, maxrateBps: 1, bufsizeBits: 62_000_000 })).toBe('4.1');
  });

  it('refuses what no level holds', () => {
    expect(() => h264Level({ width: 20_000, height: 20_000, frameRate: { num: 25, den: 1 }, ...rates })).toThrow(RangeError);
  });
});

describe('bounds of a ladder', () => {
  const names = (width: number, height: number, bounds: Parameters<typeof planLadder>[2]) =>
    planLadder(H264, { width, height, frameRate: { num: 25, den: 1 } }, bounds).map(({ name }) => name);

  it.each<[string, string[], string[]]>([
    ['no rung above the highest', names(1920, 1080, { highestRung: '720p' }), ['720p', '480p', '360p', '240p']],
    ['none below the lowest', names(1920, 1080, { lowestRung: '480p' }), ['1080p', '720p', '480p']],
    ['one rung', names(1920, 1080, { highestRung: '720p', lowestRung: '720p' }), ['720p']],
    ['portrait by its short side', names(1080, 1920, { highestRung: '480p', lowestRung: '360p' }), ['480p', '360p']],
    ['no own size above the highest', names(768, 432, { highestRung: '360p' }), ['360p', '240p']],
    ['an own size below it', names(768, 432, { highestRung: '480p', lowestRung: '360p' }), ['432p', '360p']],
    ['never upscaled: a source below the lowest keeps its own size', names(640, 360, { lowestRung: '720p' }), ['360p']],
    ['nor is one below all rungs', names(160, 120, { highestRung: '240p', lowestRung: '240p' }), ['120p']],
  ])('%s', (_, made, expected) => expect(made).toEqual(expected));
});

it('a preset sets quality and caps by rung', () => {
  const colour = { primaries: null, transfer: null, matrix: null, range: null };
  const source = { width: 1280, height: 720, frameRate: { num: 25, den: 1 }, colour };
  const families = { h264: { speed: 'medium', crf: { '720p': 20 }, capPercent: 150 } } as const;
  const { speed, rungs } = planRenditions(H264, source, { families });
  expect([speed, ...rungs.slice(0, 2).map(({ name, crf, maxrateBps }) => `${name} ${crf} ${maxrateBps}`)]).toEqual([
    'medium',
    '720p 20 4200000',
    '480p 22 2100000',
  ]);
  expect(planRenditions(H264, source, { families: {} })).toEqual({ family: 'h264', speed: 'veryfast', rungs: planLadder(H264, source) });
});

describe('a ladder that an upload brings', () => {
  const colour = { primaries: null, transfer: null, matrix: null, range: null };
  const LADDER = [
    { shortSide: 1080, maxrateBps: 6_000_000 },
    { shortSide: 540, maxrateBps: 1_800_000 },
    { longSide: 480, maxrateBps: 500_000 },
  ];
  const plan = (
    family: Family,
    width: number,
    height: number,
    { ladder = LADDER, num = 25 }: { ladder?: CustomRung[]; num?: number } = {},
  ) =>
    planRenditions(family, { width, height, frameRate: { num, den: 1 }, colour }, { families: {}, ladder }).rungs.map(
      (rung) => `${rung.name} ${rung.width}x${rung.height} ${rung.maxrateBps / 1000}k crf ${rung.crf} ${rung.profile}@${rung.level}`,
    );

  it.each<[string, string[], string[]]>([
    [
      'is made as it is, at the quality of the table',
      plan(H264, 1920, 1080),
      ['1080p 1920x1080 6000k crf 22 high@4', '540p 960x540 1800k crf 22 high@3.1', '270p 480x270 500k crf 22 main@2.1'],
    ],
    [
      'has the same rates at 50 frames per second',
      plan(H264, 1920, 1080, { num: 50 }),
      ['1080p 1920x1080 6000k crf 22 high@4.2', '540p 960x540 1800k crf 22 high@3.1', '270p 480x270 500k crf 22 main@3'],
    ],
    [
      'has the share of another family in its rates',
      plan(HEVC, 1920, 1080),
      ['1080p 1920x1080 3600k crf 24 main@4', '540p 960x540 1080k crf 24 main@3', '270p 480x270 300k crf 24 main@2.1'],
    ],
    [
      'turns with a portrait picture',
      plan(H264, 1080, 1920),
      ['1080p 1080x1920 6000k crf 22 high@4', '540p 540x960 1800k crf 22 high@3.1', '270p 270x480 500k crf 22 main@2.1'],
    ],
    [
      'follows the shape of the picture where it names the long side',
      plan(H264, 1440, 1080),
      ['1080p 1440x1080 6000k crf 22 high@4', '540p 720x540 1800k crf 22 high@3', '360p 480x360 500k crf 22 main@2.1'],
    ],
    ['is never upscaled', plan(H264, 1280, 720), ['540p 960x540 1800k crf 22 high@3.1', '270p 480x270 500k crf 22 main@2.1']],
    ['gives a source below all rungs its own size', plan(H264, 320, 180), ['180p 320x180 261k crf 22 main@1.2']],
    [
      'has a size once that two rungs come to',
      plan(H264, 1440, 1080, {
        ladder: [
          { longSide: 1280, maxrateBps: 3_000_000 },
          { shortSide: 960, maxrateBps: 4_000_000 },
        ],
      }),
      ['960p 1280x960 4000k crf 22 high@3.2'],
    ],
  ])('%s', (_, made, expected) => expect(made).toEqual(expected));

  it('fits a level of every family at the bounds of its rates', () => {
    for (const shortSide of [CUSTOM_SHORT_SIDE.least, 240, 720, 1080, 1440, CUSTOM_SHORT_SIDE.most]) {
      const { leastBps, mostBps } = customRateBounds({ shortSide });
      for (const maxrateBps of [leastBps, mostBps]) {
        for (const family of [H264, HEVC, AV1, VP9])
          expect(plan(family, 3840, 2160, { ladder: [{ shortSide, maxrateBps }], num: 60 })).toHaveLength(1);
      }
    }
  });

  it('gives up the bounds of the preset', () => {
    const source = { width: 1280, height: 720, frameRate: { num: 25, den: 1 }, colour };
    const request = { families: {}, ladder: LADDER, highestRung: '240p' } as const;
    expect(planRenditions(H264, source, request).rungs[0]!.name).toBe('540p');
  });
});
