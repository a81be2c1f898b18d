import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import { FamiliesRepository, UNDER_WAY, type VideoFamily } from '../../../infra/database/families-repository';
import type { Video } from '../../../infra/database/video';
import { isUnderWay } from '../../../infra/database/video-status';
import type { FamilyRef } from '../../../temporal/contract/activities';
import { firstFamilyOf, hdrSetOf, laterFamilies, type CodecFamily, type FamilyState } from '../../../temporal/contract/media/families';
import { familiesOf, familiesWith } from '../../../temporal/contract/media/hdr';
import { cancelJoinFamily, startJoinFamily, startLeaveFamily } from '../../../temporal/family-commands';
import { isFamilyJoining } from '../../../temporal/video-runs';
import { TEMPORAL_CLIENT } from '../dependencies/tokens';
import { Problem } from '../problems/problem';
import { videoNotReady } from '../problems/video-not-ready';
import { VideoProgress } from '../videos/video-progress';
import type { FamiliesView } from './family-view';

/** How long an addition waits for the end of what was cancelled: tools stop within some seconds. */
const ENDING_ATTEMPTS = 25;
const ENDING_PAUSE_MS = 200;

/** Lets codec families join a ready video, and leave it. Both can be repeated. */
@Injectable()
export class ChangeFamilies {
  constructor(
    @Inject(TEMPORAL_CLIENT) private readonly temporal: Client,
    private readonly families: FamiliesRepository,
    private readonly progress: VideoProgress,
  ) {}

  /**
   * Asks for families, and for the HDR sets of their codecs where the source is HDR. Throws a 409 problem for a video that is not ready,
   * for a family that it has or is making, with its HDR set, and for one whose cancellation takes long.
   */
  async add(video: Video, codecs: readonly CodecFamily[]): Promise<FamiliesView> {
    refuseUnlessReady(video);
    const known = await this.progress.viewFamilies(video);
    const lacking: CodecFamily[] = [];
    for (const codec of codecs) lacking.push(...(await this.lackingOf(video, codec, known)));
    for (const family of lacking) {
      const ref = { videoId: video.videoId, generation: video.generation, family };
      if (!UNDER_WAY.includes(known[family]?.state ?? 'removed')) await this.waitForEnd(ref);
      await this.families.ask(ref);
      await startJoinFamily(this.temporal, ref, video);
    }
    return this.progress.viewFamilies(video);
  }

  /**
   * Takes a family, and its HDR set along, out of what is public and out of what is to be made, also while the video is processed and after
   * that has failed or was cancelled. Throws a 404 problem for a family that the video does not have, 409 for the one that it was published in
   * first and for a removed video.
   */
  async remove(video: Video, family: CodecFamily): Promise<FamiliesView> {
    if (video.status === 'removed') throw notReady(video);
    if (family === firstFamilyOf(video.codecs)) {
      throw new Problem(409, 'FamilyIsFirst', `This video was published in ${family} first; remove the video to remove it.`);
    }
    const rows = await this.families.list(video.videoId);
    const asked = laterFamilies(familiesOf(video));
    const rowOf = (name: CodecFamily) => rows.find((row) => row.family === name);
    const leaving = [family, ...hdrSetOf(family)].filter((name) => rowOf(name) ?? asked.includes(name));
    if (!leaving.includes(family)) throw new Problem(404, 'FamilyNotFound', `This video has no renditions in ${family}.`);
    for (const name of leaving) await this.leave(video, name, rowOf(name));
    return this.progress.viewFamilies(video);
  }

  private async leave(video: Video, family: CodecFamily, row: VideoFamily | undefined): Promise<void> {
    // The generation that is public may be an earlier one than that in the making.
    const ref = { videoId: video.videoId, generation: row?.generation ?? video.generation, family };
    // One of the upload has no row before the title is published.
    if (!row) await this.families.ask(ref);
    const state = row?.state ?? 'pending';
    if (state === 'removed') return;
    await this.families.move(ref, { from: ['pending', 'running', 'joining', 'ready', 'failed', 'cancelled'], state: 'leaving' });
    if (UNDER_WAY.includes(state)) await cancelJoinFamily(this.temporal, ref);
    await startLeaveFamily(this.temporal, ref, video);
  }

  /** The codec and its HDR set, without what the video has or is making. Throws a 409 problem when nothing is left. */
  private async lackingOf(video: Video, codec: CodecFamily, known: FamiliesView): Promise<CodecFamily[]> {
    const lacking: CodecFamily[] = [];
    let refusal: Problem | undefined;
    for (const family of familiesWith(codec, video)) {
      const state = family === firstFamilyOf(video.codecs) ? 'ready' : known[family]?.state;
      // One that is pending may lack its workflow, when the service was away.
      const isThere = state === 'ready' || ((state === 'running' || state === 'joining') && (await this.isBeingMade(video, family)));
      if (isThere) refusal ??= familyExists(family, state);
      else lacking.push(family);
    }
    if (refusal && lacking.length === 0) throw refusal;
    return lacking;
  }

  /** A workflow that was cancelled notes its end, and would note that of the next one as its own. */
  private async waitForEnd(ref: FamilyRef): Promise<void> {
    for (let attempt = 1; await isFamilyJoining(this.temporal, ref); attempt++) {
      if (attempt === ENDING_ATTEMPTS) {
        throw new Problem(409, 'FamilyIsEnding', `The making of ${ref.family} is being stopped; ask for it again in some seconds.`);
      }
      await sleep(ENDING_PAUSE_MS);
    }
  }

  /** A workflow that was terminated has noted no end. */
  private async isBeingMade({ videoId, generation }: Video, family: CodecFamily): Promise<boolean> {
    const ref = { videoId, generation, family };
    if (await isFamilyJoining(this.temporal, ref)) return true;
    await this.families.move(ref, { from: ['running', 'joining'], state: 'cancelled' });
    return false;
  }
}

function refuseUnlessReady(video: Video): void {
  if (video.status !== 'ready') throw notReady(video);
}

function notReady({ status }: Video): Problem {
  const advice =
    status === 'removed' ? '' : ` Families are added to a video that is ready; ${isUnderWay(status) ? 'wait for it' : 'retry it first'}.`;
  return videoNotReady(status, `The status of this video is ${status}.${advice}`);
}

function familyExists(family: CodecFamily, state: FamilyState): Problem {
  const sentence = state === 'ready' ? `This video has renditions in ${family} already.` : `The renditions in ${family} are being made.`;
  return new Problem(409, 'FamilyExists', sentence, { extensions: { family } });
}
