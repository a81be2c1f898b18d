import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { runTool } from '../../activities/media-tools/run-tool';
import { launchBrowser } from '../../apps/e2e/players/browser';
import { playSlowly, type WindowWithPlayer } from '../../apps/e2e/players/player-driver';
import { untilPlayable } from '../../apps/e2e/scenes/published-video';
import { servePlayerPage, type PlayerSite } from '../../apps/e2e/players/serve-player-page';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { uploadPath } from '../../packages/client/src/node';
import { SprocketClient } from '../../packages/client/src/sprocket-client';
import { benchEnvironment, type BenchEnvironment } from '../measure/bench-environment';
import { report, round3 } from '../measure/report';

const DEMO_CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
const LENGTHS_SECONDS = [30, 600];
const SEEKS = 10;
const PATIENCE_MS = 120_000;
/** So that two runs seek to the same places. */
const SEED = 20;

const SET_UPS = [
  ['hls.js', 'hls_url'],
  ['Shaka Player', 'hls_url'],
  ['Shaka Player', 'dash_url'],
] as const;

interface Bench {
  env: BenchEnvironment;
  api: SprocketClient;
  browser: Browser;
  site: PlayerSite;
}

/** From the end of an upload to the first frame in a browser, and from a seek into what is not made yet to its frame. */
async function main(lengths: readonly number[]): Promise<void> {
  const env = benchEnvironment(process.env);
  const folder = await mkdtemp(join(tmpdir(), 'sprocket-first-play-'));
  const bench: Bench = {
    env,
    api: new SprocketClient({ url: env.SPROCKET_API_URL }),
    browser: await launchBrowser(),
    site: await servePlayerPage(),
  };
  try {
    const rows = [];
    for (const seconds of lengths) {
      const film = await makeFilm(env, folder, seconds);
      for (const setUp of SET_UPS) {
        rows.push({ seconds, player: setUp.join(' '), ...(await measure(bench, film, { seconds, setUp })) });
        process.stderr.write(`${JSON.stringify(rows.at(-1))}\n`);
      }
    }
    report({ benchmark: 'first-play', rows });
  } finally {
    await bench.browser.close();
    await bench.site.close();
    await rm(folder, { recursive: true });
  }
}

/** The demo clip over and over, in 1080p. */
async function makeFilm({ FFMPEG_PATH: tool }: BenchEnvironment, folder: string, seconds: number): Promise<string> {
  const path = join(folder, `${seconds}.mp4`);
  const picture = ['-vf', 'scale=1920:1080,setsar=1', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20'];
  await runTool({
    tool,
    args: ['-v', 'error', '-stream_loop', '-1', '-i', DEMO_CLIP, '-t', String(seconds), ...picture, '-c:a', 'copy', path],
  });
  return path;
}

async function measure(bench: Bench, film: string, { seconds, setUp }: { seconds: number; setUp: (typeof SET_UPS)[number] }) {
  const { api, browser, site } = bench;
  const [player, address] = setUp;
  const page = await browser.newPage();
  await page.goto(site.url);
  const videoId = await uploadPath(api, film);
  const uploadedAt = performance.now();
  const since = () => round3((performance.now() - uploadedAt) / 1000);
  const { status } = await untilPlayable(api, videoId, 50);
  if (status === 'failed') throw new Error(`video ${videoId} failed`);
  const playable_seconds = since();
  const manifest = await api.manifest(videoId);
  await playSlowly(page, { player, url: manifest[address] }, { bufferSeconds: 12, rate: 1, patienceMs: PATIENCE_MS, isPatient: true });
  const first_frame_seconds = since();
  const seek_seconds = [];
  for (const position of positions(seconds)) {
    if ((await api.progress(videoId)).status !== 'transcoding') break;
    seek_seconds.push(round3(await seek(page, position)));
  }
  const faults = await page.evaluate(() => (window as WindowWithPlayer).playerPage.progress().faults);
  await page.close();
  await end(bench, videoId);
  return { opened_while: status, playable_seconds, first_frame_seconds, seek_seconds, faults };
}

/** Seconds, all over the title. */
function positions(seconds: number): number[] {
  let state = SEED;
  return Array.from({ length: SEEKS }, () => {
    // The linear congruential generator of "Numerical Recipes".
    state = (1_664_525 * state + 1_013_904_223) % 2 ** 32;
    return (state / 2 ** 32) * (seconds - 6);
  });
}

/** Seconds until the picture of a position moves; the patience where it does not. */
function seek(page: Page, position: number): Promise<number> {
  return page.evaluate(
    async ([target, patienceMs]) => {
      const video = document.querySelector('video') as HTMLVideoElement;
      const startedAt = performance.now();
      const waited = () => performance.now() - startedAt;
      video.currentTime = target;
      while ((video.seeking || video.currentTime <= target) && waited() < patienceMs)
        await new Promise((resolve) => setTimeout(resolve, 20));
      return waited() / 1000;
    },
    [position, PATIENCE_MS] as const,
  );
}

/** What is not made yet would take the processor from the next measurement. */
async function end({ env, api }: Bench, videoId: string): Promise<void> {
  await fetch(`${env.SPROCKET_API_URL}/api/v1/videos/${videoId}/cancel`, { method: 'POST' });
  while (!['cancelled', 'ready', 'failed'].includes((await api.progress(videoId)).status)) await sleep(100);
  await sleep(3_000);
}

const chosen = process.argv.slice(2).map(Number);
main(chosen.length > 0 ? chosen : LENGTHS_SECONDS).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
