import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { TasksRepository } from '../../../infra/database/tasks-repository';
import type { Video } from '../../../infra/database/video';
import { isUnderWay } from '../../../infra/database/video-status';
import { ObjectStore } from '../../../infra/object-store/object-store';
import type { Plan } from '../../../temporal/contract/media/plan';
import { segmentsKeys } from '../../../temporal/contract/object-keys';
import { partsOf, type TitleParts } from './parts-of';

const MOST_TITLES = 100;
/** All viewers of a title share one look at the database. */
const LOOK_EVERY_MS = 1_000;

type Timeline = Pick<Plan, 'grid' | 'chunks' | 'families'>;

const NOTHING: TitleParts = { made: [], atWork: [] };

/** What is there of titles that play while they are encoded. */
@Injectable()
export class TitlePartsReader {
  /** By the hash of the plan. */
  private readonly timelines = new LRUCache<string, Timeline>({ max: MOST_TITLES });
  private readonly looks = new LRUCache<string, TitleParts, Video>({
    ...{ max: MOST_TITLES, ttl: LOOK_EVERY_MS },
    fetchMethod: (_key, _before, { context }) => this.look(context),
  });

  constructor(
    private readonly tasks: TasksRepository,
    private readonly objects: ObjectStore,
  ) {}

  /** Nothing for a title that does not play yet, or is not encoded any more. Throws `DatabaseUnavailable`, `StorageUnavailable`. */
  async of(video: Video): Promise<TitleParts> {
    if (video.playableAt === null || !isUnderWay(video.status)) return NOTHING;
    return (await this.looks.fetch(`${video.videoId}/g${video.generation}`, { context: video })) ?? NOTHING;
  }

  private async look(video: Video): Promise<TitleParts> {
    const timeline = await this.timelineOf(video);
    return timeline ? partsOf(timeline, await this.tasks.listForVideo(video.videoId, video.generation)) : NOTHING;
  }

  private async timelineOf({ videoId, generation, planSha256 }: Video): Promise<Timeline | null> {
    if (planSha256 === null) return null;
    const known = this.timelines.get(planSha256);
    if (known) return known;
    const plan = await this.objects.getJson<Plan>('segments', segmentsKeys.plan(videoId, generation));
    if (!plan) return null;
    const timeline = { grid: plan.grid, chunks: plan.chunks, families: plan.families };
    this.timelines.set(planSha256, timeline);
    return timeline;
  }
}
