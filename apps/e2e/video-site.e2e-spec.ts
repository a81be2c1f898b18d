import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { makeBarcodeSource } from '../../activities/test-media/make-source';
import { toolPaths } from '../../activities/test-media/tool-paths';
import { keepScreenshot, launchBrowser, recordPage, type PageRecord } from './players/browser';
import { postJson } from './scenes/post-json';
import { apiUrl } from './scenes/published-video';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { buildClient, CLIENT_FOLDER } from '../../packages/client/testing/build-client';
import { MIB } from '../../temporal/contract/units';

const EXAMPLE = join(projectRoot(), 'examples', 'video-site');
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
/** Parts of 5 MiB, as the stack under test wants them, so four. */
const FILE_BYTES = 16 * MIB;
/** The last part; 1 MiB of it takes a while on this line. */
const UPLOAD_BYTES_PER_SECOND = 2 * MIB;
const PATIENCE_MS = 120_000;
const NOTHING_WRONG: PageRecord = { consoleErrors: [], foreignRequests: [], badAnswers: [] };

let folder: string;
let film: string;
let site: ChildProcess;
let siteUrl: string;
let said = '';
let secret: string;
let webhookId: string;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'video-site-'));
  film = await makeFilm();
  install();
  const port = process.env['TEST_SITE_PORT'] ?? '';
  siteUrl = `http://127.0.0.1:${port}`;
  const { key } = await made('keys', { name: 'video site', scopes: ['videos:read', 'videos:write'], creator_id: 'video-site' });
  const about = { url: `${siteUrl}/webhooks`, event_types: ['video.ready', 'video.failed'], creator_id: 'video-site' };
  ({ secret, webhook_id: webhookId } = await made('webhooks', about));
  await startSite({ SPROCKET_URL: apiUrl(), SPROCKET_API_KEY: key, WEBHOOK_SECRET: secret, PORT: port });
  browser = await launchBrowser();
  context = await browser.newContext({ viewport: DESKTOP });
});

afterAll(async () => {
  await browser?.close();
  // The shell of npm and the server.
  if (site?.pid) process.kill(-site.pid);
  if (webhookId) await fetch(`${apiUrl()}/api/v1/webhooks/${webhookId}`, { method: 'DELETE' });
  rmSync(folder, { recursive: true });
});

/** A short film; a `free` box at its end (ISO/IEC 14496-12 8.1.2) makes it as long as a file of four parts. */
async function makeFilm(): Promise<string> {
  const media = { name: 'film.mp4', frameRate: { num: 24, den: 1 }, frameCount: 72, audioDelaySeconds: 0 };
  const path = await makeBarcodeSource({ ...media, folder, ffmpeg: toolPaths().ffmpeg });
  const free = Buffer.alloc(FILE_BYTES - readFileSync(path).length);
  free.writeUInt32BE(free.length);
  free.write('free', 4);
  appendFileSync(path, free);
  return path;
}

/** Does the same as `npm install` with what the project has: the example sees the packages of its own package.json alone. */
function install(): void {
  buildClient();
  cpSync(EXAMPLE, join(folder, 'site'), { recursive: true, filter: (path) => !path.endsWith('node_modules') });
  const modules = join(folder, 'site', 'node_modules');
  const { dependencies } = manifestIn(join(folder, 'site'));
  for (const [name, version] of Object.entries(dependencies as Record<string, string>)) {
    const from = name === '@sprocket/client' ? CLIENT_FOLDER : join(projectRoot(), 'node_modules', name);
    if (from !== CLIENT_FOLDER) expect([name, manifestIn(from).version]).toEqual([name, version]);
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(from, join(modules, name));
  }
  symlinkSync(join(projectRoot(), 'node_modules', '.bin'), join(modules, '.bin'));
}

function manifestIn(path: string) {
  return JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
}

async function made(path: string, body: object) {
  const answer = await postJson(path, body);
  expect([path, answer.status]).toEqual([path, 201]);
  return answer.json();
}

/** Runs `npm start` until the site says that it listens. */
async function startSite(settings: Record<string, string>): Promise<void> {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...settings };
  site = spawn('npm', ['start', '--silent'], { cwd: join(folder, 'site'), env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  await new Promise<void>((resolve, reject) => {
    for (const stream of [site.stdout, site.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8');
        if (said.includes(siteUrl)) resolve();
      });
    }
    site.once('exit', () => reject(new Error(said)));
  });
}

describe('a video site that is written from the documentation', () => {
  let page: Page;
  let record: PageRecord;
  const parts: string[] = [];

  beforeAll(async () => {
    page = await context.newPage();
    // The processing of the film is part of what is waited for.
    page.setDefaultTimeout(PATIENCE_MS);
    record = recordPage(page);
    page.on('request', (request) => {
      if (request.method() === 'PUT') parts.push(new URL(request.url()).searchParams.get('partNumber') ?? '');
    });
  });

  const state = () => page.locator('#state').textContent();
  const sent = () => page.evaluate(() => document.querySelector('progress')?.value ?? 0);

  it('lets a visitor pause, also while addresses are on their way', async () => {
    const held: Route[] = [];
    await page.route('**/upload/parts', (route) => (held.push(route) === 1 ? undefined : route.continue()));
    await page.route(/partNumber=4&/, () => undefined);
    await page.goto(siteUrl);
    await keepScreenshot(page, 'example-upload');
    await Promise.all([page.waitForRequest('**/upload/parts'), page.setInputFiles('#file', film)]);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused.').waitFor();
    await Promise.all([page.waitForResponse('**/upload/parts'), held[0]?.continue()]);
    expect(parts).toEqual([]);
  });

  it('sends parts until the page is reloaded', async () => {
    // Progress counts bytes that were sent; a part counts for the next page once the store has answered.
    const stored = [1, 2, 3].map((part) => page.waitForResponse(new RegExp(`partNumber=${String(part)}&`)));
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.waitForFunction((share) => (document.querySelector('progress')?.value ?? 0) >= share, 15 / 16);
    await Promise.all(stored);
    await keepScreenshot(page, 'example-uploading');
    expect([parts.splice(0).sort(), await state()]).toEqual([['1', '2', '3', '4'], 'Uploading ... 93%']);
    await page.reload();
  });

  it('goes on with the missing part alone, shows how far it is, and follows to the end', async () => {
    await page.unrouteAll();
    const line = await context.newCDPSession(page);
    await line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: UPLOAD_BYTES_PER_SECOND,
    });
    await page.setInputFiles('#file', film);
    await page.waitForFunction((share) => (document.querySelector('progress')?.value ?? 0) > share, 15 / 16);
    const share = await sent();
    expect(share).toBeLessThan(1);
    await page.waitForURL(/watch\.html\?id=\w{26}$/);
    await line.detach();
    expect(parts).toEqual(['4']);
    await page.getByText(/^Processing \.\.\. \d+%$/).waitFor();
    await keepScreenshot(page, 'example-processing');
  });

  it('plays the video once its signed event has come', async () => {
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.5);
    expect(said).toContain(`video.ready ${new URL(page.url()).searchParams.get('id')}\n`);
    await keepScreenshot(page, 'example-watch');
    await page.evaluate(moves);
  });

  /** Runs in the page: plays again, and resolves when a frame has other pixels than the first. */
  function moves(): Promise<void> {
    const video = document.querySelector('video') as HTMLVideoElement;
    const canvas = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
    let first = '';
    return new Promise((resolve) => {
      const look = () => {
        canvas.drawImage(video, 0, 0, 32, 18);
        const now = canvas.getImageData(0, 0, 32, 18).data.join();
        if (first !== '' && now !== first) return resolve();
        first = now;
        video.requestVideoFrameCallback(look);
      };
      video.requestVideoFrameCallback(look);
      video.currentTime = 0;
      void video.play();
    });
  }

  it('fits a phone', async () => {
    await page.setViewportSize(PHONE);
    await keepScreenshot(page, 'example-watch-phone');
    const isTooWide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(await isTooWide()).toBe(false);
    await page.goto(siteUrl);
    await keepScreenshot(page, 'example-upload-phone');
    expect(await isTooWide()).toBe(false);
  });

  it('asks only itself, the API and storage, and has nothing to complain about', () => {
    expect(record).toEqual(NOTHING_WRONG);
  });
});

describe('the webhook receiver of the site', () => {
  const now = new Date();
  const post = (body: string, signature: string) =>
    fetch(`${siteUrl}/webhooks`, {
      method: 'POST',
      body,
      headers: {
        'Content-Type': 'application/json',
        'webhook-id': 'msg_of_this_test',
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': signature,
      },
    });

  it('refuses a false signature, and takes an event that comes twice once', async () => {
    const body = JSON.stringify({ type: 'video.failed', data: { video_id: '01VIDEO' } });
    const signature = new Webhook(secret).sign('msg_of_this_test', now, body);
    const statuses = [];
    for (const [text, sign] of [
      [`${body} `, signature],
      [body, 'v1,AAAA'],
      [body, signature],
      [body, signature],
    ] as const)
      statuses.push((await post(text, sign)).status);
    expect(statuses).toEqual([400, 400, 204, 204]);
    expect(said.match(/video\.failed 01VIDEO/g)).toHaveLength(1);
  });
});

it('gives visitors no call but those of its pages', async () => {
  const statuses = ['api/v1/keys', `api/v1/videos/01ARZ3NDEKTSV4RRFFQ69G5FAV/events`, 'server.js'].map(
    async (path) => (await fetch(`${siteUrl}/${path}`)).status,
  );
  expect(await Promise.all(statuses)).toEqual([404, 404, 404]);
});
