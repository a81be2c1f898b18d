import { MalformedBoxError, type Box, type BoxReader } from '../isobmff/box';
import { AUDIO_ENTRY_FIELDS, type SampleEntryCodec } from '../isobmff/codec';

const DESCRIPTOR_ES = 0x03;
const DESCRIPTOR_DECODER_CONFIG = 0x04;
const DESCRIPTOR_DECODER_SPECIFIC = 0x05;

/** `mp4a.40.N` (RFC 6381 3.3), N being the audio object type. */
export const AAC: SampleEntryCodec = {
  sampleEntries: ['mp4a'],
  codecString: (reader, entry) => `mp4a.40.${reader.u8(audioSpecificConfig(reader, entry)) >> 3}`,
  channels: (reader, entry) => {
    const config = audioSpecificConfig(reader, entry);
    const [first, second] = [reader.u8(config), reader.u8(config + 1)];
    if ((((first & 0x07) << 1) | (second >> 7)) === EXPLICIT_RATE) throw new MalformedBoxError('a sampling rate out of the table');
    const channels = CHANNELS[(second >> 3) & 0x0f];
    if (channels === undefined) throw new MalformedBoxError('channels that are not in the table');
    return channels;
  },
};

/** Of samplingFrequencyIndex: the rate follows. */
const EXPLICIT_RATE = 0x0f;
/** Channels by channelConfiguration (ISO/IEC 14496-3 table 1.19). */
const CHANNELS: Readonly<Record<number, number>> = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 8 };

/** Offset of AudioSpecificConfig (ISO/IEC 14496-3 1.6.2.1), found through the descriptors of `esds`: object type, rate and channels. */
function audioSpecificConfig(reader: BoxReader, entry: Box): number {
  const esds = reader.box('esds', { ...entry, bodyStart: entry.bodyStart + AUDIO_ENTRY_FIELDS });
  const es = descriptorBody(reader, esds.bodyStart + 4, DESCRIPTOR_ES);
  const streamFlags = reader.u8(es + 2);
  if ((streamFlags & 0xe0) !== 0) throw new MalformedBoxError('an ES descriptor with optional fields');
  const config = descriptorBody(reader, es + 3, DESCRIPTOR_DECODER_CONFIG);
  return descriptorBody(reader, config + 13, DESCRIPTOR_DECODER_SPECIFIC);
}

/** Offset of a descriptor's body, after its tag and its length of one to four bytes (ISO/IEC 14496-1 8.3.3). */
function descriptorBody(reader: BoxReader, offset: number, tag: number): number {
  if (reader.u8(offset) !== tag) throw new MalformedBoxError('an unexpected descriptor');
  let next = offset + 1;
  while ((reader.u8(next) & 0x80) !== 0) next++;
  return next + 1;
}
