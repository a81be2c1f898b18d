import { Injectable } from '@nestjs/common';
import pMap from 'p-map';
import { ulid } from 'ulid';
import type { Video } from '../../../infra/database/video';
import { VideoLists } from '../../../infra/database/video-lists';
import type { FailureType } from '../../../temporal/contract/failures';
import type { Step, VideoStatus } from '../../../temporal/contract/steps';
import { Problem } from '../problems/problem';
import type { BulkRetryDto, BulkRetryResultDto, RetryAcceptedDto } from './operation-schemas';
import { RetryRuns } from './retry-runs';
import { UnstoredVideos } from './unstored-videos';

/** Another attempt at the same file ends the same way. */
const FAULTS_OF_THE_FILE: readonly FailureType[] = [
  'SourceUnreadable',
  'SourceUnsupported',
  'SourceTooLarge',
  'SourceEncrypted',
  'SourceNotFound',
  'SourceRefused',
  'SourceDenied',
  'SourceMismatch',
];
const NEVER_STARTED: readonly VideoStatus[] = ['uploading', 'uploaded', 'removed'];
const RETRIES_AT_ONCE = 8;

/** Lets videos go on after they have failed, were cancelled or lack an optional step. */
@Injectable()
export class RetryVideos {
  constructor(
    private readonly runs: RetryRuns,
    private readonly lists: VideoLists,
    private readonly unstored: UnstoredVideos,
  ) {}

  /** A repeated `idempotencyKey` is the same retry. Throws a 409 problem when there is nothing to retry, 422 for a step that the run does not have. */
  async retry(video: Video, fromStep: Step | undefined, idempotencyKey: string | null): Promise<RetryAcceptedDto> {
    if (await this.unstored.retryPull(video))
      return { video_id: video.videoId, status: 'retrying', retry_from: 'ingest', generation: video.generation };
    if (NEVER_STARTED.includes(video.status) || (await this.unstored.wasGivenUp(video))) throw nothingToRetry(video);
    const step = fromStep ?? video.failedStep ?? (video.status === 'cancelled' ? 'probe' : null);
    if (step === null && video.status !== 'ready') throw nothingToRetry(video);
    if (step === null) throw new Problem(409, 'StepNeeded', 'No step of this video failed; name the step to retry from in from_step.');
    if (!hasStep(video, step)) throw stepUnknown(video, step);
    const accepted = await this.runs.retry(video, step, idempotencyKey ?? ulid());
    if (!accepted) throw nothingToRetry(video);
    return { video_id: video.videoId, status: 'retrying', retry_from: step, generation: accepted.generation };
  }

  /** Retries failed videos, oldest first. */
  async retryAll(request: BulkRetryDto, creatorId: string | undefined): Promise<BulkRetryResultDto> {
    const matching = await this.lists.listFailed({
      creatorId,
      failedStep: request.failed_step,
      failureType: request.failure_type,
      exceptFailureTypes: request.failure_type === undefined ? FAULTS_OF_THE_FILE : [],
      limit: request.limit + 1,
    });
    const chosen = matching.slice(0, request.limit);
    const result: BulkRetryResultDto = { retried: [], refused: [], more: matching.length > request.limit };
    const accepted = await pMap(chosen, (video) => this.retryQuietly(video, request.from_step), { concurrency: RETRIES_AT_ONCE });
    chosen.forEach(({ videoId }, index) => (accepted[index] ? result.retried : result.refused).push(videoId));
    return result;
  }

  /** False when the video cannot be retried; a service that is away still ends the whole call. */
  private async retryQuietly(video: Video, fromStep: Step | undefined): Promise<boolean> {
    if (await this.unstored.retryPull(video)) return true;
    const step = fromStep ?? video.failedStep;
    return step !== null && hasStep(video, step) && (await this.runs.retry(video, step, ulid())) !== null;
  }
}

function hasStep({ walk }: Video, step: Step): boolean {
  return walk.some((one) => one.step === step);
}

function stepUnknown({ walk }: Video, step: Step): Problem {
  const steps = walk.map((one) => one.step).join(', ');
  const advice = 'Retry from one of these, or from probe, which runs the video along the steps of this release.';
  return new Problem(422, 'StepUnknown', `The run of this video has no step ${step}; it has ${steps}. ${advice}`);
}

const UNDER_WAY = ' One of its steps is still under way; ask again when that has ended.';
const ADVICE: Partial<Record<VideoStatus, string>> = {
  moderating: ' A moderator decides first.',
  ready: UNDER_WAY,
  failed: UNDER_WAY,
};

function nothingToRetry(video: Video): Problem {
  const advice = ADVICE[video.status] ?? '';
  return new Problem(409, 'NothingToRetry', `This video cannot be retried now; its status is ${video.status}.${advice}`, {
    extensions: { video_status: video.status },
  });
}
