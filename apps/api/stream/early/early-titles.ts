import { Injectable } from '@nestjs/common';
import { isUnderWay } from '../../../../infra/database/video-status';
import { VideosRepository } from '../../../../infra/database/videos-repository';
import { ObjectStore } from '../../../../infra/object-store/object-store';
import { EARLY_NAMES } from '../../../../temporal/contract/object-keys';

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
    if (!video || video.playableAt === null || !isUnderWay(video.status)) return '';
    const bytes = await this.objects.get('transcoded', `${videoId}/${EARLY_NAMES.hls}`);
    const text = bytes === null ? '' : Buffer.from(bytes).toString('utf8');
    // A master of an earlier run that has failed stays until the next one opens.
    return text.includes(`/g${video.generation}/`) ? text : '';
  }
}
