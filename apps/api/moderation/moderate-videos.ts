import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import { ModerationRepository, type RecordedRuling } from '../../../infra/database/moderation/moderation-repository';
import type { Video } from '../../../infra/database/video';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { FAILURES } from '../../../temporal/contract/failures';
import type { ModerationDecision } from '../../../temporal/contract/media/moderation';
import { decideModeration } from '../../../temporal/moderation-commands';
import { TEMPORAL_CLIENT } from '../dependencies/tokens';
import { Problem } from '../problems/problem';
import { cleanText } from '../uploads/start/clean-text';
import { NOTE_MAX_CHARS, type DecideModerationDto, type DecidedView } from './moderation-schemas';
import { decidedView } from './moderation-view';

/** To those who decide otherwise. */
const STANDS: Record<ModerationDecision, string> = {
  approve: 'This video was approved before; remove it if it should not be shown.',
  reject: 'This video was rejected before, and what was made of it is removed.',
};

/** Takes decisions of moderators to the runs that wait for them. */
@Injectable()
export class ModerateVideos {
  constructor(
    @Inject(TEMPORAL_CLIENT) private readonly temporal: Client,
    private readonly videos: VideosRepository,
    private readonly moderation: ModerationRepository,
  ) {}

  /** The same decision again is the same one. Throws a 409 problem for another one, and for a video that does not wait for any. */
  async decide(video: Video, { decision, note = '' }: DecideModerationDto, decidedBy: string): Promise<DecidedView> {
    const before = await this.moderation.ruling(video);
    if (before) return this.repeat(video, before, decision);
    if (video.status !== 'moderating') throw notHeld(video);
    await decideModeration(this.temporal, video.videoId, { decision, decidedBy, note: cleanText(note, NOTE_MAX_CHARS) || null });
    // Whether this caller or another one was faster.
    const ruling = await this.moderation.ruling(video);
    const now = (await this.videos.find(video.videoId)) ?? video;
    if (!ruling) throw notHeld(now);
    return this.repeat(now, ruling, decision);
  }

  private repeat(video: Video, ruling: RecordedRuling, decision: ModerationDecision): DecidedView {
    if (ruling.decision === decision) return decidedView(video, ruling);
    throw new Problem(409, 'ModerationDecided', STANDS[ruling.decision], { extensions: { video_status: video.status } });
  }
}

function notHeld({ status }: Video): Problem {
  // A run that was lost, until housekeeping finds it.
  const advice = status === 'moderating' ? ` ${FAILURES.RunLost.advice}` : '';
  const sentence = `This video does not wait for a moderator; its status is ${status}.${advice}`;
  return new Problem(409, 'ModerationNotHeld', sentence, { extensions: { video_status: status } });
}
