import { BoxReader, concatBytes, MalformedBoxError, writeU32, writeU64, type Box } from './box';
import { entryFacts, type EntryFacts, type SampleEntryCodec } from './codec';
import { readSamples, type Sample } from './samples';

export interface InitFacts extends EntryFacts {
  /** Ticks per second of the track's media timeline. */
  timescale: number;
  /** Media time at which the edit list starts; 0 without one. */
  editStartTicks: number;
  /** The whole sample description box; equal over all chunks of a rendition. */
  stsd: Uint8Array;
}

export interface SegmentFacts {
  sampleCount: number;
  durationTicks: number;
  /** Decode time of the first sample. */
  startTicks: number;
  /** From the decode time of the first sample to the earliest presentation time: what the edit list takes off again. */
  reorderTicks: number;
  /** The one step between all presentation times; null when they differ. A single sample counts with its duration. */
  stepTicks: number | null;
  /** From the start of `moof` to the end of the first sync sample (RFC 8216 4.3.3.6); null without a sync sample. */
  keyFrame: { offset: number; sizeBytes: number } | null;
}

const BRAND_BYTES = 4;

const MDIA = 'moov/trak/mdia';

/**
 * An init segment without what differs between the chunks of a rendition: creation times are zero and `mehd`, the
 * chunk's duration, is gone. Throws {@link MalformedBoxError} for anything but an init segment of one track.
 */
export function normaliseInit(bytes: Uint8Array): Uint8Array {
  const source = new BoxReader(bytes);
  const mvex = source.box('moov/mvex');
  const mehd = source.boxes(mvex.bodyStart, mvex.end).find((box) => box.type === 'mehd');
  const normal = mehd ? withoutBox(source, mehd, [mvex, source.box('moov')]) : bytes.slice();
  const reader = new BoxReader(normal);
  for (const path of ['moov/mvhd', 'moov/trak/tkhd', `${MDIA}/mdhd`]) zeroTimes(reader, reader.box(path));
  return normal;
}

/** Facts of an init segment of one track in one of `codecs`. Throws {@link MalformedBoxError}. */
export function readInit(bytes: Uint8Array, codecs: readonly SampleEntryCodec[]): InitFacts {
  const reader = new BoxReader(bytes);
  const mdhd = reader.box(`${MDIA}/mdhd`);
  const stsd = reader.box(`${MDIA}/minf/stbl/stsd`);
  const timesBytes = reader.version(mdhd) === 1 ? 16 : 8;
  return {
    timescale: reader.u32(mdhd.bodyStart + 4 + timesBytes),
    ...entryFacts(reader, stsd, codecs),
    editStartTicks: editStart(reader),
    stsd: bytes.slice(stsd.start, stsd.end),
  };
}

/** Where a segment belongs in its title. */
export interface SegmentPlace {
  /** Media of the first recipe does not name the brands of its segments. */
  withBrands: boolean;
  /** Start of its chunk. */
  offsetTicks: number;
  /** 1-based number in the rendition, for `mfhd` (ISO/IEC 14496-12 8.8.5): the packager counts within the chunk only. */
  sequenceNumber: number;
}

/**
 * A media segment moved to its place in the title: `tfdt` and the segment's `sidx` (both rewritten with 64-bit times, so that
 * no length of title overflows them), its number and its brands. Throws {@link MalformedBoxError} unless it is one fragment of one track.
 */
export function moveSegment(bytes: Uint8Array, { offsetTicks, sequenceNumber, withBrands }: SegmentPlace): Uint8Array {
  const reader = new BoxReader(bytes);
  const moof = reader.box('moof');
  const tfdt = reader.box('traf/tfdt', moof);
  const moofGrowth = reader.version(tfdt) === 0 ? 4 : 0;
  const moved = movedFragment(reader, { moof, tfdt, offsetTicks, growth: moofGrowth });
  writeU32(moved, reader.box('mfhd', moof).bodyStart + 4 - moof.start, sequenceNumber);
  const boxes = reader.boxes();
  const parts = boxes.map((box) => {
    if (box.type === 'styp' && withBrands) return brandedType(reader, box, segmentBrands(boxes));
    if (box.type === 'moof') return moved;
    if (box.type === 'sidx') return movedIndex(reader, { sidx: box, offsetTicks, growth: moofGrowth });
    return bytes.subarray(box.start, box.end);
  });
  return concatBytes(parts);
}

/** Brands that the boxes of a media segment ask for and its `styp` does not name; all of them without a `styp`. */
export function missingBrands(bytes: Uint8Array): string[] {
  const reader = new BoxReader(bytes);
  const boxes = reader.boxes();
  const styp = boxes.find(({ type }) => type === 'styp');
  const named = styp ? brandsOf(reader, styp) : [];
  return segmentBrands(boxes).filter((brand) => !named.includes(brand));
}

/** Facts of a media segment of one fragment. Throws {@link MalformedBoxError}. */
export function readSegment(bytes: Uint8Array): SegmentFacts {
  const reader = new BoxReader(bytes);
  const moof = reader.box('moof');
  const { samples, dataStart } = readSamples(reader, moof);
  const firstSync = samples.findIndex((sample) => sample.sync);
  const syncEnd = dataStart + samples.slice(0, firstSync + 1).reduce((size, sample) => size + sample.sizeBytes, 0);
  if (syncEnd > bytes.byteLength) throw new MalformedBoxError('a sample lies past the end');
  return {
    sampleCount: samples.length,
    durationTicks: samples.reduce((sum, sample) => sum + sample.durationTicks, 0),
    startTicks: decodeTime(reader, reader.box('traf/tfdt', moof)),
    ...presentationOf(samples),
    keyFrame: firstSync < 0 ? null : { offset: moof.start, sizeBytes: syncEnd - moof.start },
  };
}

/** ISO/IEC 23009-1 6.3.4.2: `msdh` for a media segment, and `msix` for one with an index. */
function segmentBrands(boxes: readonly Box[]): string[] {
  return boxes.some(({ type }) => type === 'sidx') ? ['msdh', 'msix'] : ['msdh'];
}

/** Major and compatible brands of `ftyp` or `styp` (ISO/IEC 14496-12 4.3.2); the minor version lies between them. */
function brandsOf(reader: BoxReader, { bodyStart, end }: Box): string[] {
  const text = reader.text(bodyStart, end - bodyStart);
  return [text.slice(0, BRAND_BYTES), ...(text.slice(2 * BRAND_BYTES).match(/.{4}/gs) ?? [])];
}

/** A `styp` that names `brands` besides its own. */
function brandedType(reader: BoxReader, styp: Box, brands: readonly string[]): Uint8Array {
  const named = brandsOf(reader, styp);
  const added = brands.filter((brand) => !named.includes(brand));
  const whole = concatBytes([
    reader.bytes.subarray(styp.start, styp.end),
    Uint8Array.from(added.join(''), (letter) => letter.charCodeAt(0)),
  ]);
  writeU32(whole, 0, whole.byteLength);
  return whole;
}

/** media_time of the only edit (ISO/IEC 14496-12 8.6.6). */
function editStart(reader: BoxReader): number {
  const trak = reader.box('moov/trak');
  const edts = reader.boxes(trak.bodyStart, trak.end).find((box) => box.type === 'edts');
  if (!edts) return 0;
  const elst = reader.box('elst', edts);
  if (reader.u32(elst.bodyStart + 4) !== 1) throw new MalformedBoxError('expected one edit');
  return reader.version(elst) === 1 ? reader.u64(elst.bodyStart + 16) : reader.u32(elst.bodyStart + 12);
}

function presentationOf(samples: readonly Sample[]): Pick<SegmentFacts, 'reorderTicks' | 'stepTicks'> {
  let decodeTicks = 0;
  const shown = samples.map(({ durationTicks, compositionTicks }) => {
    decodeTicks += durationTicks;
    return decodeTicks - durationTicks + compositionTicks;
  });
  shown.sort((a, b) => a - b);
  const steps = new Set(shown.slice(1).map((ticks, index) => ticks - (shown[index] ?? 0)));
  const [stepTicks = samples[0]?.durationTicks ?? null] = steps;
  return { reorderTicks: shown[0] ?? 0, stepTicks: steps.size > 1 ? null : stepTicks };
}

function decodeTime(reader: BoxReader, tfdt: Box): number {
  return reader.version(tfdt) === 1 ? reader.u64(tfdt.bodyStart + 4) : reader.u32(tfdt.bodyStart + 4);
}

function movedFragment(reader: BoxReader, move: { moof: Box; tfdt: Box; offsetTicks: number; growth: number }): Uint8Array {
  const { moof, tfdt, offsetTicks, growth } = move;
  const traf = reader.box('traf', moof);
  const time = new Uint8Array(20);
  time.set(reader.bytes.subarray(tfdt.start, tfdt.bodyStart));
  writeU32(time, 0, time.byteLength);
  writeU32(time, 8, 0x01000000);
  writeU64(time, 12, decodeTime(reader, tfdt) + offsetTicks);
  const { bytes } = reader;
  const moved = concatBytes([bytes.subarray(moof.start, tfdt.start), time, bytes.subarray(tfdt.end, moof.end)]);
  const inMoved = new BoxReader(moved);
  writeU32(moved, 0, moof.end - moof.start + growth);
  writeU32(moved, traf.start - moof.start, traf.end - traf.start + growth);
  const trun = inMoved.box('moof/traf/trun');
  const dataOffset = trun.bodyStart + 8;
  writeU32(moved, dataOffset, inMoved.u32(dataOffset) + growth);
  moveAuxiliaryOffset(inMoved, growth);
  return moved;
}

/** `saio` of an encrypted fragment (ISO/IEC 14496-12 8.7.9) tells where its IVs lie from the start of `moof`. */
function moveAuxiliaryOffset(reader: BoxReader, growth: number): void {
  const traf = reader.box('moof/traf');
  const saio = reader.boxes(traf.bodyStart, traf.end).find(({ type }) => type === 'saio');
  if (!saio) return;
  const countAt = saio.bodyStart + 4 + (reader.flags(saio) & 1 ? 8 : 0);
  if (reader.version(saio) !== 0 || reader.u32(countAt) !== 1) throw new MalformedBoxError('expected one short offset in saio');
  writeU32(reader.bytes, countAt + 4, reader.u32(countAt + 4) + growth);
}

/** Segment index (ISO/IEC 14496-12 8.16.3) as version 1, with its only reference grown by what `moof` grew. */
function movedIndex(reader: BoxReader, move: { sidx: Box; offsetTicks: number; growth: number }): Uint8Array {
  const { sidx, offsetTicks, growth } = move;
  const wide = reader.version(sidx) === 1;
  const timesAt = sidx.bodyStart + 12;
  const countAt = timesAt + (wide ? 16 : 8) + 2;
  if (reader.u16(countAt) !== 1) throw new MalformedBoxError('expected one reference in sidx');
  const earliest = wide ? reader.u64(timesAt) : reader.u32(timesAt);
  const firstOffset = wide ? reader.u64(timesAt + 8) : reader.u32(timesAt + 4);
  const times = new Uint8Array(16);
  writeU64(times, 0, earliest + offsetTicks);
  writeU64(times, 8, firstOffset);
  const { bytes } = reader;
  const moved = concatBytes([bytes.subarray(sidx.start, timesAt), times, bytes.subarray(countAt - 2, sidx.end)]);
  writeU32(moved, 0, moved.byteLength);
  moved[8] = 1;
  const referenceAt = sidx.bodyStart - sidx.start + 12 + 16 + 4;
  writeU32(moved, referenceAt, new BoxReader(moved).u32(referenceAt) + growth);
  return moved;
}

function withoutBox(reader: BoxReader, gone: Box, parents: readonly Box[]): Uint8Array {
  const { bytes } = reader;
  const rest = concatBytes([bytes.subarray(0, gone.start), bytes.subarray(gone.end)]);
  for (const parent of parents) writeU32(rest, parent.start, parent.end - parent.start - (gone.end - gone.start));
  return rest;
}

/** Zeroes creation_time and modification_time of `mvhd`, `tkhd` or `mdhd`: in all three they follow the flags. */
function zeroTimes(reader: BoxReader, header: Box): void {
  const start = header.bodyStart + 4;
  reader.bytes.fill(0, start, start + (reader.version(header) === 1 ? 16 : 8));
}
