import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { runTool } from '../../activities/media-tools/run-tool';
import { AUSTEN } from '../../activities/test-media/speech/austen';
import { toolPaths } from '../../activities/test-media/tool-paths';
import type { Manifest } from '../../packages/client/src/api-bodies';
import { SprocketClient } from '../../packages/client/src/sprocket-client';
import { keepScreenshot, launchBrowser, recordPage, type PageRecord } from './players/browser';
import { faultsOf, playSlowly, playToEnd, readText, untolerated, type WindowWithPlayer } from './players/player-driver';
import { apiUrl, processFile, untilTs } from './scenes/published-video';
import { postJson } from './scenes/post-json';
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
/** When the reading in the film begins. */
const SPEECH_SECONDS = 4;

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

  it('changes to the language that its viewer chooses, where segments of MPEG-TS have one', async () => {
    const languages = address === 'hls_ts_url' ? [] : ['de', 'en'];
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const heard = await page.evaluate(
      ([position, patienceMs]) => (window as WindowWithPlayer).playerPage.hearLanguage('de', position, patienceMs),
      [DURATION_SECONDS / 2, PATIENCE_MS] as const,
    );
    expect({ ...heard, faults: untolerated(heard.faults) }).toEqual({ offered: languages, played: true, faults: [] });
    const isHeard = requests.some((url) => /\/audio\/(aac|opus)_\d+k_de\/segment_/.test(url));
    expect(isHeard).toBe(languages.length > 0);
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

describe('a playback token in the addresses', () => {
  it.each([
    ['hls.js', 'hls_url'],
    ['Shaka Player', 'hls_url'],
    ['Shaka Player', 'dash_url'],
  ] as const)('is kept by every request of %s on the %s', async (player, address) => {
    const made = (await (await postJson(`videos/${videoId}/playback-token`, {})).json()) as Record<string, string>;
    const page = await browser.newPage();
    const record = recordPage(page);
    const media: string[] = [];
    page.on('request', (request) => {
      if (new URL(request.url()).origin === apiUrl()) media.push(request.url());
    });
    await openStream(page, player, made[address] ?? '');
    const [rate, position] = [1, 1] as const;
    const isPlaying = await page.evaluate(
      ([speed, seconds, patienceMs]) => (window as WindowWithPlayer).playerPage.playPast(speed, seconds, patienceMs),
      [rate, position, PATIENCE_MS] as const,
    );
    expect(isPlaying).toBe(true);
    expect(media.some((url) => url.endsWith('.m4s'))).toBe(true);
    expect(media.filter((url) => !url.startsWith(`${apiUrl()}/stream/t/${made['token']}/${videoId}/`))).toEqual([]);
    expect(record).toEqual({ consoleErrors: [], foreignRequests: [], badAnswers: [] });
    await page.close();
  });
});

/** The share of the pixels in which two pictures of the player differ. */
async function shareOfOther(one: Buffer, other: Buffer): Promise<number> {
  const [first, second] = await Promise.all([one, other].map((png) => sharp(png).greyscale().raw().toBuffer()));
  const differing = first!.filter((value, index) => Math.abs(value - (second![index] ?? 0)) > 32).length;
  return differing / first!.length;
}

describe('subtitles of a ready video', () => {
  const CUES = { he: 'שלום לכולם 👋🏽', de: 'Grüße aus dem Wald ☺ 🐰' };
  let subtitleIds: string[];
  let viewer: Page;
  let record: PageRecord;

  /** A viewer is in the middle of the film while they are added. */
  beforeAll(async () => {
    viewer = await browser.newPage();
    record = recordPage(viewer);
    await viewer.goto(site.url);
    await playSlowly(viewer, { player: 'hls.js', url: manifest.hls_url }, { bufferSeconds: 2, rate: 0.1, patienceMs: PATIENCE_MS });
    const added = await Promise.all(
      Object.entries(CUES).map(([language, text]) => {
        const content = `WEBVTT\n\n00:05.000 --> 00:08.000\n${text}\n`;
        return postJson(`videos/${videoId}/subtitles`, { language, format: 'vtt', content });
      }),
    );
    subtitleIds = await Promise.all(added.map(async (answer) => ((await answer.json()) as { subtitle_id: string }).subtitle_id));
    await untilOffered(3);
  });

  it.each([
    ['hls.js', 'hls_url'],
    ['Shaka Player', 'hls_url'],
    ['Shaka Player', 'dash_url'],
  ] as const)('are on screen at their time in %s on the %s', async (player, address) => {
    const page = await browser.newPage();
    await openStream(page, player, manifest[address]);
    const picture = () => page.locator('video').screenshot();
    for (const [language, text] of Object.entries(CUES)) {
      expect(await readText(page, language, 4.9, 0)).toEqual([]);
      expect(await readText(page, language, 5.02, 1)).toEqual([text]);
      const name = `subtitles-${player.split(' ')[0]?.toLowerCase()}-${address.slice(0, 3)}-${language}`;
      await keepScreenshot(page, name);
      const withText = await picture();
      await page.evaluate(() => (window as WindowWithPlayer).playerPage.hideText());
      const share = await shareOfOther(withText, await picture());
      expect(share).toBeGreaterThan(0.005);
      expect(share).toBeLessThan(0.2);
      expect(await readText(page, language, 8.02, 0)).toEqual([]);
    }
    await page.close();
  });

  it('say what is spoken in the film, where the upload asked for it', async () => {
    const page = await browser.newPage();
    await openStream(page, 'hls.js', manifest.hls_url);
    const text = await readText(page, 'en', SPEECH_SECONDS + 1, 1);
    expect(text?.[0]).toMatch(/^And Mr\.? John Dashwood/);
    await keepScreenshot(page, 'subtitles-of-speech');
    await page.close();
  });

  it('are gone from the manifests when they are deleted, and a player in the middle of the film plays on', async () => {
    for (const id of subtitleIds) {
      const url = `${apiUrl()}/api/v1/videos/${videoId}/subtitles/${id}`;
      expect((await fetch(url, { method: 'DELETE' })).status).toBe(204);
    }
    await untilOffered(1);
    const played = await playToEnd(viewer);
    expect([played.ended, untolerated(played.faults)]).toEqual([true, []]);
    expect(record).toEqual({ consoleErrors: [], foreignRequests: [], badAnswers: [] });
    await viewer.close();
  });
});

async function untilOffered(count: number): Promise<void> {
  for (const [url, pattern] of [
    [manifest.hls_url, /TYPE=SUBTITLES/g],
    [manifest.dash_url, /contentType="text"/g],
  ] as const) {
    const offered = async () => ((await (await fetch(url)).text()).match(pattern) ?? []).length;
    while ((await offered()) !== count) await sleep(100);
  }
}

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
let videoId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playback-'));
  const ended = await processFile(await withLanguages(), { audio_codecs: ['aac', 'opus'], hls_ts: true, subtitles: 'auto' });
  expect(ended).toMatchObject({ status: 'ready', warnings: [] });
  ({ videoId } = ended);
  const api = new SprocketClient({ url: apiUrl() });
  await untilTs(api, videoId);
  manifest = await api.manifest(videoId);
  site = await servePlayerPage();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await site.close();
  await rm(folder, { recursive: true });
});

/** The film, whose sound is in 5.1, with a reading in it, a German track in mono and a commentary beside it. */
async function withLanguages(): Promise<string> {
  const path = join(folder, 'languages.mp4');
  const tone = (hertz: number) => ['-f', 'lavfi', '-i', `sine=${hertz}:duration=${DURATION_SECONDS}`];
  const tracks = ['eng', 'deu', 'eng'].flatMap((language, track) => [`-metadata:s:a:${track}`, `language=${language}`]);
  const flags = ['-disposition:a:0', 'default', '-disposition:a:1', '0', '-disposition:a:2', 'comment'];
  const reading = `[3:a]adelay=${SPEECH_SECONDS * 1000}:all=1[reading];[0:a][reading]amix=duration=first:normalize=0[film]`;
  const maps = ['-map', '0:v', '-map', '[film]', '-map', '1', '-map', '2', '-c:v', 'copy', '-c:a', 'aac'];
  const inputs = ['-i', DEMO_CLIP, ...tone(440), ...tone(880), '-i', AUSTEN.path, '-filter_complex', reading];
  const args = ['-v', 'error', ...inputs, ...maps, ...tracks, ...flags, path];
  await runTool({ tool: toolPaths().ffmpeg, args });
  return path;
}

async function openStream(page: Page, player: string, url: string): Promise<number[]> {
  await page.goto(site.url);
  return page.evaluate(([name, address]) => (window as WindowWithPlayer).playerPage.openStream(name, address), [player, url] as const);
}
