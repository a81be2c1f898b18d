import { CODEC_FAMILIES } from '../../../temporal/contract/media/families';
import type { HdrPicture } from '../../../temporal/contract/media/hdr';
import type { VideoRung } from '../../../temporal/contract/media/plan';
import { MalformedBoxError, type BoxReader } from '../isobmff/box';
import { hexOf, VISUAL_ENTRY_FIELDS } from '../isobmff/codec';
import { nalHeaders } from '../isobmff/nal-units';
import type { Family } from './family';
import { hdrLadder, masteringText, WITHOUT_DOLBY_VISION } from './hdr';
import { lowestLevel, type LevelLimits } from './level-table';

/** nal_unit_type (ITU-T H.265 table 7-1): coded slices come before the others, two of them belong to IDR pictures. */
const LAST_SLICE_TYPE = 31;
const IDR_TYPES = [19, 20];

/** HEVC by x265, with its parameter sets in the sample entry (`hvc1`): what Apple's players and televisions decode. */
export const HEVC: Family = {
  name: 'hevc',
  ladder: [
    { shortSide: 2160, maxrateBps: 10_800_000, crf: 24, profile: 'main' },
    { shortSide: 1440, maxrateBps: 5_400_000, crf: 24, profile: 'main' },
    { shortSide: 1080, maxrateBps: 3_000_000, crf: 24, profile: 'main' },
    { shortSide: 720, maxrateBps: 1_680_000, crf: 24, profile: 'main' },
    { shortSide: 480, maxrateBps: 840_000, crf: 24, profile: 'main' },
    { shortSide: 360, maxrateBps: 480_000, crf: 24, profile: 'main' },
    { shortSide: 240, maxrateBps: 240_000, crf: 24, profile: 'main' },
  ],
  longestSide: 4096,
  level: (rung) => lowestLevel(LEVELS, rung),
  defaultSpeed: 'superfast',
  encoderArgs: (rung, { framesPerSegment, speed }) => [
    ...['-c:v', 'libx265', '-preset', speed, '-tag:v', 'hvc1', '-profile:v', rung.profile, '-crf', String(rung.crf)],
    ...(rung.hdr ? WITHOUT_DOLBY_VISION : []),
    '-x265-params',
    [
      // Its options in the stream would put the machine into the sample description.
      ...['info=0', 'log-level=error'],
      // With a rate cap, more frame threads give other bytes in every run; the default follows the number of cores.
      ...['frame-threads=1', 'pools=1', `level-idc=${rung.level}`],
      ...[`keyint=${framesPerSegment}`, `min-keyint=${framesPerSegment}`, 'scenecut=0', 'open-gop=0'],
      // x265 reads whole numbers, and complains of the fraction that a cap of a high frame rate may have.
      ...[`vbv-maxrate=${Math.floor(rung.maxrateBps / 1000)}`, `vbv-bufsize=${Math.floor(rung.bufsizeBits / 1000)}`],
      ...(rung.hdr ? hdrParams(rung, rung.hdr) : []),
    ].join(':'),
  ],
  testEncodeArgs: ['-c:v', 'libx265'],
  encoderNameIn: /HEVC encoder version \S+/,
  slotMemoryBytes: CODEC_FAMILIES.hevc.slotMemoryBytes,
  memoryBytesPerPixel: { ultrafast: 160, superfast: 160, veryfast: 175, faster: 180, fast: 190, medium: 215 },
  packagerStream: 'video',
  mimeType: 'video/mp4',
  sampleEntries: ['hvc1'],
  codecString: (reader, entry) => {
    const { bodyStart } = reader.box('hvcC', { ...entry, bodyStart: entry.bodyStart + VISUAL_ENTRY_FIELDS });
    return `hvc1.${profileTierLevel(reader, bodyStart)}`;
  },
  isKeyPicture: (reader, start, end) => {
    for (const header of nalHeaders(reader, start, end)) {
      const type = (header >> 1) & 0x3f;
      if (type <= LAST_SLICE_TYPE) return IDR_TYPES.includes(type);
    }
    return false;
  },
};

/** HDR10 and HLG in Main 10. Colours reach the encoder with the frames. */
export const HEVC_HDR: Family = {
  ...HEVC,
  name: 'hevc-hdr',
  ladder: hdrLadder(HEVC.ladder, 'main10'),
  testEncodeArgs: [...HEVC.testEncodeArgs, '-pix_fmt', 'yuv420p10le', '-profile:v', 'main10'],
  slotMemoryBytes: CODEC_FAMILIES['hevc-hdr'].slotMemoryBytes,
  memoryBytesPerPixel: { ultrafast: 200, superfast: 200, veryfast: 220, faster: 225, fast: 235, medium: 265 },
  hdrCodec: /^hvc1\.2\./,
};

/** Of a picture of which ten frames in ten bits of lookahead would not fit a slot. */
const LARGE_SAMPLES = 2560 * 1440;
/** Bounds the frames that the encoder holds: 1659 MiB in place of 1900 for 2160p. Lookahead has to exceed the B-frames in a row. */
const FEWER_FRAMES = ['rc-lookahead=5', 'bframes=3'];

/**
 * What the source says of its light becomes messages of every key frame (ITU-T H.265 D.2.28, D.2.35). Bright and coloured blocks are quantised
 * as PQ asks for.
 */
function hdrParams({ width, height }: VideoRung, { transfer, masteringDisplay, contentLight }: HdrPicture): string[] {
  const steps = { chromaticity: String, luminance: String };
  return [
    ...(width * height > LARGE_SAMPLES ? FEWER_FRAMES : []),
    ...(transfer === 'pq' ? ['hdr10-opt=1'] : []),
    ...(masteringDisplay ? [`master-display=${masteringText(masteringDisplay, steps)}`] : []),
    ...(contentLight ? [`max-cll=${contentLight.maxCll},${contentLight.maxFall}`] : []),
  ];
}

/** Most bits of the buffer are as many as those of a second. */
type LevelRow = Pick<LevelLimits, 'level' | 'samples' | 'samplesPerSecond'> & { kbps: number; bufferKbit?: number };

/** ITU-T H.265 tables A.8 and A.9, main tier; sides of at most the square root of eight times the samples. */
const LEVELS: readonly LevelLimits[] = [
  row({ level: '1', samples: 36_864, samplesPerSecond: 552_960, kbps: 128, bufferKbit: 350 }),
  row({ level: '2', samples: 122_880, samplesPerSecond: 3_686_400, kbps: 1_500 }),
  row({ level: '2.1', samples: 245_760, samplesPerSecond: 7_372_800, kbps: 3_000 }),
  row({ level: '3', samples: 552_960, samplesPerSecond: 16_588_800, kbps: 6_000 }),
  row({ level: '3.1', samples: 983_040, samplesPerSecond: 33_177_600, kbps: 10_000 }),
  row({ level: '4', samples: 2_228_224, samplesPerSecond: 66_846_720, kbps: 12_000 }),
  row({ level: '4.1', samples: 2_228_224, samplesPerSecond: 133_693_440, kbps: 20_000 }),
  row({ level: '5', samples: 8_912_896, samplesPerSecond: 267_386_880, kbps: 25_000 }),
  row({ level: '5.1', samples: 8_912_896, samplesPerSecond: 534_773_760, kbps: 40_000 }),
  row({ level: '5.2', samples: 8_912_896, samplesPerSecond: 1_069_547_520, kbps: 60_000 }),
  row({ level: '6', samples: 35_651_584, samplesPerSecond: 1_069_547_520, kbps: 60_000 }),
  row({ level: '6.1', samples: 35_651_584, samplesPerSecond: 2_139_095_040, kbps: 120_000 }),
  row({ level: '6.2', samples: 35_651_584, samplesPerSecond: 4_278_190_080, kbps: 240_000 }),
];

function row({ kbps, bufferKbit = kbps, ...limits }: LevelRow): LevelLimits {
  return { ...limits, longestSide: Math.sqrt(8 * limits.samples), bps: kbps * 1000, bufferBits: bufferKbit * 1000 };
}

/** ISO/IEC 14496-15 E.3: profile, compatibility flags in reverse bit order, tier and level, constraint bytes without trailing zeros. */
function profileTierLevel(reader: BoxReader, hvcC: number): string {
  const profile = reader.u8(hvcC + 1);
  if (profile >> 6 !== 0) throw new MalformedBoxError('a general_profile_space');
  const compatibility = [
    ...reader
      .u32(hvcC + 2)
      .toString(2)
      .padStart(32, '0'),
  ]
    .reverse()
    .join('');
  const constraints = [6, 7, 8, 9, 10, 11].map((index) => reader.u8(hvcC + index));
  const lastUsed = constraints.findLastIndex((byte) => byte !== 0);
  return [
    String(profile & 0x1f),
    parseInt(compatibility, 2).toString(16),
    `${(profile & 0x20) === 0 ? 'L' : 'H'}${reader.u8(hvcC + 12)}`,
    ...constraints.slice(0, lastUsed + 1).map((byte) => hexOf([byte])),
  ].join('.');
}
