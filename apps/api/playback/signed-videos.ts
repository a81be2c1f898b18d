import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { PlaybackRepository } from '../../../infra/database/access/playback-repository';

/** Each is a few dozen bytes. */
const MOST_VIDEOS = 100_000;
/** An id without a video may get one. */
const MISSING_FOR_MS = 5_000;

/** Tells which videos play with tokens only. That never changes, so what is known once plays on while the database is away. */
@Injectable()
export class SignedVideos {
  private readonly known = new LRUCache<string, boolean>({ max: MOST_VIDEOS });

  constructor(private readonly rows: PlaybackRepository) {}

  /** Throws `DatabaseUnavailable` for a video that is not known yet: media that may be signed is not given away on a guess. */
  async includes(videoId: string): Promise<boolean> {
    const before = this.known.get(videoId);
    if (before !== undefined) return before;
    const playback = await this.rows.modeOf(videoId);
    this.known.set(videoId, playback === 'signed', playback === null ? { ttl: MISSING_FOR_MS } : {});
    return playback === 'signed';
  }
}
