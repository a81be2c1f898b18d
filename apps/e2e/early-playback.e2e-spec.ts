import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { runTool } from '../../activities/media-tools/run-tool';
import { toolPaths } from '../../activities/test-media/tool-paths';
import { projectRoot } from '../../infra/stack/setup/project-root';
import type { VideoProgress } from '../../packages/client/src/api-bodies';
import { SprocketClient } from '../../packages/client/src/sprocket-client';
import { uploadPath } from '../../packages/client/src/node';
import { keepScreenshot, launchBrowser, recordPage } from './players/browser';
import { faultsOf, playSlowly, playToEnd } from './players/player-driver';
import { servePlayerPage, type PlayerSite } from './players/serve-player-page';
import { apiUrl, untilEnded, untilPlayable } from './scenes/published-video';

const DEMO_CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
const FRAME_RATE = 24;
/** The clip three times and a frame: more chunks than slots, and an end at which segments of six seconds would leave one of a frame. */
const TIMES = 4;
const SECONDS = 90.04;
const PLAYERS = [
  ['hls.js', 'hls_url'],
  ['Shaka Player', 'hls_url'],
  ['Shaka Player', 'dash_url'],
] as const;

/** The players of one machine take the processor from its encoders, so that a hold may end before its segment is there; they ask again. */
const HELD_TOO_LONG = /^503 .*\/segment_\d+\.m4s$|^hls\.js: fragLoadError$/;

/** What a player got, by address: hash of the body. */
type Received = Map<string, string>;

let browser: Browser;
let site: PlayerSite;
let folder: string;
let film: string;
let videoId: string;
let atOpening: VideoProgress;
let ended: VideoProgress;
let sessions: { page: Page; received: Received; failed: string[]; faults: string[] }[];

const api = () => new SprocketClient({ url: apiUrl() });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sprocket-early-'));
  film = join(folder, 'film.mp4');
  const args = ['-v', 'error', '-stream_loop', String(TIMES - 1), '-i', DEMO_CLIP, '-t', String(SECONDS), '-c', 'copy', film];
  await runTool({ tool: toolPaths().ffmpeg, args });
  site = await servePlayerPage();
  browser = await launchBrowser();
  videoId = await uploadPath(api(), film, { preset: 'fast' });
  atOpening = await untilPlayable(api(), videoId, 100);
  const manifest = await api().manifest(videoId);
  sessions = await Promise.all(PLAYERS.map(([player, address]) => open(player, manifest[address])));
  ended = await untilEnded(api(), videoId);
  const media = { frameRate: FRAME_RATE, frameCount: await frameCount() };
  const toEnd = async (session: (typeof sessions)[number]) => (session.faults = faultsOf(await playToEnd(session.page), media));
  await Promise.all(sessions.map(toEnd));
}, 300_000);

afterAll(async () => {
  await browser.close();
  await site.close();
  await rm(folder, { recursive: true });
});

/** Of the published title; its sound may be a little longer than the pictures of the source. */
async function frameCount(): Promise<number> {
  const playlist = await (await fetch(`${apiUrl()}/stream/${videoId}/g1/h264/480p/playlist.m3u8`)).text();
  const seconds = [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, length]) => sum + Number(length), 0);
  return Math.round(seconds * FRAME_RATE);
}

/** Opens a stream, and notes all media that comes. */
async function open(player: string, url: string): Promise<(typeof sessions)[number]> {
  const page = await browser.newPage();
  const received: Received = new Map();
  const record = recordPage(page);
  page.on('requestfinished', (request) => {
    if (!/\/g1\/.*\.(?:m4s|mp4|m3u8)$/.test(request.url())) return;
    const note = async () => {
      const response = await request.response();
      if (response?.ok()) received.set(request.url(), hashOf(await response.body()));
    };
    note().catch(() => undefined);
  });
  await page.goto(site.url);
  await playSlowly(page, { player, url }, { bufferSeconds: 60, rate: 1, patienceMs: 60_000, isPatient: true });
  return { page, received, failed: record.badAnswers, faults: [] };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

it('opens while chunks are encoded', () => {
  expect(atOpening.status).toBe('transcoding');
  const { completed, total } = atOpening.pipeline_progress.transcode;
  expect(completed).toBeLessThan(total);
  expect(ended.status).toBe('ready');
});

it.each(PLAYERS.map((player, index) => [...player, index] as const))('%s plays the early %s to the end', (_, __, index) => {
  const { faults = [], failed = [] } = sessions[index] ?? {};
  expect([...faults, ...failed].filter((one) => !HELD_TOO_LONG.test(one))).toEqual([]);
});

it('published the bytes that viewers got before', async () => {
  for (const { received } of sessions) {
    expect(received.size).toBeGreaterThan(20);
    for (const [url, hash] of received) expect([url, hashOf(new Uint8Array(await (await fetch(url)).arrayBuffer()))]).toEqual([url, hash]);
  }
});

it('sends later viewers to the published manifests', async () => {
  const early = `${apiUrl()}/stream/${videoId}/early`;
  expect((await fetch(`${early}/manifest.m3u8`)).url).toBe(`${apiUrl()}/stream/${videoId}/manifest.m3u8`);
  expect((await fetch(`${early}/manifest.mpd`)).url).toBe(`${apiUrl()}/stream/${videoId}/manifest.mpd`);
});

it('draws on the seek bar what is there, and closes the player of the watch page when the run ends without a title', async () => {
  const id = await uploadPath(api(), film, { preset: 'fast' });
  await untilPlayable(api(), id);
  const page = await browser.newPage();
  await page.goto(`${apiUrl()}/watch/${id}`);
  await page.locator('#player').waitFor();
  await page.waitForFunction(() => document.getElementById('player')?.style.getPropertyValue('--parts').includes('linear-gradient'));
  await page.locator('#player').hover();
  await keepScreenshot(page, 'watch-early');
  expect((await fetch(`${apiUrl()}/api/v1/videos/${id}/cancel`, { method: 'POST' })).status).toBe(202);
  await page.locator('#headline', { hasText: 'Cancelled' }).waitFor();
  await keepScreenshot(page, 'watch-early-cancelled');
  expect(await page.locator('#player').isVisible()).toBe(false);
  expect(await page.locator('#links a', { hasText: 'HLS' }).count()).toBe(0);
});
