import type { SampleEntryCodec } from '../isobmff/codec';

/** `opus` (Encapsulation of Opus in ISO Base Media File Format 4.3.1; RFC 6381 3.3): the sample entry alone names it. */
export const OPUS: SampleEntryCodec = { sampleEntries: ['Opus'], codecString: () => 'opus' };
