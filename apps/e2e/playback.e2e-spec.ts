import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { ApiClient, type Manifest } from '../client/api-client';
import { launchBrowser, recordPage, type PageRecord } from './players/browser';
import { faultsOf, playToEnd, untolerated, type WindowWithPlayer } from './players/player-driver';
import { apiUrl, processFile } from './scenes/published-video';
import { servePlayerPage, type PlayerSite } from './players/serve-player-page';

const DEMO_CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
const FRAME_RATE = 24;
const FRAME_COUNT = 720;
const MEDIA = { frameRate: FRAME_RATE, frameCount: FRAME_COUNT };
const DURATION_SECONDS = FRAME_COUNT / FRAME_RATE;
const HEIGHTS = [480, 360, 240];
const PATIENCE_MS = 30_000;

describe.each([
  ['hls.js', 'hls_url'],
  ['Shaka Player', 'hls_url'],
  ['Shaka Player', 'dash_url'],
] as const)('%s on the %s of a published video', (player, address) => {
  let page: Page;
  let record: PageRecord;
  let heights: number[];

  beforeAll(async () => {
    page = await browser.newPage();
    record = recordPage(page);
    heights = await openStream(page, player, manifest[address]);
  });

  afterAll(() => page.close());

  it('plays to the very end in one piece', async () => {
    expect(faultsOf(await playToEnd(page), MEDIA)).toEqual([]);
  });

  it('shows every rendition when asked to', async () => {
    expect(heights).toEqual(HEIGHTS);
    for (const [index, height] of HEIGHTS.entries()) {
      const result = await page.evaluate(
        ([wanted, position, patienceMs]) => (window as WindowWithPlayer).playerPage.showRendition(wanted, position, patienceMs),
        [height, (index * DURATION_SECONDS) / HEIGHTS.length, PATIENCE_MS] as const,
      );
      expect(result.shown).toBe(height);
      expect(untolerated(result.faults)).toEqual([]);
    }
  });

  it('finds its thumbnails in the manifest, or plays on as hls.js does', async () => {
    const found = await page.evaluate((seconds) => (window as WindowWithPlayer).playerPage.thumbnailsAt(seconds), [12, 27] as const);
    const sheet = {
      uri: expect.stringMatching(/\/g1\/thumbnails\/sprite_001\.jpg$/),
      width: 320,
      height: 180,
      duration: 5,
      isInside: true,
    };
    const places = [
      { positionX: 640, positionY: 0, startTime: 10 },
      { positionX: 0, positionY: 180, startTime: 25 },
    ];
    expect(found).toEqual(player === 'hls.js' ? [] : places.map((place) => ({ ...sheet, ...place })));
  });

  it('finds nothing missing and nothing to complain about', () => {
    expect(record).toEqual({ consoleErrors: [], foreignRequests: [], badAnswers: [] });
  });
});

it('would not pass with one segment in the place of another', async () => {
  const page = await browser.newPage();
  await page.route('**/segment_00003.m4s', async (route) => {
    const url = route.request().url().replace('segment_00003', 'segment_00002');
    await route.fulfill({ response: await route.fetch({ url }) });
  });
  await openStream(page, 'Shaka Player', manifest.dash_url);
  expect(faultsOf(await playToEnd(page), MEDIA)).not.toEqual([]);
  await page.close();
});

let browser: Browser;
let site: PlayerSite;
let manifest: Manifest;

beforeAll(async () => {
  const ended = await processFile(DEMO_CLIP);
  expect(ended).toMatchObject({ status: 'ready' });
  manifest = await new ApiClient(apiUrl()).manifest(ended.videoId);
  site = await servePlayerPage();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

async function openStream(page: Page, player: string, url: string): Promise<number[]> {
  await page.goto(site.url);
  return page.evaluate(([name, address]) => (window as WindowWithPlayer).playerPage.openStream(name, address), [player, url] as const);
}
