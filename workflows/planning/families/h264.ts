import { CODEC_FAMILIES } from '../../../temporal/contract/media/families';
import type { BoxReader } from '../isobmff/box';
import { hexOf, VISUAL_ENTRY_FIELDS } from '../isobmff/codec';
import { nalHeaders } from '../isobmff/nal-units';
import type { Family } from './family';
import { h264Level } from './h264-level';

/**
 * With a rate cap and several threads, x264's rate control depends on how the threads happen to interleave, and a chunk run
 * again gets other bytes. Rungs and chunks run in parallel instead.
 */
const ENCODER_THREADS = 1;

/**
 * x264 rounds otherwise with other vector units, and fits its headers to the content, unless told not to. Bytes differ from those of
 * the first recipe.
 */
const REPRODUCIBLE = 'cpu-independent=1:stitchable=1';

/** profile_idc and constraint flags that x264 writes for what a rung asks for (ITU-T H.264 7.4.2.1.1, A.2). */
const PROFILE_BYTES: Readonly<Record<string, readonly [number, number]>> = { high: [100, 0x00], main: [77, 0x40] };

/** Presets that leave out tools of a profile, for which x264 announces a smaller one. */
const BELOW_PROFILE = ['ultrafast'];

/** nal_unit_type (ITU-T H.264 table 7-1) of coded slices: of any other picture, and of an IDR picture. */
const SLICE = 1;
const IDR_SLICE = 5;

/** H.264 by x264: what every player decodes. */
export const H264: Family = {
  name: 'h264',
  ladder: [
    { shortSide: 2160, maxrateBps: 18_000_000, crf: 23, profile: 'high' },
    { shortSide: 1440, maxrateBps: 9_000_000, crf: 23, profile: 'high' },
    { shortSide: 1080, maxrateBps: 5_000_000, crf: 22, profile: 'high' },
    { shortSide: 720, maxrateBps: 2_800_000, crf: 22, profile: 'high' },
    { shortSide: 480, maxrateBps: 1_400_000, crf: 22, profile: 'main' },
    { shortSide: 360, maxrateBps: 800_000, crf: 22, profile: 'main' },
    { shortSide: 240, maxrateBps: 400_000, crf: 22, profile: 'main' },
  ],
  longestSide: 4096,
  level: h264Level,
  defaultSpeed: 'veryfast',
  encoderArgs: (rung, { framesPerSegment, recipe, speed }) => [
    ...['-c:v', 'libx264', '-preset', speed, '-threads', String(ENCODER_THREADS)],
    ...['-profile:v', rung.profile, '-level:v', rung.level],
    ...['-crf', String(rung.crf), '-maxrate', String(rung.maxrateBps), '-bufsize', String(rung.bufsizeBits)],
    // A key frame at every segment start and nowhere else.
    ...['-flags', '+cgop', '-g', String(framesPerSegment), '-keyint_min', String(framesPerSegment), '-sc_threshold', '0'],
    ...(recipe >= 2 ? ['-x264-params', REPRODUCIBLE] : []),
  ],
  plannedCodecString: ({ profile, level }, speed) => {
    const bytes = PROFILE_BYTES[profile];
    return bytes && !BELOW_PROFILE.includes(speed) ? `avc1.${hexOf([...bytes, Math.round(Number(level) * 10)])}` : null;
  },
  testEncodeArgs: ['-c:v', 'libx264'],
  encoderNameIn: /264 - core \S+( r\S+)?( \w+)?(?= - )/,
  slotMemoryBytes: CODEC_FAMILIES.h264.slotMemoryBytes,
  memoryBytesPerPixel: { ultrafast: 105, superfast: 105, veryfast: 105, faster: 125, fast: 155, medium: 190, slow: 230, slower: 280 },
  packagerStream: 'video',
  mimeType: 'video/mp4',
  sampleEntries: ['avc1'],
  /** `avc1.PPCCLL`: AVCProfileIndication, profile_compatibility and AVCLevelIndication (ISO/IEC 14496-15 5.3.3.1). */
  codecString: (reader, entry) => {
    const { bodyStart } = reader.box('avcC', { ...entry, bodyStart: entry.bodyStart + VISUAL_ENTRY_FIELDS });
    return `avc1.${hexOf([1, 2, 3].map((index) => reader.u8(bodyStart + index)))}`;
  },
  isKeyPicture: (reader, start, end) => firstSliceType(reader, start, end) === IDR_SLICE,
};

/** Type of the first NAL unit that is a slice; parameter sets and messages come before it. */
function firstSliceType(reader: BoxReader, start: number, end: number): number | null {
  for (const header of nalHeaders(reader, start, end)) {
    const type = header & 0x1f;
    if (type === SLICE || type === IDR_SLICE) return type;
  }
  return null;
}
