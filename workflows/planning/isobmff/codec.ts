import { MalformedBoxError, type Box, type BoxReader } from './box';

/** Bytes of a visual sample entry (ISO/IEC 14496-12 12.1.3) before its child boxes, size and type not counted. */
export const VISUAL_ENTRY_FIELDS = 78;
/** The same for an audio sample entry (12.2.3). */
export const AUDIO_ENTRY_FIELDS = 28;

/** A codec as its sample entries show it. */
export interface SampleEntryCodec {
  /** Four-character codes, such as `avc1`. */
  readonly sampleEntries: readonly string[];
  /** RFC 6381 codec string of such an entry. Throws {@link MalformedBoxError}. */
  codecString(reader: BoxReader, entry: Box): string;
  /** How many channels of sound such an entry announces. Throws {@link MalformedBoxError}. */
  channels?(reader: BoxReader, entry: Box): number;
}

/** What a sample entry says of its media. */
export interface EntryFacts {
  /** RFC 6381 codec string. */
  codec: string;
  /** Null for pictures. */
  channels: number | null;
}

/** Facts of the only entry of an `stsd` box, which must be of one of `codecs`. Throws {@link MalformedBoxError}. */
export function entryFacts(reader: BoxReader, stsd: Box, codecs: readonly SampleEntryCodec[]): EntryFacts {
  const [entry, ...others] = reader.boxes(stsd.bodyStart + 8, stsd.end);
  if (entry === undefined || others.length > 0) throw new MalformedBoxError('expected one sample entry');
  const type = clearType(reader, entry);
  const codec = codecs.find(({ sampleEntries }) => sampleEntries.includes(type));
  if (!codec) throw new MalformedBoxError('a sample entry of an unknown codec');
  return { codec: codec.codecString(reader, entry), channels: codec.channels?.(reader, entry) ?? null };
}

/** The code of the entry before it was encrypted (ISO/IEC 14496-12 8.12.2). */
function clearType(reader: BoxReader, entry: Box): string {
  const children = protectedChildren(entry);
  return children ? reader.text(reader.box('sinf/frma', children).bodyStart, 4) : entry.type;
}

/** The children of an encrypted sample entry, as a box of their own; null for a clear entry. */
export function protectedChildren(entry: Box): Box | null {
  const fields = { encv: VISUAL_ENTRY_FIELDS, enca: AUDIO_ENTRY_FIELDS }[entry.type];
  return fields === undefined ? null : { ...entry, bodyStart: entry.bodyStart + fields };
}

/** Bytes as RFC 6381 writes them: two hexadecimal digits each. */
export function hexOf(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
