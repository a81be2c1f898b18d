import type { Page } from 'playwright-core';

export interface Played {
  ended: boolean;
  currentTime: number;
  duration: number;
  buffered: [number, number][];
  framesDecoded: number;
  faults: string[];
}

export interface PlayProgress {
  currentTime: number;
  paused: boolean;
  loaded: number;
  faults: string[];
}

/** A thumbnail as a player finds it in a manifest, in pixels of its sheet and seconds. */
interface FoundThumbnail {
  uri: string;
  positionX: number;
  positionY: number;
  width: number;
  height: number;
  startTime: number;
  duration: number;
  isInside: boolean;
}

/** A track of sound on offer. */
export interface OfferedSound {
  language: string;
  channels: number;
  isCommentary: boolean;
}

interface OpenOptions {
  bufferSeconds?: number;
  /** Of hls.js; the first group of sound is kept otherwise. */
  everyGroup?: boolean;
  /** Of Shaka Player: keys by key id, in hex. */
  clearKeys?: Record<string, string>;
  /** Waits for segments that are being made. */
  isPatient?: boolean;
}

/** What player-page/player.js puts on the window. */
interface PlayerPage {
  openStream(player: string, url: string, options?: OpenOptions): Promise<number[]>;
  playPast(rate: number, position: number, patienceMs: number): Promise<boolean>;
  progress(): PlayProgress;
  playToEnd(rate: number, patienceMs: number): Promise<Played>;
  hearLanguage(language: string, position: number, patienceMs: number): Promise<{ offered: string[]; played: boolean; faults: string[] }>;
  tracks(): { sound: OfferedSound[]; text: string[] };
  hearTrack(place: number, position: number, patienceMs: number): Promise<{ played: boolean; faults: string[] }>;
  thumbnailsAt(seconds: readonly number[]): Promise<FoundThumbnail[]>;
  readText(language: string, position: number, wanted: { cues: number; patienceMs: number }): Promise<string[] | null>;
  hideText(): void;
  showRendition(height: number, position: number, patienceMs: number): Promise<{ shown: number; faults: string[] }>;
}

export type WindowWithPlayer = Window & typeof globalThis & { playerPage: PlayerPage };

/** Speed and patience of a whole play-through. */
const PLAYBACK_RATE = 8;
const PATIENCE_MS = 30_000;

/**
 * A busy machine runs out of buffer at eight times the speed. Players say so, wait for data and go on; a hole in the
 * media has other names and shows in what is buffered. hls.js also tells of a segment that replaces the same seconds of another
 * rendition, since the buffer is no longer for it, and of a request that it aborted to switch; both are harmless.
 */
const TOLERATED_FAULTS = ['hls.js: bufferStalledError', 'hls.js: bufferAppendNoProgress', 'hls.js: aborted', 'Shaka: stalled'];

/** The texts that a player shows in a language at a position, or null where it does not show that many. */
export function readText(page: Page, language: string, position: number, cues: number): Promise<string[] | null> {
  return page.evaluate(([name, seconds, wanted]) => (window as WindowWithPlayer).playerPage.readText(name, seconds, wanted), [
    language,
    position,
    { cues, patienceMs: PATIENCE_MS },
  ] as const);
}

export function playToEnd(page: Page): Promise<Played> {
  return page.evaluate(([rate, patienceMs]) => (window as WindowWithPlayer).playerPage.playToEnd(rate, patienceMs), [
    PLAYBACK_RATE,
    PATIENCE_MS,
  ] as const);
}

/** Opens a stream and lets it play so slowly that it is in the middle for long, with a short buffer. */
export async function playSlowly(
  page: Page,
  stream: { player: string; url: string },
  pace: { bufferSeconds: number; rate: number; patienceMs: number; isPatient?: boolean },
): Promise<void> {
  await page.evaluate(
    async ([name, address, { rate, patienceMs, ...options }]) => {
      const { playerPage } = window as WindowWithPlayer;
      await playerPage.openStream(name, address, options);
      if (!(await playerPage.playPast(rate, 0, patienceMs))) throw new Error('the player does not start');
    },
    [stream.player, stream.url, pace] as const,
  );
}

/**
 * All problems of a play-through. With `delayFrames`, time 0 is that of decoding the first picture, which is shown so many frames later: hls.js
 * counts MPEG-TS so.
 */
export function faultsOf(played: Played, media: { frameCount: number; frameRate: number; delayFrames?: number }): string[] {
  const start = (media.delayFrames ?? 0) / media.frameRate;
  const end = start + media.frameCount / media.frameRate;
  const near = (a: number, b: number) => Math.abs(a - b) <= 1 / media.frameRate;
  const [range] = played.buffered;
  const complaints: [boolean, string][] = [
    [played.ended, 'the end was not reached'],
    [played.currentTime === played.duration, `stopped at ${played.currentTime} of ${played.duration} s`],
    // A decoder that falls behind may leave frames out, but it never shows one twice.
    [played.framesDecoded > 0.9 * media.frameCount && played.framesDecoded <= media.frameCount, `decoded ${played.framesDecoded} frames`],
    [near(played.duration, end), `lasts ${played.duration} s`],
    [
      played.buffered.length === 1 && !!range && near(range[0], start) && near(range[1], played.duration),
      `buffered ${JSON.stringify(played.buffered)}`,
    ],
  ];
  return [...untolerated(played.faults), ...complaints.filter(([fine]) => !fine).map(([, text]) => text)];
}

export function untolerated(faults: readonly string[]): string[] {
  return faults.filter((fault) => !TOLERATED_FAULTS.includes(fault));
}
