import { MalformedBoxError, type Box, type BoxReader } from '../isobmff/box';
import { AUDIO_ENTRY_FIELDS, type SampleEntryCodec } from '../isobmff/codec';

const DESCRIPTOR_ES = 0x03;
const DESCRIPTOR_DECODER_CONFIG = 0x04;
const DESCRIPTOR_DECODER_SPECIFIC = 0x05;

/** `mp4a.40.N` (RFC 6381 3.3), N being the audio object type. */
export const AAC: SampleEntryCodec = {
  sampleEntries: ['mp4a'],
  codecString: (reader, entry) => `mp4a.40.${audioObjectType(reader, entry)}`,
};

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
