import type { DrmScheme } from '../../../temporal/contract/media/protection';
import { BoxReader, concatBytes, MalformedBoxError, writeU32, type Box } from './box';
import { hexOf, protectedChildren } from './codec';
import { readSamples } from './samples';

/** How the samples of a track are encrypted: its `schm` and `tenc` boxes (ISO/IEC 23001-7 8.2), and the `pssh` boxes beside them. */
export interface TrackEncryption {
  scheme: DrmScheme;
  /** 32 lower-case hex digits. */
  kid: string;
  /** Size of the IV that each sample carries, in bytes; 0 with a constant one. */
  sampleIvBytes: number;
  /** Hex digits; null where every sample has its own. */
  constantIv: string | null;
  /** Blocks of 16 bytes that are encrypted and left clear in turn; both 0 where all whole blocks are encrypted. */
  pattern: { cryptBlocks: number; skipBlocks: number };
  /** Whole boxes (8.1). */
  pssh: Uint8Array[];
}

interface SubSample {
  clearBytes: number;
  protectedBytes: number;
}

/** A sample of an encrypted segment. */
export interface EncryptedSample {
  /** The bytes as they are stored. */
  data: Uint8Array;
  /** Hex digits; null with a constant one. */
  iv: string | null;
  /** Empty where the whole sample is protected. */
  subSamples: SubSample[];
}

const STSD = 'moov/trak/mdia/minf/stbl/stsd';
const KID_BYTES = 16;
const SYSTEM_ID_BYTES = 16;
const FULL_BOX_BYTES = 4;
const USES_SUB_SAMPLES = 0x2;

/** The encryption that an init segment of one track declares; null for a clear one. Throws {@link MalformedBoxError}. */
export function readTrackEncryption(init: Uint8Array): TrackEncryption | null {
  const reader = new BoxReader(init);
  const stsd = reader.box(STSD);
  const [entry] = reader.boxes(stsd.bodyStart + 8, stsd.end);
  const children = entry && protectedChildren(entry);
  if (!children) return null;
  const schm = reader.box('sinf/schm', children);
  const scheme = reader.text(schm.bodyStart + FULL_BOX_BYTES, 4);
  if (scheme !== 'cbcs' && scheme !== 'cenc') throw new MalformedBoxError('an unknown protection scheme');
  return {
    scheme,
    ...readTenc(reader, reader.box('sinf/schi/tenc', children)),
    pssh: psshBoxes(init),
  };
}

function readTenc(reader: BoxReader, tenc: Box): Omit<TrackEncryption, 'scheme' | 'pssh'> {
  const fields = tenc.bodyStart + FULL_BOX_BYTES;
  const pattern = reader.version(tenc) === 0 ? 0 : reader.u8(fields + 1);
  if (reader.u8(fields + 2) !== 1) throw new MalformedBoxError('tenc leaves samples clear');
  const sampleIvBytes = reader.u8(fields + 3);
  const ivStart = fields + 4 + KID_BYTES;
  return {
    kid: hexAt(reader, fields + 4, KID_BYTES),
    sampleIvBytes,
    constantIv: sampleIvBytes === 0 ? hexAt(reader, ivStart + 1, reader.u8(ivStart)) : null,
    pattern: { cryptBlocks: pattern >> 4, skipBlocks: pattern & 0xf },
  };
}

/** Samples of an encrypted segment of one fragment. Throws {@link MalformedBoxError}, also for one without `senc`. */
export function readEncryptedSamples(segment: Uint8Array, { sampleIvBytes }: Pick<TrackEncryption, 'sampleIvBytes'>): EncryptedSample[] {
  const reader = new BoxReader(segment);
  const moof = reader.box('moof');
  const senc = reader.box('traf/senc', moof);
  const hasSubSamples = (reader.flags(senc) & USES_SUB_SAMPLES) !== 0;
  const datas = sampleData(segment);
  if (reader.u32(senc.bodyStart + FULL_BOX_BYTES) !== datas.length) throw new MalformedBoxError('senc has another number of samples');
  let offset = senc.bodyStart + FULL_BOX_BYTES + 4;
  const samples = datas.map((data): EncryptedSample => {
    const iv = sampleIvBytes === 0 ? null : hexAt(reader, offset, sampleIvBytes);
    offset += sampleIvBytes;
    const subSamples: SubSample[] = [];
    if (hasSubSamples) {
      const count = reader.u16(offset);
      offset += 2;
      for (let index = 0; index < count; index++, offset += 6) {
        subSamples.push({ clearBytes: reader.u16(offset), protectedBytes: reader.u32(offset + 2) });
      }
    }
    return { data, iv, subSamples };
  });
  if (offset !== senc.end) throw new MalformedBoxError('senc is longer or shorter than its samples');
  return samples;
}

/** Whether a media segment of one fragment tells how its samples are encrypted. What follows `moof` may be cut off. */
export function isEncryptedSegment(segment: Uint8Array): boolean {
  const reader = new BoxReader(segment);
  let start = 0;
  while (start < segment.byteLength) {
    const size = reader.u32(start);
    if (size < 8) throw new MalformedBoxError('a box without a size');
    if (reader.text(start + 4, 4) === 'moof') {
      const fragment = new BoxReader(segment.subarray(start, start + size));
      const traf = fragment.box('moof/traf');
      return fragment.boxes(traf.bodyStart, traf.end).some(({ type }) => type === 'senc');
    }
    start += size;
  }
  throw new MalformedBoxError('a segment without moof');
}

/** The bytes of every sample of a segment of one fragment, clear or encrypted. Throws {@link MalformedBoxError}. */
export function sampleData(segment: Uint8Array): Uint8Array[] {
  const reader = new BoxReader(segment);
  const { samples, dataStart } = readSamples(reader, reader.box('moof'));
  let offset = dataStart;
  return samples.map(({ sizeBytes }) => {
    const data = segment.subarray(offset, (offset += sizeBytes));
    if (data.byteLength !== sizeBytes) throw new MalformedBoxError('a sample lies past the end');
    return data;
  });
}

/**
 * The clear init segment with the sample description and the `pssh` boxes of `encrypted`, or those of a key server in their place. The packager applies the edit list of what it
 * reads to its times and writes one of its own, so that its init segments would differ between pieces. Throws {@link MalformedBoxError}.
 */
export function protectedInit(clear: Uint8Array, encrypted: Uint8Array, pssh = psshBoxes(encrypted)): Uint8Array {
  const source = new BoxReader(encrypted).box(STSD);
  const reader = new BoxReader(clear);
  const stsd = reader.box(STSD);
  const moov = reader.box('moov');
  const added = concatBytes(pssh);
  const whole = concatBytes([
    clear.subarray(0, stsd.start),
    encrypted.subarray(source.start, source.end),
    clear.subarray(stsd.end, moov.end),
    added,
    clear.subarray(moov.end),
  ]);
  const growth = source.end - source.start - (stsd.end - stsd.start);
  const parents = ['moov/trak', 'moov/trak/mdia', 'moov/trak/mdia/minf', 'moov/trak/mdia/minf/stbl'].map((path) => reader.box(path));
  for (const { start, end } of parents) writeU32(whole, start, end - start + growth);
  writeU32(whole, moov.start, moov.end - moov.start + growth + added.byteLength);
  return whole;
}

function psshBoxes(init: Uint8Array): Uint8Array[] {
  const reader = new BoxReader(init);
  const moov = reader.box('moov');
  const boxes = reader.boxes(moov.bodyStart, moov.end).filter(({ type }) => type === 'pssh');
  return boxes.map(({ start, end }) => init.slice(start, end));
}

/** System id of a `pssh` box in lower-case hex, and the data that it holds for the system (ISO/IEC 23001-7 8.1). */
export function readPssh(box: Uint8Array): { systemId: string; data: Uint8Array } {
  const reader = new BoxReader(box);
  const pssh = reader.box('pssh');
  const kidsAt = pssh.bodyStart + FULL_BOX_BYTES + SYSTEM_ID_BYTES;
  const sizeAt = reader.version(pssh) === 0 ? kidsAt : kidsAt + 4 + KID_BYTES * reader.u32(kidsAt);
  const dataStart = sizeAt + 4;
  if (dataStart + reader.u32(sizeAt) !== pssh.end) throw new MalformedBoxError('pssh data does not fill its box');
  return { systemId: hexAt(reader, pssh.bodyStart + FULL_BOX_BYTES, SYSTEM_ID_BYTES), data: box.slice(dataStart, pssh.end) };
}

function hexAt(reader: BoxReader, offset: number, length: number): string {
  return hexOf(Array.from({ length }, (_, index) => reader.u8(offset + index)));
}
