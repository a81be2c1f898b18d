import { Injectable } from '@nestjs/common';
import { ModerationRepository } from '../../../infra/database/moderation/moderation-repository';
import type { Video } from '../../../infra/database/video';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { ofKnownVersion } from '../../../temporal/contract/format-version';
import type { ModerationReport } from '../../../temporal/contract/media/moderation';
import { moderationKeys } from '../../../temporal/contract/object-keys';
import { API_PREFIX } from '../api-prefix';
import { VideoLinks } from '../videos/video-links';
import type { ModerationView } from './moderation-schemas';
import { moderationView } from './moderation-view';

const PICTURE_NUMBER = /^[1-9]\d{0,2}$/;

/** What moderation found in the current generation of a video. */
@Injectable()
export class ModerationFindings {
  constructor(
    private readonly objects: ObjectStore,
    private readonly moderation: ModerationRepository,
    private readonly links: VideoLinks,
  ) {}

  async view(video: Video): Promise<ModerationView> {
    const { videoId, generation } = video;
    const [report, ruling] = await Promise.all([
      this.objects.getJson<ModerationReport>('transcoded', moderationKeys.report(videoId, generation)),
      this.moderation.ruling(video),
    ]);
    const pictures = this.links.absolute(`/${API_PREFIX}/videos/${videoId}/moderation/pictures`);
    return moderationView(video, { report: ofKnownVersion(report), ruling }, (number) => `${pictures}/${number}`);
  }

  /** A flagged picture by its number, counted from 1; null where there is none. */
  async picture({ videoId, generation }: Video, number: string): Promise<Buffer | null> {
    if (!PICTURE_NUMBER.test(number)) return null;
    const picture = await this.objects.get('transcoded', moderationKeys.picture(videoId, generation, Number(number)));
    return picture && Buffer.from(picture);
  }
}
