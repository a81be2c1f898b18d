import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import { LRUCache } from 'lru-cache';
import type { FamilyRef } from '../../../../temporal/contract/activities';
import { wantSegments } from '../../../../temporal/segment-wishes';
import { TEMPORAL_CLIENT } from '../../dependencies/tokens';
import { describeForLog } from '../../problems/describe-error';

const BETWEEN_WISHES_MS = 1_000;
const MOST_SEGMENTS_OF_WISH = 8;
const MOST_TITLES = 10_000;

/** What viewers of a title wait for, and what its workflow has been told of it. */
export interface TitleWishes {
  ref: FamilyRef;
  /** 0-based segments that were told and are waited for still. */
  told: Set<number>;
}

/** Tells the workflows of titles which segments viewers wait for: a title's at most once a second, and only of new ones. */
@Injectable()
export class SegmentWishes {
  private readonly logger = new Logger('SegmentWishes');
  /** Titles that were told something within the last second, since a viewer who seeks on ends one request before the next. */
  private readonly recent = new LRUCache<string, true>({ max: MOST_TITLES, ttl: BETWEEN_WISHES_MS });
  private isAway = false;

  constructor(@Inject(TEMPORAL_CLIENT) private readonly temporal: Client) {}

  /**
   * `open` are all 0-based segments that are waited for, the latest asked for first; of more than a handful of new ones the earlier are left out.
   * Never throws: a wish that is lost comes again with the next request of its player.
   */
  async tell({ ref, told }: TitleWishes, open: readonly number[]): Promise<void> {
    for (const segment of told) if (!open.includes(segment)) told.delete(segment);
    const fresh = [...new Set(open)].filter((segment) => !told.has(segment));
    if (fresh.length === 0 || this.recent.has(ref.videoId)) return;
    this.recent.set(ref.videoId, true);
    for (const segment of fresh) told.add(segment);
    try {
      await wantSegments(this.temporal, ref, { segments: fresh.slice(0, MOST_SEGMENTS_OF_WISH) });
      this.isAway = false;
    } catch (error) {
      if (!this.isAway) this.logger.warn(`the order of chunks does not follow viewers: ${describeForLog(error)}`);
      this.isAway = true;
    }
  }
}
