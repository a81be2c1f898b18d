import { MalformedBoxError, type Box, type BoxReader } from './box';

export interface Sample {
  durationTicks: number;
  sizeBytes: number;
  sync: boolean;
  /** Presentation time minus decode time. */
  compositionTicks: number;
}

const TFHD = { baseDataOffset: 0x1, descriptionIndex: 0x2, duration: 0x8, size: 0x10, flags: 0x20, baseIsMoof: 0x20000 };
const TRUN = { dataOffset: 0x1, firstFlags: 0x4, duration: 0x100, size: 0x200, flags: 0x400, compositionOffset: 0x800 };
const SAMPLE_IS_NON_SYNC = 0x10000;

interface Defaults {
  durationTicks: number | null;
  sizeBytes: number | null;
  flags: number | null;
}

/** Samples of the only track run of a fragment, and the offset of the first one's data (ISO/IEC 14496-12 8.8.7, 8.8.8). */
export function readSamples(reader: BoxReader, moof: Box): { samples: Sample[]; dataStart: number } {
  const defaults = readDefaults(reader, reader.box('traf/tfhd', moof));
  const trun = reader.box('traf/trun', moof);
  const flags = reader.flags(trun);
  if ((flags & TRUN.dataOffset) === 0) throw new MalformedBoxError('a track run without data offset');
  const count = reader.u32(trun.bodyStart + 4);
  const dataStart = moof.start + reader.u32(trun.bodyStart + 8);
  const firstFlags = (flags & TRUN.firstFlags) === 0 ? null : reader.u32(trun.bodyStart + 12);
  let offset = trun.bodyStart + (firstFlags === null ? 12 : 16);
  const next = () => reader.u32((offset += 4) - 4);
  const samples: Sample[] = [];
  for (let index = 0; index < count; index++) {
    const durationTicks = (flags & TRUN.duration) === 0 ? defaults.durationTicks : next();
    const sizeBytes = (flags & TRUN.size) === 0 ? defaults.sizeBytes : next();
    const ownFlags = (flags & TRUN.flags) === 0 ? defaults.flags : next();
    // Version 0 has no negative offsets, so reading both as signed differs for offsets above 2^31 only.
    const compositionTicks = (flags & TRUN.compositionOffset) === 0 ? 0 : next() | 0;
    const sampleFlags = index === 0 ? (firstFlags ?? ownFlags) : ownFlags;
    if (durationTicks === null || sizeBytes === null) throw new MalformedBoxError('a sample without duration or size');
    samples.push({ durationTicks, sizeBytes, sync: ((sampleFlags ?? 0) & SAMPLE_IS_NON_SYNC) === 0, compositionTicks });
  }
  return { samples, dataStart };
}

function readDefaults(reader: BoxReader, tfhd: Box): Defaults {
  const flags = reader.flags(tfhd);
  if ((flags & TFHD.baseDataOffset) !== 0 || (flags & TFHD.baseIsMoof) === 0) {
    throw new MalformedBoxError('expected data offsets relative to moof');
  }
  let offset = tfhd.bodyStart + 8;
  const optional = (flag: number) => ((flags & flag) === 0 ? null : reader.u32((offset += 4) - 4));
  optional(TFHD.descriptionIndex);
  return { durationTicks: optional(TFHD.duration), sizeBytes: optional(TFHD.size), flags: optional(TFHD.flags) };
}
