import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { identityFaults, readBarcodes } from '../../activities/test-media/frame-identity';
import { hdrSource } from '../../activities/test-media/hdr-source';
import { makeBarcodeSource } from '../../activities/test-media/make-source';
import { toolPaths } from '../../activities/test-media/tool-paths';
import type { Manifest, VideoWishes } from '../../packages/client/src/api-bodies';
import { SprocketClient } from '../../packages/client/src/sprocket-client';
import { launchBrowser, recordPage } from './players/browser';
import { faultsOf, playToEnd, type WindowWithPlayer } from './players/player-driver';
import { servePlayerPage, type PlayerSite } from './players/serve-player-page';
import { onlyFamily } from './scenes/one-family';
import { apiUrl, processFile } from './scenes/published-video';

const FRAME_RATE = 25;
const FRAME_COUNT = 7 * FRAME_RATE;
const CODECS: VideoWishes['codecs'] & object = ['h264', 'hevc', 'av1'];
const HDR_SETS = ['hevc-hdr', 'av1-hdr'];
const FAMILIES = [...CODECS, ...HDR_SETS];
const RUNGS = ['270p', '240p'];
const PLAYERS = [
  ['hls.js', 'hls_url'],
  ['Shaka Player', 'hls_url'],
  ['Shaka Player', 'dash_url'],
] as const;

let folder: string;
let browser: Browser;
let site: PlayerSite;
let videoId: string;
let manifest: Manifest;
const api = () => new SprocketClient({ url: apiUrl() });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hdr-'));
  ({ videoId } = await made('hdr10.mp4', { frameCount: FRAME_COUNT, ...hdrSource({ transfer: 'smpte2084', isMastered: true }) }));
  manifest = await api().manifest(videoId);
  [site, browser] = [await servePlayerPage(), await launchBrowser()];
  await untilFamilies(videoId, FAMILIES.slice(1));
}, 300_000);

afterAll(async () => {
  await browser.close();
  await site.close();
  await rm(folder, { recursive: true });
});

it('offers the HDR sets of both codecs last, and says what they are', async () => {
  const master = (await text(manifest.hls_url)).split('\n');
  const variants = master.flatMap((line, index) => {
    const path = /^(g1\/.*)\/playlist/.exec(line)?.[1];
    return path ? [`${path} ${/VIDEO-RANGE=(\w+)/.exec(master[index - 1] ?? '')?.[1] ?? 'none'}`] : [];
  });
  const rangeOf = (family: string) => (HDR_SETS.includes(family) ? 'PQ' : 'none');
  expect(variants).toEqual(FAMILIES.flatMap((family) => RUNGS.map((rung) => `g1/${family}/${rung} ${rangeOf(family)}`)));
  const [, ...sets] = (await text(manifest.dash_url)).split('<AdaptationSet').filter((set) => !set.includes('contentType="image"'));
  const essential = sets.map((set) => [...set.matchAll(/<EssentialProperty .*?value="(\d+)"/g)].map(([, value]) => value).join());
  expect(essential).toEqual(['', '', '', '9,16,9', '9,16,9', '']);
  expect(sets.slice(3, 5).map((set) => /codecs="([^"]*)"/.exec(set)?.[1])).toEqual([
    expect.stringMatching(/^hvc1\.2\.4\.L\d+\.90$/),
    expect.stringMatching(/^av01\.0\.\d\dM\.10\.0\.110\.09\.16\.09\.0$/),
  ]);
});

it.each(FAMILIES.flatMap((family) => RUNGS.map((rung) => [family, rung] as const)))(
  'shows every frame once and in order in %s at %s',
  async (family, rung) => {
    const path = `${apiUrl()}/stream/${videoId}/g1/${family}/${rung}/playlist.m3u8`;
    expect(identityFaults(await readBarcodes({ ffmpeg: toolPaths().ffmpeg, path, scratch: folder }), FRAME_COUNT)).toEqual([]);
  },
);

it.each(PLAYERS)('%s leaves HDR out on a screen for SDR, on the %s', async (player, address) => {
  const { faults, requests } = await play(player, manifest[address]);
  expect(faults).toEqual([]);
  expect(requests.filter((url) => /-hdr\/.*m4s$/.test(url))).toEqual([]);
});

it.each(PLAYERS)('Chromium decodes AV1 in HDR alone: %s on the %s', async (player, address) => {
  const { faults, requests } = await play(player, manifest[address], 'av1-hdr');
  expect(faults).toEqual([]);
  expect(requests.filter((url) => url.includes('/av1-hdr/') && url.endsWith('m4s')).length).toBeGreaterThan(0);
});

it('takes an HDR set out alone, brings it back with its codec, and takes it along with it', async () => {
  expect((await call('DELETE', 'families/av1-hdr')).status).toBe(202);
  await untilFamilies(videoId, ['av1-hdr'], 'removed');
  expect(await text(manifest.hls_url)).not.toContain('av1-hdr');
  expect(await text(manifest.hls_url)).toContain('g1/av1/');
  expect((await call('POST', 'families', { codecs: ['av1-hdr'] })).status).toBe(422);
  expect((await call('POST', 'families', { codecs: ['av1'] })).status).toBe(202);
  await untilFamilies(videoId, ['av1', 'av1-hdr']);
  expect(await text(manifest.hls_url)).toContain('g1/av1-hdr/');
  expect((await call('POST', 'families', { codecs: ['av1'] })).status).toBe(409);
  expect((await call('DELETE', 'families/av1')).status).toBe(202);
  await untilFamilies(videoId, ['av1', 'av1-hdr'], 'removed');
  expect(await text(manifest.dash_url)).not.toContain('av1');
});

it.each([
  ['an upload that wants SDR only', { ...hdrSource({ transfer: 'arib-std-b67', isMastered: false }) }, 'sdr-only'],
  ['a source in SDR', {}, 'keep'],
] as const)('makes no HDR set of %s', async (name, source, hdr) => {
  const video = await made(`${name}.mp4`, { frameCount: FRAME_RATE, ...source }, { codecs: ['h264', 'hevc'], hdr });
  await untilFamilies(video.videoId, ['hevc']);
  expect(Object.keys((await api().progress(video.videoId)).families)).toEqual(['hevc']);
  expect(await text((await api().manifest(video.videoId)).hls_url)).not.toContain('VIDEO-RANGE');
});

async function made(
  name: string,
  source: Pick<Parameters<typeof makeBarcodeSource>[0], 'frameCount' | 'pictureFilter' | 'outputArgs'>,
  wishes: Parameters<typeof processFile>[1] = { codecs: CODECS },
) {
  const file = { ffmpeg: toolPaths().ffmpeg, folder, name, frameRate: { num: FRAME_RATE, den: 1 }, audioDelaySeconds: 0, ...source };
  const ended = await processFile(await makeBarcodeSource(file), wishes);
  expect(ended.status).toBe('ready');
  return ended;
}

/** Plays to the end, one family alone where it is given. Resolves to what went wrong and to everything that was asked for. */
async function play(player: string, url: string, family?: string): Promise<{ faults: string[]; requests: string[] }> {
  const page = await browser.newPage();
  const [record, requests] = [recordPage(page), requestsOf(page)];
  if (family) {
    await page.route(/manifest\.(m3u8|mpd)$/, async (route) =>
      route.fulfill({ body: onlyFamily(await text(route.request().url()), family, FAMILIES) }),
    );
  }
  await page.goto(site.url);
  await page.evaluate(([name, address]) => (window as WindowWithPlayer).playerPage.openStream(name, address), [player, url] as const);
  const faults = faultsOf(await playToEnd(page), { frameRate: FRAME_RATE, frameCount: FRAME_COUNT });
  await page.close();
  // At eight times the speed a decoder may begin again at a key frame; the barcodes prove that each frame is there once.
  const real = faults.filter((fault) => Number(/^decoded (\d+) frames$/.exec(fault)?.[1] ?? 0) <= FRAME_COUNT);
  return { faults: [...real, ...record.badAnswers], requests };
}

function requestsOf(page: Page): string[] {
  const urls: string[] = [];
  page.on('request', (request) => urls.push(request.url()));
  return urls;
}

async function untilFamilies(id: string, names: readonly string[], state = 'ready'): Promise<void> {
  for (;;) {
    const { families } = await api().progress(id);
    if (names.every((name) => families[name]?.state === state)) return;
    if (Object.values(families).some((family) => family.state === 'failed'))
      throw new Error(`a family failed: ${JSON.stringify(families)}`);
    await sleep(200);
  }
}

async function call(method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(`${apiUrl()}/api/v1/videos/${videoId}/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
}

async function text(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`GET ${url} answered ${response.status}`);
  return response.text();
}
