import { CODEC_FAMILIES } from '../../../temporal/contract/media/families';
import { MalformedBoxError, type BoxReader } from '../isobmff/box';
import { VISUAL_ENTRY_FIELDS } from '../isobmff/codec';
import type { Family } from './family';
import { lowestLevel, type LevelLimits } from './level-table';

/** obu_type (AV1 6.2.2) of a frame header that stands alone, and of one with its tiles. */
const FRAME_HEADER = 3;
const FRAME = 6;

/** AV1 by SVT-AV1: the fewest bits, for browsers and newer devices. */
export const AV1: Family = {
  name: 'av1',
  ladder: [
    { shortSide: 2160, maxrateBps: 9_000_000, crf: 37, profile: 'main' },
    { shortSide: 1440, maxrateBps: 4_500_000, crf: 37, profile: 'main' },
    { shortSide: 1080, maxrateBps: 2_500_000, crf: 37, profile: 'main' },
    { shortSide: 720, maxrateBps: 1_400_000, crf: 37, profile: 'main' },
    { shortSide: 480, maxrateBps: 700_000, crf: 37, profile: 'main' },
    { shortSide: 360, maxrateBps: 400_000, crf: 37, profile: 'main' },
    { shortSide: 240, maxrateBps: 200_000, crf: 37, profile: 'main' },
  ],
  longestSide: 8192,
  level: (rung) => lowestLevel(LEVELS, rung),
  defaultSpeed: '9',
  encoderArgs: (rung, { framesPerSegment, speed }) => [
    ...['-c:v', 'libsvtav1', '-preset', speed, '-crf', String(rung.crf), '-g', String(framesPerSegment)],
    '-svtav1-params',
    [
      // A key frame at every segment start and nowhere else.
      ...['scd=0', 'irefresh-type=2'],
      // With a rate cap, any other level of parallelism gives other bytes in every run.
      ...['lp=1', `mbr=${rung.maxrateBps / 1000}`],
    ].join(':'),
  ],
  testEncodeArgs: ['-c:v', 'libsvtav1'],
  encoderNameIn: /SVT-AV1 Encoder Lib \S+/,
  slotMemoryBytes: CODEC_FAMILIES.av1.slotMemoryBytes,
  memoryBytesPerPixel: 170,
  packagerStream: 'video',
  mimeType: 'video/mp4',
  sampleEntries: ['av01'],
  /** `av01.P.LLT.DD`: profile, level, tier and bit depth (AV1 in ISOBMFF 5); what follows is left at its defaults, BT.709 in limited range. */
  codecString: (reader, entry) => {
    const { bodyStart } = reader.box('av1C', { ...entry, bodyStart: entry.bodyStart + VISUAL_ENTRY_FIELDS });
    const [profileAndLevel, flags] = [reader.u8(bodyStart + 1), reader.u8(bodyStart + 2)];
    const level = String(profileAndLevel & 0x1f).padStart(2, '0');
    const bitDepth = (flags & 0x40) === 0 ? '08' : (flags & 0x20) === 0 ? '10' : '12';
    return `av01.${profileAndLevel >> 5}.${level}${(flags & 0x80) === 0 ? 'M' : 'H'}.${bitDepth}`;
  },
  isKeyPicture: (reader, start, end) => {
    for (let offset = start; offset < end;) {
      const { type, payload, next } = readObu(reader, offset);
      // show_existing_frame is 0, and frame_type is KEY_FRAME.
      if (type === FRAME || type === FRAME_HEADER) return reader.u8(payload) >> 5 === 0;
      offset = next;
    }
    return false;
  },
};

/** AV1 A.3, main tier; its buffer is a second of the rate, which is bound by that alone. */
const LEVELS: readonly LevelLimits[] = [
  { level: '2.0', samples: 147_456, samplesPerSecond: 4_423_680, longestSide: 2048, bps: 1_500_000 },
  { level: '2.1', samples: 278_784, samplesPerSecond: 8_363_520, longestSide: 2816, bps: 3_000_000 },
  { level: '3.0', samples: 665_856, samplesPerSecond: 19_975_680, longestSide: 4352, bps: 6_000_000 },
  { level: '3.1', samples: 1_065_024, samplesPerSecond: 31_950_720, longestSide: 5504, bps: 10_000_000 },
  { level: '4.0', samples: 2_359_296, samplesPerSecond: 70_778_880, longestSide: 6144, bps: 12_000_000 },
  { level: '4.1', samples: 2_359_296, samplesPerSecond: 141_557_760, longestSide: 6144, bps: 20_000_000 },
  { level: '5.0', samples: 8_912_896, samplesPerSecond: 267_386_880, longestSide: 8192, bps: 30_000_000 },
  { level: '5.1', samples: 8_912_896, samplesPerSecond: 534_773_760, longestSide: 8192, bps: 40_000_000 },
  { level: '5.2', samples: 8_912_896, samplesPerSecond: 1_069_547_520, longestSide: 8192, bps: 60_000_000 },
  { level: '6.0', samples: 35_651_584, samplesPerSecond: 1_069_547_520, longestSide: 16_384, bps: 60_000_000 },
  { level: '6.1', samples: 35_651_584, samplesPerSecond: 2_139_095_040, longestSide: 16_384, bps: 100_000_000 },
  { level: '6.2', samples: 35_651_584, samplesPerSecond: 4_278_190_080, longestSide: 16_384, bps: 160_000_000 },
];

/** An open bitstream unit (AV1 5.3.1): its type, where its payload begins, and where the next one does. */
function readObu(reader: BoxReader, offset: number): { type: number; payload: number; next: number } {
  const header = reader.u8(offset);
  if ((header & 0x02) === 0) throw new MalformedBoxError('an OBU without a size');
  const hasExtension = (header & 0x04) !== 0;
  let size = 0;
  let payload = offset + (hasExtension ? 2 : 1);
  for (let shift = 0; ; shift += 7) {
    const byte = reader.u8(payload++);
    size += (byte & 0x7f) * 2 ** shift;
    if ((byte & 0x80) === 0) return { type: (header >> 3) & 0x0f, payload, next: payload + size };
    if (shift === 49) throw new MalformedBoxError('an OBU with an endless size');
  }
}
