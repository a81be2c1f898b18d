import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { projectRoot } from '../../infra/stack/project-root';
import { ApiClient, type Manifest } from '../cli/api-client';
import { launchBrowser, recordPage, type PageRecord } from './browser';
import { apiUrl, processFile } from './published-video';
import { servePlayerPage, type PlayerSite } from './serve-player-page';

const DEMO_CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
const FRAME_RATE = 24;
const FRAME_COUNT = 720;
const FRAME_SECONDS = 1 / FRAME_RATE;
const DURATION_SECONDS = FRAME_COUNT / FRAME_RATE;
const HEIGHTS = [480, 360, 240];
const PLAYBACK_RATE = 8;
const PATIENCE_MS = 30_000;
/**
 * A busy machine runs out of buffer at eight times the speed. Players say so, wait for data and go on; a hole in the
 * media has other names and shows in what is buffered.
 */
const TOLERATED_FAULTS = ['hls.js: bufferStalledError', 'Shaka: stalled'];

interface Played {
  ended: boolean;
  currentTime: number;
  duration: number;
  buffered: [number, number][];
  framesDecoded: number;
  faults: string[];
}

/** What player-page/player.js puts on the window. */
interface PlayerPage {
  openStream(player: string, url: string): Promise<number[]>;
  playToEnd(rate: number, patienceMs: number): Promise<Played>;
  showRendition(height: number, position: number, patienceMs: number): Promise<{ shown: number; faults: string[] }>;
}

type WindowWithPlayer = Window & typeof globalThis & { playerPage: PlayerPage };

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
    expect(faultsOf(await playToEnd(page))).toEqual([]);
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
  expect(faultsOf(await playToEnd(page))).not.toEqual([]);
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

function playToEnd(page: Page): Promise<Played> {
  return page.evaluate(
    ([rate, patienceMs]) => (window as WindowWithPlayer).playerPage.playToEnd(rate, patienceMs),
    [PLAYBACK_RATE, PATIENCE_MS] as const,
  );
}

/** Everything about a play-through that is not as it should be. */
function faultsOf(played: Played): string[] {
  const near = (a: number, b: number) => Math.abs(a - b) <= FRAME_SECONDS;
  const [range] = played.buffered;
  const complaints: [boolean, string][] = [
    [played.ended, 'the end was not reached'],
    [played.currentTime === played.duration, `stopped at ${played.currentTime} of ${played.duration} s`],
    // A decoder that falls behind may leave frames out, but it never shows one twice.
    [played.framesDecoded > 0.9 * FRAME_COUNT && played.framesDecoded <= FRAME_COUNT, `decoded ${played.framesDecoded} frames`],
    [near(played.duration, DURATION_SECONDS), `lasts ${played.duration} s`],
    [
      played.buffered.length === 1 && !!range && near(range[0], 0) && near(range[1], played.duration),
      `buffered ${JSON.stringify(played.buffered)}`,
    ],
  ];
  return [...untolerated(played.faults), ...complaints.filter(([fine]) => !fine).map(([, text]) => text)];
}

function untolerated(faults: readonly string[]): string[] {
  return faults.filter((fault) => !TOLERATED_FAULTS.includes(fault));
}
