import { CODEC_FAMILIES } from '../../../temporal/contract/media/families';
import { VISUAL_ENTRY_FIELDS } from '../isobmff/codec';
import type { Family } from './family';
import { lowestLevel, type LevelLimits } from './level-table';

/** Average rate over its cap: with `-b:v 0` libvpx has no cap at all. */
const TARGET_SHARE = 0.9;

/** VP9 by libvpx: for players that lack everything newer. It costs the most, so it is encoded on request only. */
export const VP9: Family = {
  name: 'vp9',
  ladder: [
    { shortSide: 2160, maxrateBps: 11_700_000, crf: 34, profile: '0' },
    { shortSide: 1440, maxrateBps: 5_850_000, crf: 34, profile: '0' },
    { shortSide: 1080, maxrateBps: 3_250_000, crf: 34, profile: '0' },
    { shortSide: 720, maxrateBps: 1_820_000, crf: 34, profile: '0' },
    { shortSide: 480, maxrateBps: 910_000, crf: 34, profile: '0' },
    { shortSide: 360, maxrateBps: 520_000, crf: 34, profile: '0' },
    { shortSide: 240, maxrateBps: 260_000, crf: 34, profile: '0' },
  ],
  longestSide: 8192,
  level: (rung) => lowestLevel(LEVELS, rung),
  defaultSpeed: '5',
  encoderArgs: (rung, { framesPerSegment, speed }) => [
    ...['-c:v', 'libvpx-vp9', '-deadline', 'good', '-cpu-used', speed, '-profile:v', rung.profile, '-crf', String(rung.crf)],
    ...['-b:v', String(Math.round(rung.maxrateBps * TARGET_SHARE))],
    ...['-maxrate', String(rung.maxrateBps), '-bufsize', String(rung.bufsizeBits)],
    ...['-g', String(framesPerSegment), '-keyint_min', String(framesPerSegment)],
    // With and without rows in parallel the bytes differ; with one setting they are the same for any number of threads.
    ...['-threads', '1', '-row-mt', '0'],
  ],
  testEncodeArgs: ['-c:v', 'libvpx-vp9'],
  encoderNameIn: /(?<=\[libvpx-vp9 @ \w+\] )v\d\S+/,
  slotMemoryBytes: CODEC_FAMILIES.vp9.slotMemoryBytes,
  memoryBytesPerPixel: { 5: 160, 4: 160, 3: 160 },
  packagerStream: 'video',
  mimeType: 'video/mp4',
  sampleEntries: ['vp09'],
  /** `vp09.PP.LL.DD.CC.cp.tc.mc.FF` (VP Codec ISO Media File Format Binding, "Codecs Parameter String"), all of it from `vpcC`. */
  codecString: (reader, entry) => {
    const { bodyStart } = reader.box('vpcC', { ...entry, bodyStart: entry.bodyStart + VISUAL_ENTRY_FIELDS });
    const [profile, level, packed, ...colour] = [4, 5, 6, 7, 8, 9].map((offset) => reader.u8(bodyStart + offset)) as [
      number,
      number,
      number,
    ];
    const fields = [profile, level, packed >> 4, (packed >> 1) & 0x07, ...colour, packed & 0x01];
    return `vp09.${fields.map((field) => String(field).padStart(2, '0')).join('.')}`;
  },
  isKeyPicture: (reader, start) => isKeyFrame(reader.u8(start)),
};

/** VP9 bitstream overview, annex A: the limits of levels. */
const LEVELS: readonly LevelLimits[] = [
  { level: '1', samples: 36_864, samplesPerSecond: 829_440, longestSide: 512, bps: 200_000, bufferBits: 400_000 },
  { level: '1.1', samples: 73_728, samplesPerSecond: 2_764_800, longestSide: 768, bps: 800_000, bufferBits: 1_000_000 },
  { level: '2', samples: 122_880, samplesPerSecond: 4_608_000, longestSide: 960, bps: 1_800_000, bufferBits: 1_500_000 },
  { level: '2.1', samples: 245_760, samplesPerSecond: 9_216_000, longestSide: 1344, bps: 3_600_000, bufferBits: 2_800_000 },
  { level: '3', samples: 552_960, samplesPerSecond: 20_736_000, longestSide: 2048, bps: 7_200_000, bufferBits: 6_000_000 },
  { level: '3.1', samples: 983_040, samplesPerSecond: 36_864_000, longestSide: 2752, bps: 12_000_000, bufferBits: 10_000_000 },
  { level: '4', samples: 2_228_224, samplesPerSecond: 83_558_400, longestSide: 4160, bps: 18_000_000, bufferBits: 16_000_000 },
  { level: '4.1', samples: 2_228_224, samplesPerSecond: 160_432_128, longestSide: 4160, bps: 30_000_000, bufferBits: 18_000_000 },
  { level: '5', samples: 8_912_896, samplesPerSecond: 311_951_360, longestSide: 8384, bps: 60_000_000, bufferBits: 36_000_000 },
  { level: '5.1', samples: 8_912_896, samplesPerSecond: 588_251_136, longestSide: 8384, bps: 120_000_000, bufferBits: 46_000_000 },
  { level: '5.2', samples: 8_912_896, samplesPerSecond: 1_176_502_272, longestSide: 8384, bps: 180_000_000 },
  { level: '6', samples: 35_651_584, samplesPerSecond: 1_176_502_272, longestSide: 16_832, bps: 180_000_000 },
  { level: '6.1', samples: 35_651_584, samplesPerSecond: 2_353_004_544, longestSide: 16_832, bps: 240_000_000 },
  { level: '6.2', samples: 35_651_584, samplesPerSecond: 4_706_009_088, longestSide: 16_832, bps: 480_000_000 },
];

/** The first bits of an uncompressed header (VP9 6.2) of profile 0 to 2: marker, profile, show_existing_frame, frame_type. */
function isKeyFrame(firstByte: number): boolean {
  const isFrame = firstByte >> 6 === 0b10;
  return isFrame && (firstByte & 0b0000_1100) === 0;
}
