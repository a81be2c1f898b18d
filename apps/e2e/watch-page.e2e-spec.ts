import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { SprocketClient } from '../../packages/client/src/sprocket-client';
import { uploadPath } from '../../packages/client/src/node';
import { keepScreenshot, launchBrowser, recordPage, type PageRecord } from './players/browser';
import { postJson } from './scenes/post-json';
import { apiUrl, processFile } from './scenes/published-video';

const DEMO_CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const NOTHING_WRONG: PageRecord = { consoleErrors: [], foreignRequests: [], badAnswers: [] };

interface WatchInfo {
  playback: object;
  progress: { pipeline_progress: Record<string, unknown> };
}

let browser: Browser;
let page: Page;
let record: PageRecord;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser.close());

async function openPage(path: string): Promise<void> {
  page = await browser.newPage({ viewport: DESKTOP });
  record = recordPage(page);
  await page.goto(`${apiUrl()}${path}`);
}

describe('the watch page of a video', () => {
  let videoId: string;

  beforeAll(async () => {
    videoId = await uploadPath(new SprocketClient({ url: apiUrl() }), DEMO_CLIP);
    await openPage(`/watch/${videoId}`);
  });

  afterAll(() => page.close());

  it('shows the progress and turns into the player without a reload', async () => {
    await page.locator('#steps li[data-state="running"]').first().waitFor();
    await keepScreenshot(page, 'watch-processing');
    await page.locator('#player').waitFor({ timeout: 120_000 });
    await keepScreenshot(page, 'watch-early');
    await page.locator('#status', { hasText: 'ready' }).waitFor({ timeout: 120_000 });
    await page.locator('#rungs span').first().waitFor();
    expect(await page.locator('#rungs').innerText()).toMatch(/854×480.*640×360.*426×240/s);
  });

  it('shows the poster before it plays', async () => {
    // Pictures may come after the video is ready.
    await page.waitForFunction(() => document.querySelector('video')?.poster);
    const size = await page.evaluate(async () => {
      const picture = new Image();
      picture.src = document.querySelector('video')?.poster ?? '';
      await picture.decode();
      return [picture.naturalWidth, picture.naturalHeight];
    });
    expect(size).toEqual([854, 480]);
    await page.locator('#player').hover();
    await keepScreenshot(page, 'watch-ready');
  });

  it('offers every rung in the quality menu and plays the chosen one', async () => {
    await page.locator('.shaka-overflow-menu-button').click();
    await page.locator('.shaka-overflow-menu > .shaka-resolution-button').click();
    const rungs = page.locator('.shaka-resolutions .explicit-resolution');
    // Read before anything plays: on a machine that drops frames, Shaka takes a rung away for a while.
    expect(await rungs.allInnerTexts()).toEqual(['480p', '360p', '240p']);
    await keepScreenshot(page, 'watch-quality-menu');
    await rungs.getByText('240p').click();
    await page.keyboard.press('Escape');
    await page.locator('#player').hover();
    await page.getByRole('button', { name: 'Play', exact: true }).first().click();
    await page.waitForFunction(() => document.querySelector('video')?.videoHeight === 240);
    await playsPast(2.5);
  });

  it('shows a picture of the moment under the pointer on the seek bar', async () => {
    const bar = await page.locator('.shaka-seek-bar').boundingBox();
    if (!bar) throw new Error('there is no seek bar');
    await page.mouse.move(bar.x + 0.6 * bar.width, bar.y + bar.height / 2);
    const picture = page.locator('.shaka-player-ui-thumbnail-image');
    await picture.waitFor();
    await page.waitForFunction(() => (document.querySelector<HTMLImageElement>('.shaka-player-ui-thumbnail-image')?.naturalWidth ?? 0) > 0);
    expect(await picture.getAttribute('src')).toContain(`/stream/${videoId}/g1/thumbnails/sprite_001.jpg`);
    expect(await page.locator('.shaka-player-ui-thumbnail-time').textContent()).toBe('0:18');
    await keepScreenshot(page, 'watch-seek-bar');
  });

  it('fits a phone', async () => {
    await page.setViewportSize(PHONE);
    await keepScreenshot(page, 'watch-phone');
    const [contentWidth, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(contentWidth).toBe(width);
  });

  it('plays DASH as well', async () => {
    await page.setViewportSize(DESKTOP);
    await page.getByRole('link', { name: 'DASH' }).click();
    await page.locator('#rungs span').first().waitFor();
    await page.evaluate(() => document.querySelector('video')?.play());
    await playsPast(1);
    expect(await page.getByRole('link', { name: 'DASH' }).getAttribute('aria-current')).toBe('true');
  });

  it('plays with the token of a link, which all of its requests keep', async () => {
    const made = (await (await postJson(`videos/${videoId}/playback-token`, {})).json()) as { token: string; watch_url: string };
    const asked: string[] = [];
    const note = (request: { url(): string }) => asked.push(new URL(request.url()).pathname);
    page.on('request', note);
    await page.goto(made.watch_url);
    await page.getByRole('link', { name: 'DASH' }).click();
    await page.locator('#rungs span').first().waitFor();
    await page.evaluate(() => document.querySelector('video')?.play());
    await playsPast(1);
    page.off('request', note);
    const media = asked.filter((path) => path.startsWith('/stream/'));
    expect(media.some((path) => path.endsWith('/poster.jpg'))).toBe(true);
    expect(media.filter((path) => !path.startsWith(`/stream/t/${made.token}/${videoId}/`))).toEqual([]);
    await page.goto(`${apiUrl()}/watch/${videoId}`);
  });

  it('adds the pictures when they come after the video is ready', async () => {
    const answer = (await (await fetch(`${apiUrl()}/watch/${videoId}/info`)).json()) as WatchInfo;
    answer.playback = { ...answer.playback, poster: null, spriteVtt: null };
    answer.progress.pipeline_progress['thumbnails'] = 'running';
    await page.route('**/info', (route) => route.fulfill({ json: answer }), { times: 1 });
    await page.reload();
    await page.waitForFunction(() => document.querySelector('video')?.poster.endsWith('/poster.jpg'));
    await page.locator('#steps li[data-state="running"]').waitFor({ state: 'detached' });
  });

  it('asks no other machine and has nothing to complain about', () => {
    expect(record).toEqual(NOTHING_WRONG);
  });

  async function playsPast(seconds: number): Promise<void> {
    await page.waitForFunction((limit) => (document.querySelector('video')?.currentTime ?? 0) > limit, seconds);
  }
});

describe('the watch page of a video that failed', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sprocket-e2e-'));
    const path = join(folder, 'holiday.mp4');
    await writeFile(path, 'This is a letter.\n'.repeat(1000));
    const { videoId } = await processFile(path);
    await openPage(`/watch/${videoId}`);
  });

  afterAll(async () => {
    await page.close();
    await rm(folder, { recursive: true });
  });

  it('says why, what to do about it, and at which step it happened', async () => {
    await page.locator('#steps li[data-state="failed"]').waitFor();
    await keepScreenshot(page, 'watch-failed');
    expect(await page.locator('#status').textContent()).toBe('failed');
    expect(await page.locator('#headline').innerText()).toBe('This video could not be processed');
    expect(await page.locator('#detail').innerText()).toMatch(/^The file cannot be read as a video\. Check that .* not a video\.$/);
    expect(await page.locator('#steps li[data-state="failed"]').innerText()).toMatch(/^probe/);
    expect(await page.locator('#steps li[data-state="pending"]').first().innerText()).toMatch(/not started/);
    expect(await page.locator('#player').isVisible()).toBe(false);
    expect(record).toEqual(NOTHING_WRONG);
  });
});

describe('the watch page of a signed video', () => {
  afterAll(() => page.close());

  it('says that it needs a link with a token', async () => {
    const wishes = { filename: 'a.mp4', file_size_bytes: 1, title: 'For subscribers', playback: 'signed' };
    const { video_id: videoId } = (await (await postJson('videos/upload', wishes)).json()) as { video_id: string };
    await openPage(`/watch/${videoId}`);
    await page.getByText('This video needs a link of its owner').waitFor();
    await keepScreenshot(page, 'watch-signed');
    expect(await page.locator('body').innerText()).not.toContain('For subscribers');
    expect(record.foreignRequests).toEqual([]);
  });
});

describe('the watch page of no video', () => {
  afterAll(() => page.close());

  it('says that there is none', async () => {
    await openPage('/watch/01ARZ3NDEKTSV4RRFFQ69G5FAV');
    await page.getByText('There is no video at this address').waitFor();
    await keepScreenshot(page, 'watch-missing');
    expect(record.foreignRequests).toEqual([]);
  });
});
