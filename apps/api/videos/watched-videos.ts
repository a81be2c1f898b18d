import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import pMap from 'p-map';
import { exhaustMap, Observable, timer, type Subscriber, type Subscription } from 'rxjs';
import { ProgressMarks } from '../../../infra/database/progress/progress-marks';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { isFinal, VideoProgress } from './video-progress';
import type { ProgressView } from './video-schemas';

const LOOK_EVERY_MS = 1_000;
/** Leaves connections of the pool to requests. */
const READ_AT_ONCE = 6;

/** The progress of a video, ready to be sent to all who watch it. */
export interface ProgressEvent {
  /** Tells the progress, so that a client that comes back is known to have it. */
  id: string;
  /** JSON. */
  text: string;
  /** Whether nothing will change any more. */
  isLast: boolean;
}

interface Watched {
  watchers: Set<Subscriber<ProgressEvent>>;
  /** Of the rows that `event` was made of; null before it is read. */
  mark: string | null;
  event: ProgressEvent | null;
  isReading: boolean;
}

/**
 * Changes of videos that are watched. All watchers in this process share one look at the database per second, which tells by marks what has
 * changed; only that is read, and made into text once. Without watchers there is none.
 */
@Injectable()
export class WatchedVideos {
  private readonly watched = new Map<string, Watched>();
  private looking: Subscription | null = null;

  constructor(
    private readonly videos: VideosRepository,
    private readonly marks: ProgressMarks,
    private readonly progress: VideoProgress,
  ) {}

  /** The progress now and on every change. It never ends by itself. */
  watch(videoId: string): Observable<ProgressEvent> {
    return new Observable((watcher) => {
      const { watchers, event } = this.watchedOf(videoId);
      watchers.add(watcher);
      if (event) watcher.next(event);
      this.looking ??= timer(LOOK_EVERY_MS, LOOK_EVERY_MS)
        .pipe(exhaustMap(() => this.look([...this.watched.keys()])))
        .subscribe();
      return () => this.leave(videoId, watcher);
    });
  }

  private watchedOf(videoId: string): Watched {
    const known = this.watched.get(videoId);
    if (known) return known;
    const added: Watched = { watchers: new Set(), mark: null, event: null, isReading: false };
    this.watched.set(videoId, added);
    void this.look([videoId]);
    return added;
  }

  private leave(videoId: string, watcher: Subscriber<ProgressEvent>): void {
    const video = this.watched.get(videoId);
    video?.watchers.delete(watcher);
    if (video?.watchers.size === 0) this.watched.delete(videoId);
    if (this.watched.size > 0) return;
    this.looking?.unsubscribe();
    this.looking = null;
  }

  /** Watchers keep what they know while the database is away. */
  private async look(videoIds: readonly string[]): Promise<void> {
    try {
      const marks = await this.marks.of(videoIds);
      await pMap(marks, ([videoId, mark]) => this.read(videoId, mark), { concurrency: READ_AT_ONCE });
    } catch {
      // The next look finds the same changes.
    }
  }

  /** The mark is older than what is read behind it, so a change between them is found by the next look. */
  private async read(videoId: string, mark: string): Promise<void> {
    const video = this.watched.get(videoId);
    if (!video || video.isReading || video.mark === mark) return;
    video.isReading = true;
    try {
      const row = await this.videos.find(videoId);
      const event = row && progressEvent(await this.progress.view(row));
      video.mark = mark;
      if (!event || event.id === video.event?.id) return;
      video.event = event;
      video.watchers.forEach((watcher) => watcher.next(event));
    } finally {
      video.isReading = false;
    }
  }
}

export function progressEvent(view: ProgressView): ProgressEvent {
  // The estimate moves with the clock and is no change.
  const essence = JSON.stringify({ ...view, estimated_completion: null });
  const id = createHash('sha256').update(essence).digest('hex').slice(0, 16);
  return { id, text: JSON.stringify(view), isLast: isFinal(view) };
}
