import { CODEC_FAMILIES } from '../../../temporal/contract/media/families';
import type { HdrPicture } from '../../../temporal/contract/media/hdr';
import { MalformedBoxError, type BoxReader } from '../isobmff/box';
import { VISUAL_ENTRY_FIELDS } from '../isobmff/codec';
import { isHdr, readColour, type EntryColour } from '../isobmff/colour';
import type { Family } from './family';
import { hdrLadder, masteringText, WITHOUT_DOLBY_VISION } from './hdr';
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
    ...(rung.hdr ? WITHOUT_DOLBY_VISION : []),
    '-svtav1-params',
    [
      // A key frame at every segment start and nowhere else.
      ...['scd=0', 'irefresh-type=2'],
      // With a rate cap, any other level of parallelism gives other bytes in every run.
      ...['lp=1', `mbr=${rung.maxrateBps / 1000}`],
      ...(rung.hdr ? hdrParams(rung.hdr) : []),
    ].join(':'),
  ],
  testEncodeArgs: ['-c:v', 'libsvtav1'],
  encoderNameIn: /SVT-AV1 Encoder Lib \S+/,
  slotMemoryBytes: CODEC_FAMILIES.av1.slotMemoryBytes,
  memoryBytesPerPixel: { 9: 170, 8: 185, 7: 255, 6: 255 },
  packagerStream: 'video',
  mimeType: 'video/mp4',
  sampleEntries: ['av01'],
  /** `av01.P.LLT.DD`: profile, level, tier and bit depth (AV1 in ISOBMFF 5), then the colours where they are those of HDR. */
  codecString: (reader, entry) => {
    const { bodyStart } = reader.box('av1C', { ...entry, bodyStart: entry.bodyStart + VISUAL_ENTRY_FIELDS });
    const [profileAndLevel, flags] = [reader.u8(bodyStart + 1), reader.u8(bodyStart + 2)];
    const level = String(profileAndLevel & 0x1f).padStart(2, '0');
    const bitDepth = (flags & 0x40) === 0 ? '08' : (flags & 0x20) === 0 ? '10' : '12';
    const codec = `av01.${profileAndLevel >> 5}.${level}${(flags & 0x80) === 0 ? 'M' : 'H'}.${bitDepth}`;
    const colour = readColour(reader, entry);
    return colour && isHdr(colour) ? `${codec}.${colourFields(flags, colour)}` : codec;
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

/** HDR10 and HLG in ten bits. Colours reach the encoder with the frames. */
export const AV1_HDR: Family = {
  ...AV1,
  name: 'av1-hdr',
  ladder: hdrLadder(AV1.ladder, 'main'),
  testEncodeArgs: [...AV1.testEncodeArgs, '-pix_fmt', 'yuv420p10le'],
  slotMemoryBytes: CODEC_FAMILIES['av1-hdr'].slotMemoryBytes,
  memoryBytesPerPixel: { 9: 185, 8: 200, 7: 275, 6: 275 },
  hdrCodec: /^av01\.0\.\d\d[MH]\.10\.0\.11\d\.09\.1[68]\.09\.0$/,
};

/** What the source says of its light becomes metadata of every key frame (AV1 5.8.3, 5.8.4). */
function hdrParams({ masteringDisplay, contentLight }: HdrPicture): string[] {
  const plain = { chromaticity: (step: number) => (step / 50_000).toFixed(5), luminance: (step: number) => (step / 10_000).toFixed(4) };
  return [
    ...(masteringDisplay ? [`mastering-display=${masteringText(masteringDisplay, plain)}`] : []),
    ...(contentLight ? [`content-light=${contentLight.maxCll},${contentLight.maxFall}`] : []),
  ];
}

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

/**
 * `M.CCC.cp.tc.mc.F` (AV1 in ISOBMFF 5): monochrome, subsampling and place of chroma, then primaries, transfer, matrix and full range. All are
 * written when one differs from its default, which is BT.709 in limited range; SDR in other colours leaves them out, as decoders do not ask.
 */
function colourFields(flags: number, { primaries, transfer, matrix, isFullRange }: EntryColour): string {
  const monochrome = (flags >> 4) & 1;
  const chroma = `${(flags >> 3) & 1}${(flags >> 2) & 1}${flags & 0x03}`;
  const codes = [primaries, transfer, matrix].map((code) => String(code).padStart(2, '0'));
  return [monochrome, chroma, ...codes, isFullRange ? 1 : 0].join('.');
}

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
