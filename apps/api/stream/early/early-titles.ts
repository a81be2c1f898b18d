import { Injectable } from '@nestjs/common';
import { ENDED_STATUSES, VideosRepository } from '../../../../infra/database/videos-repository';
import type { Video } from '../../../../infra/database/video';
import { ObjectStore } from '../../../../infra/object-store/object-store';
import { EARLY_NAMES } from '../../../../temporal/contract/object-keys';
import type { VideoStatus } from '../../../../temporal/contract/steps';

/** Whether the run of a video makes media still. */
export function isUnderWay({ status }: Pick<Video, 'status'>): boolean {
  return !(ENDED_STATUSES as readonly VideoStatus[]).includes(status);
}

/** Titles that play while they are encoded. */
@Injectable()
export class EarlyTitles {
  constructor(
    private readonly videos: VideosRepository,
    private readonly objects: ObjectStore,
  ) {}

  /** The master of a title that nothing is published of, and that plays; empty for others. Throws `DatabaseUnavailable`, `StorageUnavailable`. */
  async manifestOf(videoId: string): Promise<string> {
    const video = await this.videos.find(videoId);
    if (!video || video.playableAt === null || !isUnderWay(video)) return '';
    const bytes = await this.objects.get('transcoded', `${videoId}/${EARLY_NAMES.hls}`);
    const text = bytes === null ? '' : Buffer.from(bytes).toString('utf8');
    // A master of an earlier run that has failed stays until the next one opens.
    return text.includes(`/g${video.generation}/`) ? text : '';
  }
}
