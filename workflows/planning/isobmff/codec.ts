import { MalformedBoxError, type Box, type BoxReader } from './box';

/** Bytes of a visual sample entry (ISO/IEC 14496-12 12.1.3) before its child boxes, size and type not counted. */
const VISUAL_ENTRY_FIELDS = 78;
/** The same for an audio sample entry (12.2.3). */
const AUDIO_ENTRY_FIELDS = 28;

const DESCRIPTOR_ES = 0x03;
const DESCRIPTOR_DECODER_CONFIG = 0x04;
const DESCRIPTOR_DECODER_SPECIFIC = 0x05;

/** RFC 6381 codec string of the only entry of an `stsd` box: `avc1.PPCCLL` or `mp4a.40.N`. */
export function codecOf(reader: BoxReader, stsd: Box): string {
  const [entry, ...others] = reader.boxes(stsd.bodyStart + 8, stsd.end);
  if (entry === undefined || others.length > 0) throw new MalformedBoxError('expected one sample entry');
  if (entry.type === 'avc1') return `avc1.${avcProfileAndLevel(reader, entry)}`;
  if (entry.type === 'mp4a') return `mp4a.40.${audioObjectType(reader, entry)}`;
  throw new MalformedBoxError('a sample entry of an unknown codec');
}

/** AVCProfileIndication, profile_compatibility and AVCLevelIndication in hexadecimal (ISO/IEC 14496-15 5.3.3.1). */
function avcProfileAndLevel(reader: BoxReader, entry: Box): string {
  const avcC = reader.box('avcC', { ...entry, bodyStart: entry.bodyStart + VISUAL_ENTRY_FIELDS });
  return [1, 2, 3]
    .map((index) =>
      reader
        .u8(avcC.bodyStart + index)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('');
}

/** The first five bits of AudioSpecificConfig (ISO/IEC 14496-3 1.6.2.1), found through the descriptors of `esds`. */
function audioObjectType(reader: BoxReader, entry: Box): number {
  const esds = reader.box('esds', { ...entry, bodyStart: entry.bodyStart + AUDIO_ENTRY_FIELDS });
  const es = descriptorBody(reader, esds.bodyStart + 4, DESCRIPTOR_ES);
  const streamFlags = reader.u8(es + 2);
  if ((streamFlags & 0xe0) !== 0) throw new MalformedBoxError('an ES descriptor with optional fields');
  const config = descriptorBody(reader, es + 3, DESCRIPTOR_DECODER_CONFIG);
  const specific = descriptorBody(reader, config + 13, DESCRIPTOR_DECODER_SPECIFIC);
  return reader.u8(specific) >> 3;
}

/** Offset of a descriptor's body, after its tag and its length of one to four bytes (ISO/IEC 14496-1 8.3.3). */
function descriptorBody(reader: BoxReader, offset: number, tag: number): number {
  if (reader.u8(offset) !== tag) throw new MalformedBoxError('an unexpected descriptor');
  let next = offset + 1;
  while ((reader.u8(next) & 0x80) !== 0) next++;
  return next + 1;
}
