import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, type types } from 'hls-parser';
import type { SprocketClient } from '../../../packages/client/src/sprocket-client';
import { untilPlayable } from './published-video';

/** `Retry-After` of an answer to a request that was held in vain. */
const ASK_AGAIN_MS = 1_000;
const HELD_IN_VAIN = 503;

/** Viewers of one title who ask for all of its segments, of the first rendition and its sound, as soon as the title opens. */
export class EarlyViewers {
  /** Hash of the body by address. */
  private readonly received = new Map<string, string>();
  private readonly problems: string[] = [];
  private isOver = false;
  private waiting: Promise<unknown> = Promise.resolve();

  private constructor(private readonly segments: readonly URL[]) {}

  /** Resolves once the title has opened and its segments are asked for. */
  static async open(api: SprocketClient, videoId: string, viewers: number): Promise<EarlyViewers> {
    await untilPlayable(api, videoId);
    const { hls_url: url } = await api.manifest(videoId);
    const opened = new EarlyViewers(await segmentsOf(new URL(url)));
    opened.waiting = Promise.all(opened.segments.flatMap((segment) => Array.from({ length: viewers }, () => opened.watch(segment))));
    return opened;
  }

  /** Segments that no viewer has. */
  get missing(): number {
    return this.segments.length - this.received.size;
  }

  close(): void {
    this.isOver = true;
  }

  /** Problems with the answers, and with their bytes beside those that are published. Waits until every viewer has every segment. */
  async faults(): Promise<string[]> {
    await this.waiting;
    for (const [url, hash] of this.received) {
      const response = await fetch(url);
      if (!response.ok || (await hashOf(response)) !== hash) this.problems.push(`viewers got other bytes than are published: ${url}`);
    }
    return [...this.problems, ...(this.missing > 0 ? [`${this.missing} segments never came`] : [])];
  }

  private async watch(segment: URL): Promise<void> {
    while (!this.isOver) {
      const response = await fetch(segment).catch(() => null);
      if (response?.ok) return this.take(segment.href, await hashOf(response));
      await response?.body?.cancel();
      if (response?.status !== HELD_IN_VAIN) this.problems.push(`${segment.pathname}: ${response?.status ?? 'no answer'}`);
      await sleep(ASK_AGAIN_MS);
    }
  }

  private take(url: string, hash: string): void {
    const before = this.received.get(url);
    if (before !== undefined && before !== hash) this.problems.push(`two viewers got different bytes: ${url}`);
    this.received.set(url, hash);
  }
}

async function segmentsOf(master: URL): Promise<URL[]> {
  const [variant] = (parse(await (await fetch(master)).text()) as types.MasterPlaylist).variants;
  if (!variant) throw new Error('the early manifest lists no rendition');
  const uris = [variant.uri, ...variant.audio.map(({ uri }) => uri ?? '')];
  const playlists = uris.map(async (uri) => {
    const url = new URL(uri, master);
    const { segments } = parse(await (await fetch(url)).text()) as types.MediaPlaylist;
    return segments.map((segment) => new URL(segment.uri, url));
  });
  return (await Promise.all(playlists)).flat();
}

async function hashOf(response: Response): Promise<string> {
  return createHash('sha256')
    .update(new Uint8Array(await response.arrayBuffer()))
    .digest('hex');
}
