import { hideObus, restoreObus } from './hidden-obus';

const obu = (type: number, payload: number[]) => [(type << 3) | 0x02, payload.length, ...payload];
const SEQUENCE = obu(1, [7, 7]);
const METADATA = obu(5, [2, 0x11, 0x22, 0x80]);
const ODD_METADATA = obu(5, [1, 0x33, 0x80]);
const FRAME = obu(6, [9, 9, 9, 9]);

it('writes empty OBUs over metadata and padding alone, and gives back what was there', () => {
  const key = [...SEQUENCE, ...METADATA, ...ODD_METADATA, ...FRAME];
  const samples = [Uint8Array.from(key), Uint8Array.from(FRAME), Uint8Array.from([...obu(15, [0, 0x80]), ...FRAME])];
  const before = samples.map((sample) => [...sample]);
  const hidden = hideObus(samples);
  expect([...samples[0]!]).toEqual([...SEQUENCE, 0x12, 0, 0x12, 0, 0x12, 0, 0x16, 0, 0, 0x12, 0, ...FRAME]);
  expect([...samples[1]!]).toEqual(FRAME);
  expect([...samples[2]!]).toEqual([0x12, 0, 0x12, 0, ...FRAME]);
  expect(hideObus(samples)).toEqual([]);
  restoreObus(samples, hidden);
  expect(samples.map((sample) => [...sample])).toEqual(before);
});

it('reads sizes of several bytes, extensions, and a last OBU without a size', () => {
  const long = [0x2a, 0x81, 0x01, ...Array.from({ length: 129 }, () => 1)];
  const sample = Uint8Array.from([...long, 0x2e, 0x08, 0x01, 0x80, 0x28, 1, 2, 3]);
  const hidden = hideObus([sample]);
  expect(hidden.map(({ offset, bytes }) => [offset, bytes.length])).toEqual([
    [0, 132],
    [132, 4],
    [136, 4],
  ]);
});

it('leaves alone what is no AV1', () => {
  expect(hideObus([Uint8Array.from([0x2a, 0xff, 0x7f, 1]), new Uint8Array(0)])).toEqual([]);
});
