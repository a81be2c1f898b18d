import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { exhaustMap, filter, firstValueFrom, fromEvent, share, takeUntil, tap, timeout, TimeoutError, timer, type Observable } from 'rxjs';
import { isUnderWay } from '../../../../infra/database/video-status';
import { VideosRepository } from '../../../../infra/database/videos-repository';
import { ObjectStore } from '../../../../infra/object-store/object-store';
import { PLAYLIST_NAME, segmentName, segmentNumber } from '../../../../temporal/contract/object-keys';
import type { VideoStatus } from '../../../../temporal/contract/steps';
import { Problem } from '../../problems/problem';
import type { StreamObject } from '../object-path';
import { SegmentWishes, type TitleWishes } from './segment-wishes';

/** hls.js and Shaka ask again after ten seconds, and give up long after this. */
const LONGEST_HOLD_MS = 15_000;
const LOOK_EVERY_MS = 500;
const RETRY_AFTER_SECONDS = 1;
const MOST_PLAYLISTS = 2_000;
/** The most keys of one listing (S3 API, ListObjectsV2). */
const KEYS_OF_PAGE = 1_000;

/** The init segment of a playlist (RFC 8216 4.3.2.5): the largest rungs of a title that opens have none yet. */
const INIT = /^#EXT-X-MAP:URI="([^"]+)"/;

/** What a look at a title finds. */
interface Look {
  /** Keys among those that are waited for. */
  stored: ReadonlySet<string>;
  /** Why no more will come; null while the title is made. */
  ended: VideoStatus | null;
}

interface HeldTitle {
  /** How many requests wait for each key, the first asked for first. */
  wanted: Map<string, number>;
  looks: Observable<Look>;
}

/**
 * Requests for segments that a title lists and does not have yet. Players take a segment that comes late, and most end at an error. All requests
 * for a title share one look at the store and the database twice a second, however many they are, and what it misses is wished for.
 */
@Injectable()
export class HeldSegments {
  private readonly titles = new Map<string, HeldTitle>();
  private readonly listed = new LRUCache<string, ReadonlySet<string>>({ max: MOST_PLAYLISTS });

  constructor(
    private readonly objects: ObjectStore,
    private readonly videos: VideosRepository,
    private readonly wishes: SegmentWishes,
  ) {}

  /**
   * Waits until a segment of a title that is encoded is there, and resolves at once for an object that its playlist does not list. Throws a 503
   * problem after 15 s, a 410 problem when the run ends without it, `StorageUnavailable`, `DatabaseUnavailable`, and the signal's reason when the client leaves.
   */
  async untilStored(object: StreamObject, signal: AbortSignal): Promise<void> {
    const { key } = object;
    if (!(await this.isListed(key))) return;
    const title = this.titleOf(object);
    title.wanted.set(key, (title.wanted.get(key) ?? 0) + 1);
    try {
      const there = title.looks.pipe(
        filter(({ stored, ended }) => stored.has(key) || ended !== null),
        timeout({ first: LONGEST_HOLD_MS }),
        takeUntil(fromEvent(signal, 'abort')),
      );
      const look = await firstValueFrom(there, { defaultValue: null });
      signal.throwIfAborted();
      if (look?.ended === 'failed') throw runFailed();
    } catch (error) {
      throw error instanceof TimeoutError ? notThereYet() : error;
    } finally {
      forget(title.wanted, key);
    }
  }

  private async isListed(key: string): Promise<boolean> {
    const folder = folderOf(key);
    const known = this.listed.get(folder) ?? (await this.readPlaylist(folder));
    return known.has(key);
  }

  private async readPlaylist(folder: string): Promise<ReadonlySet<string>> {
    const bytes = await this.objects.get('transcoded', `${folder}${PLAYLIST_NAME}`);
    if (bytes === null) return new Set();
    const lines = Buffer.from(bytes).toString('utf8').split('\n');
    const segments = lines.filter((line) => line !== '' && !line.startsWith('#'));
    const listed = new Set([...segments, ...lines.flatMap((line) => INIT.exec(line)?.[1] ?? [])].map((name) => folder + name));
    this.listed.set(folder, listed);
    return listed;
  }

  /** A title opens with one family, and its sound is there by then. */
  private titleOf({ videoId, generation, family }: StreamObject): HeldTitle {
    const id = `${videoId}/g${generation}/${family}`;
    const known = this.titles.get(id);
    if (known) return known;
    const wanted = new Map<string, number>();
    const forgetTitle = () => {
      this.titles.delete(id);
      return timer(0);
    };
    const wishes = generation === null || family === null ? null : { ref: { videoId, generation, family }, told: new Set<number>() };
    const looks = timer(0, LOOK_EVERY_MS).pipe(
      exhaustMap(() => this.look(videoId, generation, [...wanted.keys()])),
      tap(({ stored, ended }) => {
        if (wishes && ended === null)
          this.wish(
            wishes,
            [...wanted.keys()].filter((key) => !stored.has(key)),
          );
      }),
      share({ resetOnError: forgetTitle, resetOnRefCountZero: forgetTitle }),
    );
    const title = { wanted, looks };
    this.titles.set(id, title);
    return title;
  }

  private wish(wishes: TitleWishes, keys: readonly string[]): void {
    // An init segment comes with the first chunk.
    const segments = keys.map((key) => (isSegment(key) ? numberOf(key) - 1 : 0));
    void this.wishes.tell(wishes, segments.reverse());
  }

  private async look(videoId: string, generation: number | null, wanted: readonly string[]): Promise<Look> {
    const video = await this.videos.find(videoId);
    const isMade = video !== null && video.generation === generation && isUnderWay(video.status);
    const segments = wanted.filter(isSegment);
    const folders = [...new Set(segments.map(folderOf))];
    const others = wanted.filter((key) => !isSegment(key));
    const stored = await Promise.all([
      ...folders.map((folder) => this.storedIn(folder, segments)),
      ...others.map(async (key) => ((await this.objects.head('transcoded', key)) ? [key] : [])),
    ]);
    return { stored: new Set(stored.flat()), ended: isMade ? null : (video?.status ?? 'removed') };
  }

  /** Asks for the stretch between the first and the last wanted segment, a page at a time. */
  private async storedIn(folder: string, wanted: readonly string[]): Promise<string[]> {
    const numbers = wanted.filter((key) => folderOf(key) === folder).map(numberOf);
    const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
    const stored: string[] = [];
    for (let next = first; next <= last; next += KEYS_OF_PAGE) {
      const limit = Math.min(KEYS_OF_PAGE, last - next + 1);
      const page = await this.objects.listing('transcoded').objects({ prefix: folder, startAfter: folder + segmentName(next - 1), limit });
      stored.push(...page.map(({ name }) => folder + name));
    }
    return stored;
  }
}

function folderOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/') + 1);
}

function isSegment(key: string): boolean {
  const name = key.slice(folderOf(key).length);
  return name === segmentName(segmentNumber(name));
}

function numberOf(key: string): number {
  return segmentNumber(key.slice(folderOf(key).length));
}

function forget(wanted: Map<string, number>, key: string): void {
  const others = (wanted.get(key) ?? 1) - 1;
  if (others > 0) wanted.set(key, others);
  else wanted.delete(key);
}

function notThereYet(): Problem {
  const headers = { 'Retry-After': String(RETRY_AFTER_SECONDS), 'Cache-Control': 'no-store' };
  return new Problem(503, 'SegmentNotReady', 'This part of the video is being made; ask again.', { headers });
}

function runFailed(): Problem {
  const headers = { 'Cache-Control': 'no-store' };
  return new Problem(410, 'EarlyPlaybackEnded', 'The video could not be processed to its end, so the rest of it does not play.', {
    headers,
  });
}
