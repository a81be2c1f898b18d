import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { ulid } from 'ulid';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { WatermarksRepository } from '../../../infra/database/watermarks-repository';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { startApi, type Answer, type RunningApi } from '../testing/running-api';

jest.setTimeout(60_000);

const ANNA = { authorization: 'Bearer key-of-anna' };
const BERT = { authorization: 'Bearer key-of-bert' };
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="10"><rect width="30" height="10" fill="red"/></svg>';
const FILE = { filename: 'film.mp4', title: 'A film', file_size_bytes: 700 };

const HOUSE_MARK = ulid();

let folder: string;
let api: RunningApi;
let logo: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watermarks-'));
  const file = join(folder, 'presets.yaml');
  await writeFile(file, `presets:\n  marked: { codecs: [h264], watermark: { id: ${HOUSE_MARK}, position: top, size_percent: 20 } }\n`);
  api = await startApi({ API_KEYS: 'key-of-anna:anna,key-of-bert:bert', WATERMARK_KEY_PREFIX: 'brand/', PRESETS_FILE: file });
  logo = await sharp({ create: { width: 64, height: 32, channels: 4, background: '#08f' } })
    .png()
    .toBuffer();
});
afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true });
});

const post = (body: unknown, headers = {}) => api.call('POST', '/api/v1/watermarks', body, { ...ANNA, ...headers });
const get = (path: string, headers: Record<string, string> = ANNA) => api.call('GET', `/api/v1/watermarks/${path}`, undefined, headers);
const base64 = (bytes: Buffer | string) => Buffer.from(bytes).toString('base64');
const upload = (request: object, headers = {}) =>
  api.call('POST', '/api/v1/videos/upload', { ...FILE, ...request }, { ...ANNA, ...headers });

/** A body of bytes. */
async function send(bytes: Buffer | string, type: string): Promise<Answer> {
  const body = new Uint8Array(Buffer.from(bytes));
  const response = await fetch(`${api.url}/api/v1/watermarks`, { method: 'POST', headers: { ...ANNA, 'Content-Type': type }, body });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

it('takes pictures as they are, in base64, from the store, and texts', async () => {
  const sent = await send(logo, 'image/png');
  expect(sent).toMatchObject({
    status: 201,
    body: { creator_id: 'anna', text: null, width: 64, height: 32, sha256: expect.stringMatching(/^[\da-f]{64}$/) },
  });
  const again = await post({ content_type: 'image/png', image_base64: base64(logo) });
  expect(again).toMatchObject({ status: 201, body: sent.body });
  await api.app.get(ObjectStore).put('originals', 'brand/logo.png', logo, { contentType: 'image/png' });
  expect((await post({ s3_key: 'brand/logo.png' })).body).toEqual(sent.body);
  expect(await send(SVG, 'image/svg+xml')).toMatchObject({ status: 201, body: { width: 2048, height: 512 } });
  expect(await post({ text: 'Acme & <Söhne>' })).toMatchObject({ status: 201, body: { text: 'Acme & <Söhne>', width: 2048 } });
});

it('shows them to their creator, and keeps the raster of one that is removed', async () => {
  const { body } = await post({ text: 'gone soon' });
  const { watermark_id: id, sha256 } = body as { watermark_id: string; sha256: string };
  expect((await get(id)).body).toEqual(body);
  expect((await get(id.toLowerCase())).body).toEqual(body);
  expect((await get('')).body.watermarks[0]).toEqual(body);
  const image = await fetch(`${api.url}/api/v1/watermarks/${id}/image`, { headers: ANNA });
  expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect((await sharp(await image.arrayBuffer()).metadata()).width).toBe(2048);
  for (const path of [id, `${id}/image`]) expect(await get(path, BERT)).toMatchObject({ status: 404, body: { code: 'WatermarkNotFound' } });
  expect((await get('', BERT)).body.watermarks).toEqual([]);

  const remove = (headers: Record<string, string>) => api.call('DELETE', `/api/v1/watermarks/${id}`, undefined, headers);
  expect((await remove(BERT)).status).toBe(404);
  expect((await remove(ANNA)).status).toBe(204);
  expect((await remove(ANNA)).body.code).toBe('WatermarkNotFound');
  expect(await api.app.get(ObjectStore).head('originals', `watermarks/${sha256}.png`)).not.toBeNull();
});

it.each<[string, () => Promise<Answer>, number, string]>([
  ['a script in an SVG', () => send(SVG.replace('<rect', '<script/><rect'), 'image/svg+xml'), 422, 'WatermarkUnsafe'],
  [
    'an external picture in an SVG',
    () => send(SVG.replace('<rect', '<image href="http://a/b.png"/><rect'), 'image/svg+xml'),
    422,
    'WatermarkUnsafe',
  ],
  ['entities', () => send(`<!DOCTYPE svg [<!ENTITY a "b">]>${SVG}`, 'image/svg+xml'), 422, 'WatermarkUnsafe'],
  ['half a picture', () => send(logo.subarray(0, 60), 'image/png'), 422, 'WatermarkUnreadable'],
  ['another type than was said', () => send(logo, 'image/jpeg'), 422, 'WatermarkUnreadable'],
  ['a GIF', () => send('GIF89a', 'image/gif'), 415, 'UnsupportedMediaType'],
  ['a GIF as a PNG', () => send('GIF89a', 'image/png'), 422, 'WatermarkUnreadable'],
  ['no bytes', () => send('', 'image/png'), 422, 'WatermarkUnreadable'],
  ['too many bytes', () => send(Buffer.alloc(2 ** 21 + 1), 'image/png'), 413, 'BodyTooLarge'],
  [
    'too many bytes in base64',
    () => post({ content_type: 'image/png', image_base64: base64(Buffer.alloc(2 ** 21 + 3)) }),
    413,
    'BodyTooLarge',
  ],
  ['no base64', () => post({ content_type: 'image/png', image_base64: '§' }), 422, 'ValidationFailed'],
  ['control characters in a text', () => post({ text: 'a\u0000b' }), 422, 'ValidationFailed'],
  ['reordered text', () => post({ text: 'a\u202eb' }), 422, 'ValidationFailed'],
  ['10,000 characters', () => post({ text: 'a'.repeat(10_000) }), 422, 'ValidationFailed'],
  ['no characters', () => post({ text: ' ' }), 422, 'ValidationFailed'],
  ['characters that the font lacks', () => post({ text: '漢字' }), 422, 'WatermarkTextUnsupported'],
  ['a picture and a text', () => post({ text: 'a', s3_key: 'brand/logo.png' }), 422, 'ValidationFailed'],
  ['a key outside of the folder', () => post({ s3_key: 'videos/logo.png' }), 422, 'WatermarkKeyForbidden'],
  ['a key that climbs out of the folder', () => post({ s3_key: 'brand/../logo.png' }), 422, 'WatermarkKeyForbidden'],
  ['a key that no path has', () => post({ s3_key: 'brand/./logo.png' }), 422, 'WatermarkKeyForbidden'],
  ['a key without an object', () => post({ s3_key: 'brand/none.png' }), 422, 'WatermarkKeyUnknown'],
  ['an id that there is not', () => get(ulid()), 404, 'WatermarkNotFound'],
  ['an id that is none', () => get('..%2f'), 404, 'WatermarkNotFound'],
])('refuses %s', async (_, call, status, code) => {
  const answer = await call();
  expect(answer).toMatchObject({ status, body: { status, code, detail: expect.stringMatching(/^[A-Z].*\.$/) } });
});

it('draws two at a time, and asks for patience with more', async () => {
  const answers = await Promise.all(['one', 'two', 'three', 'four'].map((text) => post({ text })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 429, 429]);
  const refused = answers.find(({ status }) => status === 429);
  expect([refused?.body.code, refused?.headers.get('retry-after')]).toEqual(['WatermarksBusy', '2']);
});

describe('an upload with a watermark', () => {
  const encodingOf = async (videoId: string) => (await api.app.get(VideosRepository).find(videoId))?.encoding;

  it('records how it is drawn and which raster, and shows it', async () => {
    const { watermark_id: id, sha256 } = (await send(logo, 'image/png')).body as { watermark_id: string; sha256: string };
    const { body } = await upload({ watermark: { id: id.toLowerCase(), position: 'top-left', opacity: 0.5 } });
    const view = { id, position: 'top-left', margin_percent: 3, size_percent: 12, opacity: 0.5 };
    expect((await api.call('GET', `/api/v1/videos/${body.video_id}`, undefined, ANNA)).body.watermark).toEqual(view);
    expect((await encodingOf(body.video_id))?.watermark).toEqual({
      ...{ watermarkId: id, position: 'top-left', marginPercent: 3, sizePercent: 12, opacity: 0.5 },
      ...{ key: `watermarks/${sha256}.png`, sha256, width: 64, height: 32 },
    });
    expect(await encodingOf((await upload({})).body.video_id)).not.toHaveProperty('watermark');
  });

  it('is the same when it is repeated, even when the watermark was removed', async () => {
    const { watermark_id: id } = (await post({ text: 'for a while' })).body;
    const key = { 'Idempotency-Key': 'marked' };
    const first = await upload({ watermark: { id } }, key);
    await api.call('DELETE', `/api/v1/watermarks/${id}`, undefined, ANNA);
    expect((await upload({ watermark: { id } }, key)).body.video_id).toBe(first.body.video_id);
    expect((await upload({ watermark: { id, opacity: 0.3 } }, key)).body.code).toBe('IdempotencyKeyReused');
    expect((await upload({ watermark: null }, key)).body.code).toBe('IdempotencyKeyReused');
    expect((await upload({ watermark: { id } })).body.code).toBe('WatermarkUnknown');
  });

  it.each<[string, object, string]>([
    ['an opacity of 2', { opacity: 2 }, 'opacity'],
    ['an opacity of nothing', { opacity: 0 }, 'opacity'],
    ['no size', { size_percent: 0 }, 'size_percent'],
    ['a size above the picture', { size_percent: 101 }, 'size_percent'],
    ['a size and a margin above the picture', { size_percent: 80, margin_percent: 30 }, 'larger than the picture'],
    ['a negative margin', { margin_percent: -1 }, 'margin_percent'],
    ['a place that there is not', { position: 'middle' }, 'position'],
    ['an id that is none', { id: 'logo' }, 'is no id of a watermark'],
    ['another field', { color: 'red' }, 'color'],
  ])('is refused with %s', async (_, change, words) => {
    const answer = await upload({ watermark: { id: ulid(), ...change } });
    expect(answer).toMatchObject({ status: 422, body: { code: 'ValidationFailed', detail: expect.stringContaining(words) } });
  });

  it('has that of its preset, of any creator, unless it names another or none', async () => {
    expect((await upload({ preset: 'marked' })).body.code).toBe('WatermarkUnknown');
    const raster = { rasterSha256: 'a'.repeat(64), width: 20, height: 10, sizeBytes: 100, text: null, createdAt: new Date() };
    await api.app.get(WatermarksRepository).add({ watermarkId: HOUSE_MARK, creatorId: 'operator', ...raster });
    const markOf = async (request: object) => (await encodingOf((await upload({ preset: 'marked', ...request })).body.video_id))?.watermark;
    expect(await markOf({})).toMatchObject({ watermarkId: HOUSE_MARK, position: 'top', sizePercent: 20, opacity: 1 });
    expect(await markOf({ watermark: null })).toBeUndefined();
    const { watermark_id: own } = (await post({ text: 'of Anna' })).body;
    expect(await markOf({ watermark: { id: own } })).toMatchObject({ watermarkId: own, sizePercent: 12 });
    const presets = (await api.call('GET', '/api/v1/presets', undefined, ANNA)).body.presets as { name: string; watermark: unknown }[];
    expect(presets.find(({ name }) => name === 'marked')?.watermark).toMatchObject({ id: HOUSE_MARK, margin_percent: 3 });
    expect(presets[0]?.watermark).toBeNull();
  });

  it('is refused with the watermark of another creator', async () => {
    const { watermark_id: id } = (await post({ text: 'of Anna' })).body;
    expect(await upload({ watermark: { id } }, BERT)).toMatchObject({ status: 422, body: { code: 'WatermarkUnknown' } });
  });
});
