import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { projectRoot } from '../../infra/stack/setup/project-root';
import type { Manifest } from '../../packages/client/src/api-bodies';
import { SprocketClient } from '../../packages/client/src/sprocket-client';
import { launchBrowser, recordPage, type PageRecord } from './players/browser';
import { faultsOf, playSlowly, playToEnd, untolerated, type PlayProgress, type WindowWithPlayer } from './players/player-driver';
import { apiUrl, processFile } from './scenes/published-video';
import { republish } from './scenes/republish';
import { servePlayerPage, type PlayerSite } from './players/serve-player-page';

const DEMO_CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
const MEDIA = { frameRate: 24, frameCount: 720 };
/** Too little for the clip, so that a player has most of it still to ask for when it is republished. */
const BUFFER_SECONDS = 4;
/** Slow enough to be still in the middle after any republish. */
const SLOW = 0.1;
const PATIENCE_MS = 60_000;

const PLAYERS = [
  ['hls.js', 'hls_url'],
  ['Shaka Player', 'hls_url'],
  ['Shaka Player', 'dash_url'],
] as const;

interface Viewer {
  page: Page;
  record: PageRecord;
  segments: string[];
  before: PlayProgress;
  after: PlayProgress;
}

let browser: Browser;
let site: PlayerSite;
let manifest: Manifest;
let viewers: Viewer[];
/** One whose player is cut off from the generation that it began with. */
let robbed: Viewer;

/** Everybody watches while the second generation is made and published. */
beforeAll(async () => {
  const ended = await processFile(DEMO_CLIP);
  expect(ended).toMatchObject({ status: 'ready' });
  manifest = await new SprocketClient({ url: apiUrl() }).manifest(ended.videoId);
  site = await servePlayerPage();
  browser = await launchBrowser();
  viewers = await Promise.all(PLAYERS.map(([player, address]) => startWatching(player, manifest[address])));
  robbed = await startWatching('hls.js', manifest.hls_url);
  const all = [...viewers, robbed];
  for (const viewer of all) viewer.before = await progressOf(viewer.page);
  await republish(ended.videoId);
  for (const viewer of all) viewer.after = await progressOf(viewer.page);
  await robbed.page.route('**/g1/**', (route) => route.fulfill({ status: 404 }));
}, 300_000);

afterAll(async () => {
  await browser.close();
  await site.close();
});

it('is another generation that new viewers get', async () => {
  for (const url of [manifest.hls_url, manifest.dash_url]) {
    const text = await (await fetch(url)).text();
    expect(text).toContain('g2/');
    expect(text).not.toContain('g1/');
  }
});

it.each(PLAYERS.map(([player, address], index) => [player, address, index] as const))(
  '%s on the %s goes on to the end without an error',
  async (_, __, index) => {
    const { page, record, segments, before, after } = viewers[index] as Viewer;
    // It went on while the generation was replaced, and did not have the rest yet.
    expect(after).toMatchObject({ paused: false });
    expect(after.currentTime).toBeGreaterThan(before.currentTime);
    expect(after.loaded).toBeLessThan(MEDIA.frameCount / MEDIA.frameRate - 6);
    expect(untolerated(after.faults)).toEqual([]);
    const loadedBefore = segments.length;
    expect(faultsOf(await playToEnd(page), MEDIA)).toEqual([]);
    expect(segments.length).toBeGreaterThan(loadedBefore);
    expect(segments.filter((url) => !url.includes('/g1/'))).toEqual([]);
    expect(record).toEqual({ consoleErrors: [], foreignRequests: [], badAnswers: [] });
  },
);

it('would not if the old generation were gone', async () => {
  expect(faultsOf(await playToEnd(robbed.page), MEDIA)).not.toEqual([]);
});

async function startWatching(player: string, url: string): Promise<Viewer> {
  const page = await browser.newPage();
  const record = recordPage(page);
  const segments: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('.m4s')) segments.push(request.url());
  });
  await page.goto(site.url);
  await playSlowly(page, { player, url }, { bufferSeconds: BUFFER_SECONDS, rate: SLOW, patienceMs: PATIENCE_MS });
  const none = { currentTime: 0, paused: true, loaded: 0, faults: [] };
  return { page, record, segments, before: none, after: none };
}

function progressOf(page: Page): Promise<PlayProgress> {
  return page.evaluate(() => (window as WindowWithPlayer).playerPage.progress());
}
