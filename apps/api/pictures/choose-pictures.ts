import { posterUploadKey } from '../../../temporal/contract/object-keys';
import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import { ulid } from 'ulid';
import { PicturesRepository } from '../../../infra/database/pictures/pictures-repository';
import type { Video } from '../../../infra/database/video';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { pictureTypeOf, type PosterSource } from '../../../infra/rasters/raster-source';
import { rasterisePoster } from '../../../infra/rasters/rasterise';
import type { PosterChoice, ThumbnailRequest } from '../../../temporal/contract/media/pictures';
import { startRemakePictures } from '../../../temporal/pictures-commands';
import { TEMPORAL_CLIENT } from '../dependencies/tokens';
import { DrawingSlots } from '../http/drawing-slots';
import { Problem } from '../problems/problem';
import { videoNotReady } from '../problems/video-not-ready';

interface UploadedPoster {
  type: PosterSource['type'];
  bytes: Buffer;
}

/** Posters and thumbnails that users choose for ready videos, and for later generations of them. */
@Injectable()
export class ChoosePictures {
  private readonly slots = new DrawingSlots('PostersBusy', 'Other posters are drawn right now; try again in a moment.');

  constructor(
    @Inject(TEMPORAL_CLIENT) private readonly temporal: Client,
    private readonly rows: PicturesRepository,
    private readonly objects: ObjectStore,
  ) {}

  /** Throws a 409 problem for a video that is not ready, 422 for a picture that cannot be drawn, 429 while others are drawn. */
  async upload(video: Video, { type, bytes }: UploadedPoster): Promise<void> {
    refuseUnready(video);
    if (pictureTypeOf(bytes) !== type) {
      throw new Problem(
        422,
        'PosterUnreadable',
        'The picture is no PNG or JPEG, or the other of them than its type says; send it as it is.',
      );
    }
    const { jpeg, width, height } = await this.slots.draw(() =>
      rasterisePoster({ kind: 'poster', type, base64: bytes.toString('base64') }),
    );
    const sha256 = createHash('sha256').update(jpeg).digest('hex');
    // The object comes first: a choice without one would promise what is not there.
    await this.objects.putIfUnchanged('originals', posterUploadKey(sha256), jpeg, { contentType: 'image/jpeg', etag: null });
    await this.choose(video, { posterId: ulid(), kind: 'upload', sha256, width, height });
  }

  /** Throws a 409 problem for a video that is not ready or is protected, 422 for a time beyond its end. */
  async frameAt(video: Video, atSeconds: number): Promise<void> {
    refuseUnready(video);
    refuseProtected(video, 'upload a picture as its poster');
    if (video.durationSec !== null && atSeconds > video.durationSec) {
      const sentence = `at_seconds is beyond the end of the video, which lasts ${video.durationSec} seconds; name an earlier time.`;
      throw new Problem(422, 'PosterTimeBeyondEnd', sentence);
    }
    // Downwards, to the frame that is shown then; 8.04 * 1000 is a little less than 8040.
    await this.choose(video, { posterId: ulid(), kind: 'time', atMs: Math.floor(atSeconds * 1000 + 1e-6) });
  }

  /** Throws a 409 problem for a video that is not ready or is protected. */
  async remakeThumbnails(video: Video, thumbnails: ThumbnailRequest): Promise<void> {
    refuseUnready(video);
    refuseProtected(video, 'retry it from the probe step to have thumbnails at the interval of its upload');
    const { videoId, generation } = video;
    if (!(await this.rows.askThumbnails(videoId, thumbnails))) throw notReady(video);
    await startRemakePictures(this.temporal, { videoId, generation, thumbnails }, video);
  }

  private async choose(video: Video, choice: PosterChoice): Promise<void> {
    const { videoId, generation } = video;
    if (!(await this.rows.choosePoster(videoId, choice))) throw notReady(video);
    await startRemakePictures(this.temporal, { videoId, generation, posterId: choice.posterId }, video);
  }
}

function refuseUnready(video: Video): void {
  if (video.status !== 'ready') throw notReady(video);
}

function notReady({ status }: Video): Problem {
  return videoNotReady(status, `The status of this video is ${status}; its pictures can be chosen once it is ready.`);
}

/** Its clear streams are temporary, and encrypted ones are not decrypted for pictures. */
function refuseProtected({ protection, encoding }: Video, advice: string): void {
  if (protection || encoding.drm) throw new Problem(409, 'VideoIsProtected', `No pictures are taken of a protected video; ${advice}.`);
}
