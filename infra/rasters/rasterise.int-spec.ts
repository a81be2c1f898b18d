import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { crc32 } from 'node:zlib';
import { rasterise } from './rasterise';
import type { PictureType } from './raster-source';

jest.setTimeout(60_000);

const SVG = (inside: string, size = 'width="20" height="10"') =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${size}>${inside}</svg>`);
const RED = { create: { width: 30, height: 20, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0.5 } } } as const;
const picture = (type: PictureType, bytes: Buffer) => rasterise({ kind: 'picture', type, base64: bytes.toString('base64') });
const pixel = async (png: Uint8Array) => [...(await sharp(png).raw().toBuffer()).subarray(0, 4)];

it('keeps the pixels of a PNG, gives a JPEG alpha, and draws an SVG as large as a raster gets', async () => {
  const png = await picture('image/png', await sharp(RED).png().toBuffer());
  expect([png.width, png.height, await pixel(png.png)]).toEqual([30, 20, [255, 0, 0, 128]]);
  const jpeg = await picture('image/jpeg', await sharp(RED).jpeg({ quality: 100 }).toBuffer());
  expect(await pixel(jpeg.png)).toEqual([expect.any(Number), 0, 0, 255]);
  const svg = await picture('image/svg+xml', SVG('<rect width="20" height="10" fill="#00f"/>'));
  expect([svg.width, svg.height, await pixel(svg.png)]).toEqual([2048, 1024, [0, 0, 255, 255]]);
});

it('makes larger pictures smaller, and turns a JPEG as it says', async () => {
  const large = await picture(
    'image/png',
    await sharp({ create: { ...RED.create, width: 5000, height: 1000 } })
      .png()
      .toBuffer(),
  );
  expect([large.width, large.height]).toEqual([2048, 410]);
  const turned = await picture('image/jpeg', await sharp(RED).jpeg().withMetadata({ orientation: 6 }).toBuffer());
  expect([turned.width, turned.height]).toEqual([20, 30]);
});

it('draws a text in white with a dark edge, the same in every process', async () => {
  const [one, other] = await Promise.all([rasterise({ kind: 'text', text: 'Ācme <b>' }), rasterise({ kind: 'text', text: 'Ācme <b>' })]);
  const hashes = [one, other].map(({ png }) => createHash('sha256').update(png).digest('hex'));
  expect(hashes[0]).toBe(hashes[1]);
  expect(one.width).toBe(2048);
  const { dominant, channels } = await sharp(one.png).stats();
  expect([dominant.r, channels[3]?.min, channels[3]?.max, channels[0]?.max]).toEqual([expect.any(Number), 0, 255, 255]);
});

const nested = Array.from({ length: 30 }, (_, depth) => `<g id="l${depth + 1}">${`<use href="#l${depth}"/>`.repeat(10)}</g>`).join('');

it.each<[string, string, PictureType, () => Promise<Buffer> | Buffer]>([
  ['60,000 by 60,000 pixels', 'WatermarkTooLarge', 'image/png', async () => withSize(await sharp(RED).png().toBuffer(), 60_000, 60_000)],
  ['half a JPEG', 'WatermarkUnreadable', 'image/jpeg', async () => half(await noise().jpeg().toBuffer())],
  ['half a PNG', 'WatermarkUnreadable', 'image/png', async () => half(await noise().png().toBuffer())],
  ['a PNG that says to be a JPEG', 'WatermarkUnreadable', 'image/jpeg', () => sharp(RED).png().toBuffer()],
  ['a GIF', 'WatermarkUnreadable', 'image/png', () => sharp(RED).gif().toBuffer()],
  ['an animated PNG', 'WatermarkAnimated', 'image/png', async () => animated(await sharp(RED).png().toBuffer())],
  [
    'nothing but transparency',
    'WatermarkEmpty',
    'image/png',
    () =>
      sharp({ create: { ...RED.create, background: '#0000' } })
        .png()
        .toBuffer(),
  ],
  ['an SVG without a size', 'WatermarkUnreadable', 'image/svg+xml', () => SVG('<g/>', 'width="0" height="0"')],
  ['a script', 'WatermarkUnsafe', 'image/svg+xml', () => SVG('<script/>')],
  [
    'ten billion copies',
    'WatermarkTooComplex',
    'image/svg+xml',
    () => SVG(`<defs><rect id="l0" width="9" height="9"/>${nested}</defs><use href="#l30"/>`),
  ],
  ['a drawing in too many levels', 'WatermarkUnreadable', 'image/svg+xml', () => SVG('<g>'.repeat(200_000) + '</g>'.repeat(200_000))],
])('refuses %s as %s', async (_, code, type, bytes) => {
  const startedAt = performance.now();
  await expect(Promise.resolve(bytes()).then((whole) => picture(type, whole))).rejects.toMatchObject({
    code,
    message: expect.stringMatching(/^[A-Z].*\.$/),
  });
  expect(performance.now() - startedAt).toBeLessThan(15_000);
});

const noise = () =>
  sharp({ create: { width: 300, height: 300, channels: 3, background: 'red', noise: { type: 'gaussian', mean: 128, sigma: 30 } } });
const half = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** The header of a PNG is its first chunk, of 25 bytes behind the signature. */
function withSize(png: Buffer, width: number, height: number): Buffer {
  const header = Buffer.from(png.subarray(16, 29));
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([png.subarray(0, 8), chunk('IHDR', header), png.subarray(33)]);
}

function animated(png: Buffer): Buffer {
  return Buffer.concat([png.subarray(0, 33), chunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])), png.subarray(33)]);
}
