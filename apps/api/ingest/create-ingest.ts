import { Injectable } from '@nestjs/common';
import { ulid } from 'ulid';
import { isDuplicateKey } from '../../../infra/database/database';
import { IngestRepository } from '../../../infra/database/ingest/ingest-repository';
import type { Video } from '../../../infra/database/video';
import { VideosRepository } from '../../../infra/database/videos-repository';
import type { Caller } from '../auth/caller.decorator';
import { idempotencyKeyReused } from '../problems/idempotency-key';
import { refuseEndedUpload } from '../uploads/open-upload';
import { IngestIntake } from './ingest-intake';
import type { CreateIngestDto, IngestAcceptedDto } from './ingest-schemas';
import { hashOf, PlanPulls } from './plan-pulls';

/** Takes orders to pull videos. */
@Injectable()
export class CreateIngest {
  constructor(
    private readonly plans: PlanPulls,
    private readonly intake: IngestIntake,
    private readonly rows: IngestRepository,
    private readonly videos: VideosRepository,
  ) {}

  /** A repeated `idempotencyKey` with the same request gets the video of the first call, with another one 422, and 409 when it was given up. */
  async create(caller: Caller, request: CreateIngestDto, idempotencyKey: string | null): Promise<IngestAcceptedDto> {
    const requestSha256 = hashOf(request);
    const before = await this.findBefore(caller, idempotencyKey);
    if (before) return this.repeat(before, requestSha256);
    const { video, ...pull } = await this.plans.plan(caller, request, { batchId: null, videoId: ulid() });
    try {
      await this.intake.take(caller.creatorId, [{ video: { ...video, idempotencyKey }, ...pull }]);
    } catch (error) {
      const winner = isDuplicateKey(error) ? await this.findBefore(caller, idempotencyKey) : null;
      if (!winner) throw error;
      return this.repeat(winner, requestSha256);
    }
    const secret = pull.webhook?.secret;
    return { video_id: video.videoId, status: 'uploading', source: pull.source.shown, ...(secret ? { webhook_secret: secret } : {}) };
  }

  private async findBefore({ creatorId }: Caller, idempotencyKey: string | null): Promise<Video | null> {
    return idempotencyKey === null ? null : this.videos.findByIdempotencyKey(creatorId, idempotencyKey);
  }

  private async repeat(video: Video, requestSha256: string): Promise<IngestAcceptedDto> {
    const source = await this.rows.find(video.videoId);
    if (source?.requestSha256 !== requestSha256) throw idempotencyKeyReused();
    refuseEndedUpload(video);
    return { video_id: video.videoId, status: video.status, source: source.shown };
  }
}
