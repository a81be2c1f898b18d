import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { runTool } from '../../activities/media-tools/run-tool';
import { toolPaths } from '../../activities/test-media/tool-paths';
import { ApiClient, type Manifest } from '../client/api-client';
import { launchBrowser, recordPage, type PageRecord } from './players/browser';
import { faultsOf, playToEnd, untolerated, type WindowWithPlayer } from './players/player-driver';
import { apiUrl, processFile, untilTs } from './scenes/published-video';
import { servePlayerPage, type PlayerSite } from './players/serve-player-page';

const DEMO_CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
const FRAME_RATE = 24;
const FRAME_COUNT = 720;
const MEDIA = { frameRate: FRAME_RATE, frameCount: FRAME_COUNT };
const DURATION_SECONDS = FRAME_COUNT / FRAME_RATE;
const HEIGHTS = [480, 360, 240];
/** Of H.264 here: pictures are decoded so much earlier than they are shown. */
const REORDERED_FRAMES = 2;
const PATIENCE_MS = 30_000;

describe.each([
  ['hls.js', 'hls_url', 0],
  ['Shaka Player', 'hls_url', 0],
  ['Shaka Player', 'dash_url', 0],
  ['hls.js', 'hls_ts_url', REORDERED_FRAMES],
] as const)('%s on the %s of a published video', (player, address, delayFrames) => {
  let page: Page;
  let record: PageRecord;
  let heights: number[];

  beforeAll(async () => {
    page = await browser.newPage();
    record = recordPage(page);
    heights = await openStream(page, player, manifest[address] ?? '');
  });

  afterAll(() => page.close());

  it('plays to the very end in one piece', async () => {
    expect(faultsOf(await playToEnd(page), { ...MEDIA, delayFrames })).toEqual([]);
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

  it('changes to the language that its viewer chooses', async () => {
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const heard = await page.evaluate(
      ([position, patienceMs]) => (window as WindowWithPlayer).playerPage.hearLanguage('de', position, patienceMs),
      [DURATION_SECONDS / 2, PATIENCE_MS] as const,
    );
    expect({ ...heard, faults: untolerated(heard.faults) }).toEqual({ offered: ['de', 'en'], played: true, faults: [] });
    expect(requests.some((url) => /\/audio\/(aac|opus)_\d+k_de\/segment_/.test(url))).toBe(true);
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

let folder: string;
let browser: Browser;
let site: PlayerSite;
let manifest: Manifest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playback-'));
  const ended = await processFile(await withLanguages(), { audioCodecs: ['aac', 'opus'], hlsTs: true });
  expect(ended).toMatchObject({ status: 'ready', warnings: [] });
  const api = new ApiClient(apiUrl());
  await untilTs(api, ended.videoId);
  manifest = await api.manifest(ended.videoId);
  site = await servePlayerPage();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await site.close();
  await rm(folder, { recursive: true });
});

/** The film, whose sound is in 5.1, with a German track in mono and a commentary beside it. */
async function withLanguages(): Promise<string> {
  const path = join(folder, 'languages.mp4');
  const tone = (hertz: number) => ['-f', 'lavfi', '-i', `sine=${hertz}:duration=${DURATION_SECONDS}`];
  const tracks = ['eng', 'deu', 'eng'].flatMap((language, track) => [`-metadata:s:a:${track}`, `language=${language}`]);
  const flags = ['-disposition:a:0', 'default', '-disposition:a:1', '0', '-disposition:a:2', 'comment'];
  const maps = ['-map', '0', '-map', '1', '-map', '2', '-c', 'copy', '-c:a:1', 'aac', '-c:a:2', 'aac'];
  const args = ['-v', 'error', '-i', DEMO_CLIP, ...tone(440), ...tone(880), ...maps, ...tracks, ...flags, path];
  await runTool({ tool: toolPaths().ffmpeg, args });
  return path;
}

async function openStream(page: Page, player: string, url: string): Promise<number[]> {
  await page.goto(site.url);
  return page.evaluate(([name, address]) => (window as WindowWithPlayer).playerPage.openStream(name, address), [player, url] as const);
}
