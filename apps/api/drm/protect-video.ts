import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import { isDeepStrictEqual } from 'node:util';
import { ContentKeys } from '../../../infra/content-keys/content-keys';
import type { Video } from '../../../infra/database/video';
import { ProtectionRepository } from '../../../infra/database/protection-repository';
import type { DrmRequest } from '../../../temporal/contract/media/protection';
import { startProtectTitle } from '../../../temporal/protection-commands';
import { TEMPORAL_CLIENT } from '../dependencies/tokens';
import { Problem } from '../problems/problem';
import { videoNotReady } from '../problems/video-not-ready';

/** Protects videos that are published clear. */
@Injectable()
export class ProtectVideo {
  constructor(
    @Inject(TEMPORAL_CLIENT) private readonly temporal: Client,
    private readonly protections: ProtectionRepository,
    private readonly contentKeys: ContentKeys,
  ) {}

  /**
   * Records how the video is to be protected and starts its encryption; one that has failed is tried again, also in another way.
   * Throws a 409 problem for a video that is not ready or protected otherwise, 422 for a key provider that there is not.
   */
  async protect(video: Video, request: DrmRequest): Promise<DrmRequest> {
    refuseUnknownProvider(this.contentKeys, request);
    if (video.status !== 'ready') {
      throw videoNotReady(video.status, `The status of this video is ${video.status}; protection is added to a video that is ready.`);
    }
    if (video.protection && !video.isDrmSwitching) throw protectedAlready('is protected');
    const { videoId, generation } = video;
    if (!(await this.protections.ask(video, request)) && !isDeepStrictEqual((await this.protections.find(videoId))?.asked, request))
      throw protectedAlready('is being protected in another way');
    await startProtectTitle(this.temporal, { videoId, generation }, video);
    return request;
  }
}

/** Throws a 422 problem for a key provider that this installation does not have. */
export function refuseUnknownProvider(keys: ContentKeys, { keyProvider }: DrmRequest): void {
  const names = keys.problems().map(({ provider }) => provider);
  if (names.includes(keyProvider)) return;
  throw new Problem(422, 'KeyProviderUnknown', `There is no key provider of that name; there are ${names.join(', ')}.`);
}

function protectedAlready(how: string): Problem {
  return new Problem(409, 'VideoIsProtected', `This video ${how}, and there is no way back; upload it again to protect it otherwise.`);
}
