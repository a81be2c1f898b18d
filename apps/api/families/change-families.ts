import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import { FamiliesRepository, UNDER_WAY } from '../../../infra/database/families-repository';
import type { Video } from '../../../infra/database/video';
import { firstFamilyOf, laterFamilies, type CodecFamily, type FamilyState } from '../../../temporal/contract/media/families';
import { cancelJoinFamily, startJoinFamily, startLeaveFamily } from '../../../temporal/family-commands';
import { isFamilyJoining } from '../../../temporal/video-runs';
import { TEMPORAL_CLIENT } from '../dependencies/tokens';
import { Problem } from '../problems/problem';
import { VideoProgress } from '../videos/video-progress';
import type { FamiliesView } from './family-view';

/** Lets codec families join a ready video, and leave it. Both can be repeated. */
@Injectable()
export class ChangeFamilies {
  constructor(
    @Inject(TEMPORAL_CLIENT) private readonly temporal: Client,
    private readonly families: FamiliesRepository,
    private readonly progress: VideoProgress,
  ) {}

  /** Throws a 409 problem for a video that is not ready, and for a family that it has or is making. */
  async add(video: Video, codecs: readonly CodecFamily[]): Promise<FamiliesView> {
    refuseUnlessReady(video);
    const known = await this.progress.viewFamilies(video);
    for (const family of codecs) {
      const state = family === firstFamilyOf(video.codecs) ? 'ready' : known[family]?.state;
      if (state === 'ready') throw familyExists(family, state);
      // One that is pending may lack its workflow, when the service was away.
      if (state === 'running' || state === 'joining') await this.refuseUnlessLost(video, family, state);
    }
    for (const family of codecs) {
      const ref = { videoId: video.videoId, generation: video.generation, family };
      await this.families.ask(ref);
      await startJoinFamily(this.temporal, ref, video);
    }
    return this.progress.viewFamilies(video);
  }

  /**
   * Takes a family out of what is public and out of what is to be made, also while the video is processed and after that has failed or was
   * cancelled. Throws a 404 problem for a family that the video does not have, 409 for the one that it was published in first and for a
   * removed video.
   */
  async remove(video: Video, family: CodecFamily): Promise<FamiliesView> {
    if (video.status === 'removed') throw notReady(video);
    if (family === firstFamilyOf(video.codecs)) {
      throw new Problem(409, 'FamilyIsFirst', `This video was published in ${family} first; remove the video to remove it.`);
    }
    const row = (await this.families.list(video.videoId)).find((one) => one.family === family);
    if (!row && !laterFamilies(video.codecs).includes(family)) {
      throw new Problem(404, 'FamilyNotFound', `This video has no renditions in ${family}.`);
    }
    // The generation that is public may be an earlier one than that in the making.
    const ref = { videoId: video.videoId, generation: row?.generation ?? video.generation, family };
    // One of the upload has no row before the title is published.
    if (!row) await this.families.ask(ref);
    const state = row?.state ?? 'pending';
    if (state !== 'removed') {
      await this.families.move(ref, { from: ['pending', 'running', 'joining', 'ready', 'failed', 'cancelled'], state: 'leaving' });
      if (UNDER_WAY.includes(state)) await cancelJoinFamily(this.temporal, ref);
      await startLeaveFamily(this.temporal, ref, video);
    }
    return this.progress.viewFamilies(video);
  }

  /** A workflow that was terminated has noted no end. */
  private async refuseUnlessLost({ videoId, generation }: Video, family: CodecFamily, state: FamilyState): Promise<void> {
    const ref = { videoId, generation, family };
    if (await isFamilyJoining(this.temporal, ref)) throw familyExists(family, state);
    await this.families.move(ref, { from: ['running', 'joining'], state: 'cancelled' });
  }
}

function refuseUnlessReady(video: Video): void {
  if (video.status !== 'ready') throw notReady(video);
}

function notReady({ status }: Video): Problem {
  const isUnderWay = status !== 'removed' && status !== 'failed' && status !== 'cancelled';
  const advice =
    status === 'removed' ? '' : ` Families are added to a video that is ready; ${isUnderWay ? 'wait for it' : 'retry it first'}.`;
  return new Problem(409, 'VideoNotReady', `The status of this video is ${status}.${advice}`, { extensions: { video_status: status } });
}

function familyExists(family: CodecFamily, state: FamilyState): Problem {
  const sentence = state === 'ready' ? `This video has renditions in ${family} already.` : `The renditions in ${family} are being made.`;
  return new Problem(409, 'FamilyExists', sentence, { extensions: { family } });
}
