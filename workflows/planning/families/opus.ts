import { AUDIO_ENTRY_FIELDS, type SampleEntryCodec } from '../isobmff/codec';

/** `opus` (Encapsulation of Opus in ISO Base Media File Format 4.3.1; RFC 6381 3.3): the sample entry alone names it. */
export const OPUS: SampleEntryCodec = {
  sampleEntries: ['Opus'],
  codecString: () => 'opus',
  /** OutputChannelCount of `dOps` (the same, 4.3.2), behind its version. */
  channels: (reader, entry) => {
    const dOps = reader.box('dOps', { ...entry, bodyStart: entry.bodyStart + AUDIO_ENTRY_FIELDS });
    return reader.u8(dOps.bodyStart + 1);
  },
};
