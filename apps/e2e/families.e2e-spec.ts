import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { identityFaults, readBarcodes } from '../../activities/test-media/frame-identity';
import { makeBarcodeSource } from '../../activities/test-media/make-source';
import { toolPaths } from '../../activities/test-media/tool-paths';
import type { Manifest } from '../../packages/client/src/api-bodies';
import { SprocketClient } from '../../packages/client/src/sprocket-client';
import { launchBrowser, recordPage, type PageRecord } from './players/browser';
import { faultsOf, playSlowly, playToEnd, untolerated, type WindowWithPlayer } from './players/player-driver';
import { servePlayerPage, type PlayerSite } from './players/serve-player-page';
import { onlyFamily } from './scenes/one-family';
import { apiUrl, processFile } from './scenes/published-video';

const FRAME_RATE = 25;
const FRAME_COUNT = 13 * FRAME_RATE;
const MEDIA = { frameRate: FRAME_RATE, frameCount: FRAME_COUNT };
const LATER = ['hevc', 'av1', 'vp9'];
const RUNGS = ['270p', '240p'];
const PLAYERS = [
  ['hls.js', 'hls_url'],
  ['Shaka Player', 'hls_url'],
  ['Shaka Player', 'dash_url'],
] as const;
/**
 * Too little for the clip, and slow enough to be in the middle of it when the families join. At eight times the speed Chromium waits for more than three
 * seconds of data, and a player that is content with two does not ask for them.
 */
const [BUFFER_SECONDS, SLOW] = [4, 0.1];
const PATIENCE_MS = 60_000;

let folder: string;
let browser: Browser;
let site: PlayerSite;
let videoId: string;
let manifest: Manifest;
let viewers: { page: Page; record: PageRecord }[];
const api = () => new SprocketClient({ url: apiUrl() });

/** Everybody watches while the families join. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'families-'));
  const source = { ffmpeg: toolPaths().ffmpeg, folder, name: 'source.mp4', frameRate: { num: FRAME_RATE, den: 1 } };
  const path = await makeBarcodeSource({ ...source, frameCount: FRAME_COUNT, audioDelaySeconds: 0 });
  const ended = await processFile(path);
  expect(ended).toMatchObject({ status: 'ready', families: {} });
  ({ videoId } = ended);
  manifest = await api().manifest(videoId);
  [site, browser] = [await servePlayerPage(), await launchBrowser()];
  viewers = await Promise.all(PLAYERS.map(([player, address]) => startWatching(player, manifest[address])));
  expect((await call('POST', 'families', { codecs: LATER })).status).toBe(202);
  await untilFamilies(Object.fromEntries(LATER.map((family) => [family, 'ready'])));
}, 300_000);

afterAll(async () => {
  await browser.close();
  await site.close();
  await rm(folder, { recursive: true });
});

it('announces every family at the same addresses, the first one first', async () => {
  const master = await text(manifest.hls_url);
  const folders = master.split('\n').filter((line) => /^g1\/(?!audio)/.test(line));
  const expected = ['h264', ...LATER].flatMap((family) => RUNGS.map((rung) => `g1/${family}/${rung}/playlist.m3u8`));
  expect(folders).toEqual(expected);
  const dash = await text(manifest.dash_url);
  expect([...dash.matchAll(/codecs="(\w+)/g)].map(([, codec]) => codec)).toEqual(
    ['avc1', 'hvc1', 'av01', 'vp09', 'mp4a'].flatMap((codec) => (codec === 'mp4a' ? [codec] : [codec, codec])),
  );
});

it.each(['h264', ...LATER].flatMap((family) => RUNGS.map((rung) => [family, rung] as const)))(
  'shows every frame once and in order in %s at %s',
  async (family, rung) => {
    const path = `${apiUrl()}/stream/${videoId}/g1/${family}/${rung}/playlist.m3u8`;
    expect(identityFaults(await readBarcodes({ ffmpeg: toolPaths().ffmpeg, path, scratch: folder }), FRAME_COUNT)).toEqual([]);
  },
);

it.each(PLAYERS.map(([player, address], index) => [player, address, index] as const))(
  '%s in the middle of the %s goes on to the end when families join',
  async (_, __, index) => {
    const { page, record } = viewers[index] as (typeof viewers)[number];
    expect(faultsOf(await playToEnd(page), MEDIA).filter((fault) => !isDecodedAgain(fault))).toEqual([]);
    expect(record).toEqual({ consoleErrors: [], foreignRequests: [], badAnswers: [] });
  },
);

it.each(PLAYERS)('%s plays the %s with all families', async (player, address) => {
  expect(await play(player, manifest[address], null)).toEqual([]);
});

describe.each(['av1', 'vp9'])('%s alone', (family) => {
  it.each(PLAYERS)('is played by %s on the %s', async (player, address) => {
    expect(await play(player, manifest[address], family)).toEqual([]);
  });
});

it('would not be played with one segment in the place of another', async () => {
  const swapped = (page: Page) =>
    page.route('**/segment_00002.m4s', async (route) => {
      const url = route.request().url().replace('segment_00002', 'segment_00001');
      await route.fulfill({ response: await route.fetch({ url }) });
    });
  expect(await play('Shaka Player', manifest.dash_url, 'av1', swapped)).not.toEqual([]);
});

it.each<[string, string, string, unknown, number, string]>([
  ['a family that is there', 'POST', 'families', { codecs: ['av1'] }, 409, 'FamilyExists'],
  ['the family of the title', 'POST', 'families', { codecs: ['h264'] }, 409, 'FamilyExists'],
  ['a family twice', 'POST', 'families', { codecs: ['av1', 'av1'] }, 422, 'ValidationFailed'],
  ['an unknown family', 'POST', 'families', { codecs: ['xvid'] }, 422, 'ValidationFailed'],
  ['no family', 'POST', 'families', { codecs: [] }, 422, 'ValidationFailed'],
  ['the removal of the family of the title', 'DELETE', 'families/h264', undefined, 409, 'FamilyIsFirst'],
  ['the removal of an unknown family', 'DELETE', 'families/xvid', undefined, 422, 'ValidationFailed'],
])('refuses %s', async (_, method, path, body, status, code) => {
  expect(await call(method, path, body)).toMatchObject({ status, body: { code } });
});

it('takes a family out of the manifests, and makes the same bytes when it comes back', async () => {
  const before = await hashesOf('av1');
  expect((await call('DELETE', 'families/av1')).status).toBe(202);
  await untilFamilies({ av1: 'removed' });
  expect(await text(manifest.hls_url)).not.toContain('av1');
  expect(await text(manifest.dash_url)).not.toContain('av1');
  // Viewers of it go on.
  expect(await hashesOf('av1')).toEqual(before);
  expect((await call('POST', 'families', { codecs: ['av1'] })).status).toBe(202);
  await untilFamilies({ av1: 'ready' });
  expect(await hashesOf('av1')).toEqual(before);
  expect(await text(manifest.hls_url)).toContain('g1/av1/');
});

it('keeps its families when it is published again, and makes them again for a new generation', async () => {
  expect((await call('POST', 'retry', { from_step: 'package' })).status).toBe(200);
  await untilFamilies({ av1: 'ready' });
  expect(await text(manifest.hls_url)).toContain('g1/av1/');
  expect((await call('DELETE', 'families/vp9')).status).toBe(202);
  await untilFamilies({ vp9: 'removed' });
  expect((await call('POST', 'retry', { from_step: 'probe' })).status).toBe(200);
  await untilFamilies({ av1: 'ready', hevc: 'ready', vp9: 'removed' });
  const master = await text(manifest.hls_url);
  expect(['h264', ...LATER].map((family) => master.includes(`g2/${family}/`))).toEqual([true, true, true, false]);
});

/** Resolves to what went wrong while the clip was played to its end, in one family where it is given. */
async function play(player: string, url: string, family: string | null, arrange?: (page: Page) => Promise<unknown>): Promise<string[]> {
  const page = await browser.newPage();
  const record = recordPage(page);
  if (family)
    await page.route(/manifest\.(m3u8|mpd)$/, async (route) =>
      route.fulfill({ body: onlyFamily(await text(route.request().url()), family, ['h264', ...LATER]) }),
    );
  await arrange?.(page);
  await page.goto(site.url);
  const heights = await page.evaluate(([name, address]) => (window as WindowWithPlayer).playerPage.openStream(name, address), [
    player,
    url,
  ] as const);
  const faults = faultsOf(await playToEnd(page), MEDIA).filter((fault) => !isDecodedAgain(fault));
  await page.close();
  return [...faults, ...record.badAnswers, ...(heights.length > 0 ? [] : ['no rendition'])];
}

/**
 * At eight times the speed a decoder that runs dry may begin again at a key frame. Which frames there are, and that each is there once, is
 * proved by their barcodes.
 */
function isDecodedAgain(fault: string): boolean {
  return Number(/^decoded (\d+) frames$/.exec(fault)?.[1]) > FRAME_COUNT;
}

async function startWatching(player: string, url: string): Promise<{ page: Page; record: PageRecord }> {
  const page = await browser.newPage();
  const record = recordPage(page);
  await page.goto(site.url);
  await playSlowly(page, { player, url }, { bufferSeconds: BUFFER_SECONDS, rate: SLOW, patienceMs: PATIENCE_MS });
  const { progress } = await page.evaluate(() => ({ progress: (window as WindowWithPlayer).playerPage.progress() }));
  expect(untolerated(progress.faults)).toEqual([]);
  return { page, record };
}

async function untilFamilies(wanted: Record<string, string>): Promise<void> {
  for (;;) {
    const { status, families } = await api().progress(videoId);
    if (status === 'ready' && Object.entries(wanted).every(([family, state]) => families[family]?.state === state)) return;
    if (Object.values(families).some(({ state }) => state === 'failed')) throw new Error(`a family failed: ${JSON.stringify(families)}`);
    await sleep(200);
  }
}

/** Hashes of everything that players get of a family. */
async function hashesOf(family: string): Promise<Record<string, string>> {
  const names = ['init.mp4', 'segment_00001.m4s', 'segment_00002.m4s', 'segment_00003.m4s', 'playlist.m3u8', 'iframes.m3u8'];
  const urls = RUNGS.flatMap((rung) => names.map((name) => `g1/${family}/${rung}/${name}`));
  const hashed = urls.map(async (path) => [
    path,
    createHash('sha256')
      .update(await bytes(`${apiUrl()}/stream/${videoId}/${path}`))
      .digest('hex'),
  ]);
  return Object.fromEntries(await Promise.all(hashed)) as Record<string, string>;
}

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${apiUrl()}/api/v1/videos/${videoId}/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function text(url: string): Promise<string> {
  return Buffer.from(await bytes(url)).toString('utf8');
}

async function bytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`GET ${url} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
