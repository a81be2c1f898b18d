import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { TasksRepository } from '../../../infra/database/tasks-repository';
import type { Video } from '../../../infra/database/video';
import { isUnderWay } from '../../../infra/database/video-status';
import { ObjectStore } from '../../../infra/object-store/object-store';
import type { Plan } from '../../../temporal/contract/media/plan';
import { segmentsKeys } from '../../../temporal/contract/object-keys';
import { partsOf, type TitleParts } from './parts-of';

const MOST_PLANS = 100;

type Timeline = Pick<Plan, 'grid' | 'chunks' | 'families'>;

/** What is there of titles that play while they are encoded. */
@Injectable()
export class TitlePartsReader {
  /** By the hash of the plan. */
  private readonly timelines = new LRUCache<string, Timeline>({ max: MOST_PLANS });

  constructor(
    private readonly tasks: TasksRepository,
    private readonly objects: ObjectStore,
  ) {}

  /** Nothing for a title that does not play yet, or is not encoded any more. Throws `DatabaseUnavailable`, `StorageUnavailable`. */
  async of(video: Video): Promise<TitleParts> {
    const timeline = video.playableAt !== null && isUnderWay(video.status) ? await this.timelineOf(video) : null;
    return timeline ? partsOf(timeline, await this.tasks.listForVideo(video.videoId, video.generation)) : { made: [], atWork: [] };
  }

  private async timelineOf({ videoId, generation, planSha256 }: Video): Promise<Timeline | null> {
    const known = this.timelines.get(String(planSha256));
    if (known || planSha256 === null) return known ?? null;
    const plan = await this.objects.getJson<Plan>('segments', segmentsKeys.plan(videoId, generation));
    if (!plan) return null;
    const timeline = { grid: plan.grid, chunks: plan.chunks, families: plan.families };
    this.timelines.set(planSha256, timeline);
    return timeline;
  }
}
