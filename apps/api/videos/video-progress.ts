import { Injectable } from '@nestjs/common';
import { FamiliesRepository, UNDER_WAY as FAMILY_MAKING } from '../../../infra/database/families-repository';
import { IngestRepository } from '../../../infra/database/ingest/ingest-repository';
import { TasksRepository } from '../../../infra/database/tasks-repository';
import type { Video } from '../../../infra/database/video';
import { isUnderWay } from '../../../infra/database/video-status';
import { firstFamilyOf, type FamilyState } from '../../../temporal/contract/media/families';
import type { StepState } from '../../../temporal/contract/steps';
import { familyViews, type FamiliesView } from '../families/family-view';
import { progressView } from './progress-view';
import type { ProgressView } from './video-schemas';

/** A removed family is final but for its objects. */
const FAMILIES_UNDER_WAY: readonly FamilyState[] = [...FAMILY_MAKING, 'leaving'];
const UNDER_WAY: readonly StepState[] = ['pending', 'running', 'retrying'];

/** Progress of videos as it is now. */
@Injectable()
export class VideoProgress {
  constructor(
    private readonly tasks: TasksRepository,
    private readonly families: FamiliesRepository,
    private readonly pulls: IngestRepository,
  ) {}

  async view(video: Video): Promise<ProgressView> {
    const [tasks, families, pull] = await Promise.all([
      this.tasks.summarise(video, firstFamilyOf(video.codecs)),
      this.viewFamilies(video),
      mayBePulled(video) ? this.pulls.progress(video.videoId) : null,
    ]);
    return progressView({ video, tasks, families, pull, now: new Date() });
  }

  async viewFamilies(video: Video): Promise<FamiliesView> {
    const rows = await this.families.list(video.videoId);
    // Of most videos there are none.
    const percents = rows.length > 0 ? await this.tasks.familyPercents(video) : new Map<string, number>();
    return familyViews(video, rows, percents);
  }
}

/** Uploads name their upload, and what has begun its first step is stored. */
function mayBePulled({ uploadId, status, startedAt }: Video): boolean {
  return uploadId === null && startedAt === null && status !== 'removed';
}

/** Whether nothing will change any more. A ready video may still wait for an optional step, such as its thumbnails, or for a family. */
export function isFinal(view: ProgressView): boolean {
  if (isUnderWay(view.status)) return false;
  const states = Object.values(view.pipeline_progress).map((step) => (typeof step === 'string' ? step : step.state));
  const families = Object.values(view.families).map(({ state }) => state);
  const isMade = states.some((state) => UNDER_WAY.includes(state)) || families.some((state) => FAMILIES_UNDER_WAY.includes(state));
  return view.status !== 'ready' || !isMade;
}
