import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { makeBarcodeSource } from '../../activities/test-media/make-source';
import { toolPaths } from '../../activities/test-media/tool-paths';
import type { ObjectStore } from '../../infra/object-store/object-store';
import type { Manifest } from '../../packages/client/src/api-bodies';
import { SprocketClient } from '../../packages/client/src/sprocket-client';
import { uploadPath } from '../../packages/client/src/node';
import { keepScreenshot, launchBrowser } from './players/browser';
import type { WindowWithPlayer } from './players/player-driver';
import { servePlayerPage, type PlayerSite } from './players/serve-player-page';
import { until } from './faults/until';
import { keysOfVideo, whereKeysAre } from './scenes/key-leaks';
import { apiUrl, processFile, untilEnded, untilTs } from './scenes/published-video';
import { postJson } from './scenes/post-json';
import { openStackStore } from './scenes/stack-store';

const ALL_CODECS = ['h264', 'hevc', 'av1', 'vp9'] as const;
const [FRAME_RATE, SECONDS] = [25, 8];
const PLAYED_SECONDS = 2;
const PATIENCE_MS = 60_000;
const LIMIT_MS = 240_000;
const UNDECIDED_MS = 4_000;

const api = () => new SprocketClient({ url: apiUrl() });

type WatchWindow = Window & typeof globalThis & { sprocketPlayer?: { getMediaElement(): HTMLVideoElement } };

let folder: string;
let clip: string;
let browser: Browser;
let site: PlayerSite;
let store: ObjectStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drm-'));
  const source = { ffmpeg: toolPaths().ffmpeg, folder, name: 'clip.mp4', frameRate: { num: FRAME_RATE, den: 1 } };
  clip = await makeBarcodeSource({ ...source, frameCount: SECONDS * FRAME_RATE, audioDelaySeconds: 0 });
  [browser, site, store] = [await launchBrowser(), await servePlayerPage(), openStackStore()];
});

afterAll(async () => {
  await browser.close();
  await site.close();
  store.destroy();
  await rm(folder, { recursive: true });
});

describe.each([
  ['cbcs', 'SAMPLE-AES', { codecs: ALL_CODECS, moderation: 'hold', moderation_threshold: 0 }],
  ['cenc', 'SAMPLE-AES-CTR', { codecs: ['h264'] }],
] as const)('a video that was uploaded with %s', (scheme, method, wishes) => {
  let videoId: string;
  let manifest: Manifest;
  const isHeld = 'moderation' in wishes;

  beforeAll(async () => {
    videoId = await uploadPath(api(), clip, {
      ...wishes,
      codecs: [...wishes.codecs],
      ...(isHeld ? { watermark: { id: await addWatermark() } } : {}),
      drm: { scheme },
    });
    if (isHeld) await approve(videoId);
    expect(await untilEnded(api(), videoId)).toMatchObject({ status: 'ready', pipeline_progress: { drm: 'completed' } });
    await untilFamilies(videoId, Object.fromEntries(wishes.codecs.slice(1).map((family) => [family, 'ready'])));
    manifest = await api().manifest(videoId);
  }, 300_000);

  it('names encrypted media alone beside small thumbnails, and tells how it is encrypted', async () => {
    expect(await view(videoId)).toMatchObject({ drm: { scheme, state: 'protected', key_provider: 'local' } });
    const [hls, dash] = await Promise.all([text(manifest.hls_url), text(manifest.dash_url)]);
    const addresses = hls.match(/g\d+\/[^"\s]+/g) ?? [];
    for (const family of wishes.codecs) expect(addresses.join()).toContain(`/drm/${scheme}/${family}/`);
    expect(addresses.filter((address) => !/^g\d+\/(?:drm\/|images\/playlist\.m3u8$)/.test(address))).toEqual([]);
    expect(await text(new URL(addresses[0] as string, manifest.hls_url).href)).toContain(`METHOD=${method},`);
    expect(dash).toContain(`value="${scheme}"`);
    expect(dash).toMatch(/cenc:default_KID="[0-9a-f-]{36}"/);
  });

  it('has no clear media at any address', async () => {
    const names = [...(await store.sizesBelow('transcoded', `${videoId}/`)).keys()];
    const clear = names.filter((name) => isMedia(name) && !name.includes('/drm/'));
    expect(clear).toEqual([]);
    const encrypted = names.filter((name) => /\/drm\/.*(?:m4s|mp4|m3u8)$/.test(name));
    for (const name of encrypted) {
      const address = `${apiUrl()}/stream/${videoId}/${name}`;
      expect([name, (await fetch(address)).status]).toEqual([name, 200]);
      expect([name, (await fetch(address.replace(`drm/${scheme}/`, ''))).status]).toEqual([name, 404]);
    }
  });

  it.each(['hls', 'dash'])(
    'plays in Chromium with its keys (%s)',
    async (format) => {
      const page = await browser.newPage();
      await page.goto(`${apiUrl()}/watch/${videoId}?format=${format}`);
      await page.waitForFunction(() => (window as WatchWindow).sprocketPlayer, undefined, { timeout: PATIENCE_MS });
      const reached = await page.evaluate(async (seconds) => {
        const video = document.querySelector('video') as HTMLVideoElement;
        video.muted = true;
        await video.play();
        while (video.currentTime < seconds && !video.error) await new Promise((resolve) => setTimeout(resolve, 50));
        return { time: video.currentTime, frames: video.getVideoPlaybackQuality().totalVideoFrames, error: video.error?.message ?? null };
      }, PLAYED_SECONDS);
      expect(reached).toMatchObject({ error: null });
      expect(reached.frames).toBeGreaterThan(10);
      if (format === 'dash') await keepScreenshot(page, `watch-${scheme}`);
      await page.close();
    },
    120_000,
  );

  it('does not play without them', async () => {
    const page = await browser.newPage();
    await page.goto(site.url);
    const played = await page.evaluate(
      async ([address, patienceMs]) => {
        const { playerPage } = window as WindowWithPlayer;
        try {
          await playerPage.openStream('Shaka Player', address, { bufferSeconds: 5 });
          return await playerPage.playPast(1, 0, patienceMs);
        } catch (error) {
          return String(error);
        }
      },
      [manifest.dash_url, UNDECIDED_MS] as const,
    );
    expect(played).not.toBe(true);
    await page.close();
  }, 60_000);

  it('has keys that are in no history, log, row or object', async () => {
    const keys = await keysOfVideo(videoId, manifest.dash_url);
    expect(keys.length).toBeGreaterThanOrEqual(2);
    expect(
      await whereKeysAre(
        videoId,
        keys.map(({ key }) => key),
      ),
    ).toEqual([]);
    // Their ids are public, so the search finds those.
    const found = await whereKeysAre(
      videoId,
      keys.map(({ kid }) => kid),
    );
    expect(found).toEqual(expect.arrayContaining(['table content_keys', expect.stringMatching(/^transcoded .*init\.mp4$/)]));
  }, 60_000);
});

describe('a video that is protected once it is published', () => {
  let videoId: string;
  let clear: string[];
  const protect = (body: unknown) => postJson(`videos/${videoId}/drm`, body);
  const statusOf = async (name: string) => (await fetch(`${apiUrl()}/stream/${videoId}/${name}`)).status;

  beforeAll(async () => {
    ({ videoId } = await processFile(clip, { codecs: ['h264', 'vp9'], hls_ts: true }));
    await untilFamilies(videoId, { vp9: 'ready' });
    await untilTs(api(), videoId);
    const names = [...(await store.sizesBelow('transcoded', `${videoId}/`)).keys()];
    clear = names.filter((name) => isMedia(name) || /\.ts$|^manifest-ts/.test(name));
    expect(clear).toEqual(expect.arrayContaining(['manifest-ts.m3u8', expect.stringMatching(/^g1\/ts\/.*\.ts$/)]));
  }, 300_000);

  it('is encrypted with all its families, and its clear addresses are gone', async () => {
    expect(clear.length).toBeGreaterThan(20);
    expect(await statusOf(clear[0] as string)).toBe(200);
    expect((await protect({ scheme: 'cbcs' })).status).toBe(202);
    expect((await protect({ scheme: 'cbcs' })).status).toBe(202);
    expect((await protect({ scheme: 'cenc' })).status).toBe(409);
    await until('the title is protected', LIMIT_MS, async () => (await view(videoId)).drm?.state === 'protected');
    const hls = await text((await api().manifest(videoId)).hls_url);
    expect(hls).toMatch(/drm\/cbcs\/h264\//);
    expect(hls).toMatch(/drm\/cbcs\/vp9\//);
    await until('clear objects are deleted', LIMIT_MS, async () => (await leftOf(clear)).length === 0);
    for (const name of clear) expect([name, await statusOf(name)]).toEqual([name, 404]);
  }, 120_000);

  it('stays protected', async () => {
    const answer = await fetch(`${apiUrl()}/api/v1/videos/${videoId}/drm`, { method: 'DELETE' });
    expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'VideoIsProtected' }]);
    expect((await protect({ scheme: 'cbcs' })).status).toBe(409);
  });

  async function leftOf(names: readonly string[]): Promise<string[]> {
    const left = new Set((await store.sizesBelow('transcoded', `${videoId}/`)).keys());
    return names.filter((name) => left.has(name));
  }
});

async function addWatermark(): Promise<string> {
  const answer = await postJson('watermarks', { text: 'sprocket' });
  return ((await answer.json()) as { watermark_id: string }).watermark_id;
}

/** Nothing is public before a moderator says so. */
async function approve(videoId: string): Promise<void> {
  await until('the video is held', LIMIT_MS, async () => (await api().progress(videoId)).status === 'moderating');
  const names = [...(await store.sizesBelow('transcoded', `${videoId}/`)).keys()];
  expect(names.some((name) => name.includes('/drm/'))).toBe(true);
  for (const name of names) expect([name, (await fetch(`${apiUrl()}/stream/${videoId}/${name}`)).status]).toEqual([name, 404]);
  const answer = await postJson(`videos/${videoId}/moderation`, { decision: 'approve' });
  expect(answer.status).toBe(200);
}

async function view(videoId: string): Promise<{ drm: { state: string } | null }> {
  return (await fetch(`${apiUrl()}/api/v1/videos/${videoId}`)).json() as Promise<{ drm: { state: string } | null }>;
}

async function untilFamilies(videoId: string, states: Record<string, string>): Promise<void> {
  await until('every family has joined', LIMIT_MS, async () => {
    const { families } = await api().progress(videoId);
    return Object.entries(states).every(([family, state]) => families[family]?.state === state);
  });
}

async function text(url: string): Promise<string> {
  return (await fetch(url)).text();
}

/** Media and its playlists below a generation; the list of the sheets of small thumbnails is none. */
function isMedia(name: string): boolean {
  return name.includes('/') && /\.(?:m4s|mp4|m3u8)$/.test(name) && name !== 'g1/images/playlist.m3u8';
}
