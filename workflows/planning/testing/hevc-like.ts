import type { CodecFamily } from '../../../temporal/contract/media/families';
import { MalformedBoxError, type BoxReader } from '../isobmff/box';
import { hexOf, VISUAL_ENTRY_FIELDS } from '../isobmff/codec';
import type { Family, LadderStep } from '../families/family';

const NAL_LENGTH_BYTES = 4;
/** nal_unit_type (ITU-T H.265 table 7-1): coded slices come before the others, two of them belong to IDR pictures. */
const LAST_SLICE_TYPE = 31;
const IDR_TYPES = [19, 20];

/** Most luma samples of a picture (ITU-T H.265 table A.8). */
const LEVELS = [
  { level: '3', samples: 552_960 },
  { level: '3.1', samples: 983_040 },
  { level: '4', samples: 2_228_224 },
  { level: '5', samples: 8_912_896 },
];

/** A second codec family for tests: HEVC by x265, with a ladder of two steps. It is in no table of the code under test. */
export const HEVC_LIKE: Family = {
  name: 'hevc' as CodecFamily,
  ladder: [step(720, 1_600_000), step(240, 250_000)],
  longestSide: 8192,
  level: ({ width, height }) => {
    const fits = LEVELS.find(({ samples }) => width * height <= samples);
    if (!fits) throw new RangeError(`no level holds ${width}x${height}`);
    return fits.level;
  },
  encoderArgs: (rung, { framesPerSegment }) => [
    ...['-c:v', 'libx265', '-preset', 'superfast', '-tag:v', 'hvc1', '-profile:v', rung.profile, '-crf', String(rung.crf)],
    '-x265-params',
    [
      ...['info=0', 'log-level=error', 'frame-threads=1', 'pools=1', `level-idc=${rung.level}`],
      ...[`keyint=${framesPerSegment}`, `min-keyint=${framesPerSegment}`, 'scenecut=0', 'open-gop=0'],
      ...[`vbv-maxrate=${rung.maxrateBps / 1000}`, `vbv-bufsize=${rung.bufsizeBits / 1000}`],
    ].join(':'),
  ],
  testEncodeArgs: ['-c:v', 'libx265'],
  encoderNameIn: /HEVC encoder version \S+/,
  slotMemoryBytes: 2 * 1024 ** 3,
  packagerStream: 'video',
  mimeType: 'video/mp4',
  sampleEntries: ['hvc1'],
  codecString: (reader, entry) => {
    const { bodyStart } = reader.box('hvcC', { ...entry, bodyStart: entry.bodyStart + VISUAL_ENTRY_FIELDS });
    return `hvc1.${profileTierLevel(reader, bodyStart)}`;
  },
  isKeyPicture: (reader, start, end) => {
    for (let offset = start; offset < end; offset += NAL_LENGTH_BYTES + reader.u32(offset)) {
      const type = (reader.u8(offset + NAL_LENGTH_BYTES) >> 1) & 0x3f;
      if (type <= LAST_SLICE_TYPE) return IDR_TYPES.includes(type);
    }
    return false;
  },
};

function step(shortSide: number, maxrateBps: number): LadderStep {
  return { shortSide, maxrateBps, crf: 27, profile: 'main' };
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
