import { AAC } from '../families/aac';
import { SAMPLE_ENTRY_CODECS } from '../families/family';
import { missingBrands, moveSegment, normaliseInit, readInit, readSegment } from './isobmff';
import { MalformedBoxError } from './box';

type Part = Uint8Array | number[];

/** A box of parts; numbers are bytes. */
function box(type: string, ...parts: Part[]): Uint8Array {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Buffer.concat([u32(8 + body.length), Buffer.from(type, 'latin1'), body]);
}
const u32 = (...values: number[]) => Buffer.concat(values.map(toBuffer));
const u64 = (value: bigint) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
};
const zeros = (count: number) => Buffer.alloc(count);

function toBuffer(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const AVCC = box('avcC', [1, 0x4d, 0x40, 0x1f, 0xff, 0xe1]);
const ESDS = box('esds', u32(0), [0x03, 0x80, 0x80, 0x80, 0x19, 0, 1, 0, 0x04, 0x11, 0x40, 0x15, ...zeros(11), 0x05, 0x02, 0x11, 0x90]);
const avcEntry = box('avc1', zeros(78), AVCC);
const aacEntry = box('mp4a', zeros(28), ESDS);

function init(entry: Uint8Array, options: { times: number; mehd: boolean }): Uint8Array {
  const times = u32(options.times, options.times);
  const stsd = box('stsd', u32(0, 1), entry);
  const mdhd = box('mdhd', u32(0), times, u32(30_000, 0, 0));
  const mdia = box('mdia', mdhd, box('minf', box('stbl', stsd)));
  const mvex = box('mvex', ...(options.mehd ? [box('mehd', u32(0, 540_540))] : []), box('trex', u32(0, 1, 1, 0, 0, 0)));
  const trak = box('trak', box('tkhd', u32(7), times, u32(1, 0, 0)), mdia);
  return Buffer.concat([box('ftyp', Buffer.from('mp41')), box('moov', box('mvhd', u32(0), times, u32(30_000, 0)), trak, mvex)]);
}

/** A segment of three samples of 1001 ticks as Shaka Packager writes it, or with 64-bit times. */
function segment(options: { startTicks: number; wide: boolean; sequenceNumber?: number; brands?: string }): Uint8Array {
  const { startTicks, wide, sequenceNumber = 1, brands = 'iso8cmfc' } = options;
  const time = wide ? u64(BigInt(startTicks)) : u32(startTicks);
  const mdat = box('mdat', zeros(600));
  const moofOf = (dataOffset: number) => {
    const trun = box(
      'trun',
      [0, 0, 0x07, 0x01],
      u32(3, dataOffset),
      u32(1001, 300, 0x02000000, 1001, 200, 0x01010000, 1001, 100, 0x01010000),
    );
    const tfhd = box('tfhd', [0, 0x02, 0, 0x0a], u32(1, 1, 1001));
    return box('moof', box('mfhd', u32(0, sequenceNumber)), box('traf', tfhd, box('tfdt', [wide ? 1 : 0, 0, 0, 0], time), trun));
  };
  const moofBytes = moofOf(0).length;
  const sidx = box(
    'sidx',
    [wide ? 1 : 0, 0, 0, 0],
    u32(1, 30_000),
    time,
    wide ? u64(0n) : u32(0),
    u32(1, moofBytes + mdat.length, 3003, 0x90000000),
  );
  return Buffer.concat([box('styp', Buffer.from(`mp41\0\0\0\0${brands}`, 'latin1')), sidx, moofOf(moofBytes + 8), mdat]);
}

describe('init segments', () => {
  it('are equal once chunk duration and creation times are gone', () => {
    const normal = init(avcEntry, { times: 0, mehd: false });
    expect(Buffer.from(normaliseInit(init(avcEntry, { times: 77, mehd: true })))).toEqual(normal);
    expect(Buffer.from(normaliseInit(normal))).toEqual(normal);
  });

  it('tell timescale, codec and sample description', () => {
    const { timescale, codec, stsd } = readInit(init(avcEntry, { times: 0, mehd: false }), SAMPLE_ENTRY_CODECS);
    expect({ timescale, codec }).toEqual({ timescale: 30_000, codec: 'avc1.4d401f' });
    expect(Buffer.from(stsd)).toEqual(box('stsd', u32(0, 1), avcEntry));
    expect(readInit(init(aacEntry, { times: 0, mehd: false }), SAMPLE_ENTRY_CODECS).codec).toBe('mp4a.40.2');
  });
});

describe('media segments', () => {
  it('tell their samples and key frame', () => {
    const bytes = segment({ startTicks: 540_540, wide: false });
    const moofStart = 24 + 44;
    const moofBytes = bytes.length - moofStart - 608;
    expect(readSegment(bytes)).toEqual({
      sampleCount: 3,
      durationTicks: 3003,
      startTicks: 540_540,
      reorderTicks: 0,
      stepTicks: 1001,
      keyFrame: { offset: moofStart, sizeBytes: moofBytes + 8 + 300 },
    });
  });

  it('move to their place in the title, with 64-bit times whatever they had before', () => {
    const place = { offsetTicks: 9_000_000_000, sequenceNumber: 1501, withBrands: false };
    const moved = segment({ startTicks: place.offsetTicks + 7, wide: true, sequenceNumber: 1501 });
    expect(Buffer.from(moveSegment(segment({ startTicks: 7, wide: false }), place))).toEqual(moved);
    expect(Buffer.from(moveSegment(segment({ startTicks: 7, wide: true }), place))).toEqual(moved);
  });
});

describe('brands of media segments', () => {
  const place = { offsetTicks: 0, sequenceNumber: 1, withBrands: true };

  it('are added to those of the packager, each once', () => {
    const branded = segment({ startTicks: 0, wide: true, brands: 'iso8cmfcmsdhmsix' });
    expect(Buffer.from(moveSegment(segment({ startTicks: 0, wide: false }), place))).toEqual(branded);
    expect(Buffer.from(moveSegment(branded, place))).toEqual(branded);
  });

  it('are missed where they are not named', () => {
    expect(missingBrands(segment({ startTicks: 0, wide: true }))).toEqual(['msdh', 'msix']);
    expect(missingBrands(segment({ startTicks: 0, wide: true, brands: 'msdh' }))).toEqual(['msix']);
    expect(missingBrands(segment({ startTicks: 0, wide: true, brands: 'msixmsdh' }))).toEqual([]);
    expect(missingBrands(box('moof'))).toEqual(['msdh']);
  });
});

describe('malformed bytes', () => {
  const nowhere = { offsetTicks: 0, sequenceNumber: 1, withBrands: true };
  const good = segment({ startTicks: 0, wide: false });

  it.each<[string, () => unknown]>([
    ['nothing', () => readSegment(new Uint8Array())],
    ['a truncated segment', () => readSegment(good.subarray(0, good.length - 400))],
    ['a box that ends in its size', () => moveSegment(good.subarray(0, 14), nowhere)],
    ['two fragments', () => moveSegment(Buffer.concat([good, good]), nowhere)],
    ['a segment as init', () => normaliseInit(good)],
    ['an unknown codec', () => readInit(init(box('mp4v', zeros(78)), { times: 0, mehd: false }), SAMPLE_ENTRY_CODECS)],
    ['another codec than the one it is read as', () => readInit(init(avcEntry, { times: 0, mehd: false }), [AAC])],
    ['a size of zero', () => readSegment(Uint8Array.from([0, 0, 0, 0, 0x6d, 0x6f, 0x6f, 0x66]))],
  ])('%s', (_, read) => {
    expect(read).toThrow(MalformedBoxError);
  });
});
