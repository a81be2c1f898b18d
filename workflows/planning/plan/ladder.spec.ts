import { H264 } from '../families/h264';
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
