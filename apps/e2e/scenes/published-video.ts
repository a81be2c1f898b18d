import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, type types } from 'hls-parser';
import type { VideoProgress, VideoWishes } from '../../../packages/client/src/api-bodies';
import { patientFetch } from '../../../packages/client/src/patient-fetch';
import { SprocketClient } from '../../../packages/client/src/sprocket-client';
import { uploadPath } from '../../../packages/client/src/node';

const POLL_MS = 200;
const ENDED = ['ready', 'failed', 'cancelled', 'removed'];

/** A rendition as a player gets it: init segment and all media segments in one file. */
export interface DownloadedRendition {
  name: string;
  path: string;
  segmentCount: number;
}

/** Address of the API under test. Throws when the runner did not set it. */
export function apiUrl(): string {
  const url = process.env['SPROCKET_API_URL'];
  if (!url) throw new Error('SPROCKET_API_URL is not set: the test runner starts the stack');
  return url;
}

/** Uploads a file like any client and resolves to its status once it has ended. */
export async function processFile(path: string, wishes: VideoWishes = {}): Promise<VideoProgress & { videoId: string }> {
  const api = new SprocketClient({ url: apiUrl() });
  const videoId = await uploadPath(api, path, wishes);
  return { videoId, ...(await untilEnded(api, videoId)) };
}

export async function untilEnded(api: SprocketClient, videoId: string, pollMs = POLL_MS): Promise<VideoProgress> {
  for (;;) {
    const progress = await api.progress(videoId);
    if (ENDED.includes(progress.status)) return progress;
    await sleep(pollMs);
  }
}

/** Resolves to the status of a video that may be watched, or that has ended. */
export async function untilPlayable(api: SprocketClient, videoId: string, pollMs = POLL_MS): Promise<VideoProgress> {
  for (;;) {
    const progress = await api.progress(videoId);
    if (progress.playable_at !== null || ENDED.includes(progress.status)) return progress;
    await sleep(pollMs);
  }
}

/** Waits for the MPEG-TS segments of a published video and resolves to where they are played. Throws when there will be none. */
export async function untilTs(api: SprocketClient, videoId: string): Promise<string> {
  for (;;) {
    const { hls_ts_url: url } = await api.manifest(videoId);
    if (url) return url;
    const { warnings } = await api.progress(videoId);
    if (warnings.length > 0) throw new Error(warnings.map(({ message }) => message).join(' '));
    await sleep(POLL_MS);
  }
}

/** Downloads every video rendition of a published video through its HLS playlists, from the stack's API or another one. */
export async function downloadRenditions(videoId: string, folder: string, url = apiUrl()): Promise<DownloadedRendition[]> {
  const { hls_url: hlsUrl } = await new SprocketClient({ url }).manifest(videoId);
  const master = parse(await text(hlsUrl)) as types.MasterPlaylist;
  // Each stands there once with every audio group.
  const uris = new Set(master.variants.filter((variant) => !variant.isIFrameOnly).map((variant) => variant.uri));
  return Promise.all([...uris].map((uri) => downloadRendition(new URL(uri, hlsUrl), folder)));
}

/** Downloads the audio rendition, or resolves to null for a silent video. */
export async function downloadAudio(videoId: string, folder: string): Promise<DownloadedRendition | null> {
  const { hls_url: hlsUrl } = await new SprocketClient({ url: apiUrl() }).manifest(videoId);
  const master = parse(await text(hlsUrl)) as types.MasterPlaylist;
  const uri = master.variants.flatMap((variant) => variant.audio.map((audio) => audio.uri))[0];
  return uri ? downloadRendition(new URL(uri, hlsUrl), folder) : null;
}

async function downloadRendition(playlistUrl: URL, folder: string): Promise<DownloadedRendition> {
  const playlist = parse(await text(playlistUrl)) as types.MediaPlaylist;
  const init = playlist.segments[0]?.map?.uri;
  if (!init) throw new Error('the playlist has no init segment');
  const parts: Uint8Array[] = [];
  for (const uri of [init, ...playlist.segments.map((segment) => segment.uri)]) parts.push(await bytes(new URL(uri, playlistUrl)));
  const [family = '', name = ''] = playlistUrl.pathname.split('/').slice(-3);
  const path = join(folder, `${family}_${name}.mp4`);
  await writeFile(path, Buffer.concat(parts));
  return { name, path, segmentCount: playlist.segments.length };
}

async function text(url: URL | string): Promise<string> {
  return Buffer.from(await bytes(url)).toString('utf8');
}

/** Asks again when the server closes an idle connection that is about to be used (RFC 9112 9.3.1). */
const get = patientFetch((request) => fetch(request), 5_000);

async function bytes(url: URL | string): Promise<Uint8Array> {
  const response = await get(new Request(url));
  if (!response.ok) throw new Error(`GET ${String(url)} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
