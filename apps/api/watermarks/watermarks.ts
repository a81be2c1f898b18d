import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ulid } from 'ulid';
import { WatermarksRepository, type WatermarkRow } from '../../../infra/database/watermarks-repository';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { rasterise } from '../../../infra/rasters/rasterise';
import { pictureTypeOf, type MarkSource, type PictureType } from '../../../infra/rasters/raster-source';
import { watermarkKey } from '../../../temporal/contract/object-keys';
import type { Watermark, WatermarkChoice } from '../../../temporal/contract/media/watermark';
import type { ApiConfig } from '../api-settings';
import type { Caller } from '../auth/caller.decorator';
import { API_CONFIG } from '../dependencies/tokens';
import { DrawingSlots } from '../http/drawing-slots';
import { Problem } from '../problems/problem';
import { videoIdOf } from '../videos/video-id';
import { MOST_PICTURE_BYTES, type CreateWatermark } from './watermark-schemas';

const MOST_LISTED = 100;

/** Pictures and texts to draw on videos. */
@Injectable()
export class Watermarks {
  private readonly slots = new DrawingSlots('WatermarksBusy', 'Other watermarks are drawn right now; try again in a moment.');

  constructor(
    @Inject(API_CONFIG) private readonly config: Pick<ApiConfig, 'watermarkKeyPrefix'>,
    private readonly rows: WatermarksRepository,
    private readonly objects: ObjectStore,
  ) {}

  /** The same picture or text of the same creator is the same watermark. Throws a 413, 422 or 429 problem. */
  async create(caller: Caller, request: CreateWatermark): Promise<WatermarkRow> {
    const text = 'text' in request ? request.text : null;
    const source: MarkSource = 'text' in request ? { kind: 'text', text: request.text } : await this.pictureOf(request);
    const { png, width, height } = await this.slots.draw(() => rasterise(source));
    const sha256 = createHash('sha256').update(png).digest('hex');
    // The object comes first: a row without one would promise what is not there.
    await this.objects.putIfUnchanged('originals', watermarkKey(sha256), png, { contentType: 'image/png', etag: null });
    const row = { watermarkId: ulid(), creatorId: caller.creatorId, rasterSha256: sha256, width, height, sizeBytes: png.byteLength, text };
    return this.rows.add({ ...row, createdAt: new Date() });
  }

  /** Throws a 404 problem. */
  async find(caller: Caller, watermarkId: string): Promise<WatermarkRow> {
    const id = videoIdOf(watermarkId);
    const row = id && (await this.rows.find(id));
    if (!row || !(caller.seesAllVideos || row.creatorId === caller.creatorId)) {
      throw new Problem(404, 'WatermarkNotFound', 'There is no watermark with this id.');
    }
    return row;
  }

  list(caller: Caller): Promise<WatermarkRow[]> {
    return this.rows.list(caller.seesAllVideos ? undefined : caller.creatorId, MOST_LISTED);
  }

  /** The raster. Throws a 404 problem. */
  async png(caller: Caller, watermarkId: string): Promise<Uint8Array> {
    const { rasterSha256 } = await this.find(caller, watermarkId);
    const bytes = await this.objects.get('originals', watermarkKey(rasterSha256));
    if (!bytes) throw new Problem(404, 'WatermarkNotFound', 'The picture of this watermark is not in storage.');
    return bytes;
  }

  /** The raster stays: videos that have it are drawn with it for as long as they are made again. Throws a 404 problem. */
  async remove(caller: Caller, watermarkId: string): Promise<void> {
    await this.rows.remove((await this.find(caller, watermarkId)).watermarkId);
  }

  /** A choice as it is recorded with a video; of a preset, whose operator may name the watermark of anyone, without a caller. Throws a 422 problem. */
  async recorded(choice: WatermarkChoice, caller: Caller | null): Promise<Watermark> {
    const row = await this.rows.find(choice.watermarkId);
    if (!row || !(caller === null || caller.seesAllVideos || row.creatorId === caller.creatorId)) {
      throw new Problem(422, 'WatermarkUnknown', 'There is no watermark with the id of the upload or of its preset; see GET /watermarks.');
    }
    return { ...choice, key: watermarkKey(row.rasterSha256), sha256: row.rasterSha256, width: row.width, height: row.height };
  }

  private async pictureOf(request: Exclude<CreateWatermark, { text: string }>): Promise<MarkSource> {
    if ('s3_key' in request) return picture(await this.stored(request.s3_key));
    return picture(Buffer.from(request.image_base64, 'base64'), request.content_type);
  }

  private async stored(key: string): Promise<Uint8Array> {
    const prefix = this.config.watermarkKeyPrefix;
    if (prefix === null || !key.startsWith(prefix) || key.split('/').some((part) => ['', '.', '..'].includes(part))) {
      const sentence =
        'Pictures can only be taken from the folder that the operator has set (WATERMARK_KEY_PREFIX); send the picture itself.';
      throw new Problem(422, 'WatermarkKeyForbidden', sentence);
    }
    const head = await this.objects.head('originals', key);
    if (!head) throw new Problem(422, 'WatermarkKeyUnknown', 'There is no picture under this key.');
    if (head.sizeBytes > MOST_PICTURE_BYTES) throw tooLarge();
    return (await this.objects.get('originals', key)) ?? new Uint8Array();
  }
}

/** Throws a 413 or 422 problem, the latter also for a picture of another type than it `saysToBe`. */
function picture(bytes: Uint8Array, saysToBe?: PictureType): MarkSource {
  if (bytes.byteLength > MOST_PICTURE_BYTES) throw tooLarge();
  const type = pictureTypeOf(bytes);
  if (type === null || type !== (saysToBe ?? type)) {
    throw new Problem(422, 'WatermarkUnreadable', 'The picture is no PNG, JPEG or SVG, or another one of them than its type says.');
  }
  return { kind: 'picture', type, base64: Buffer.from(bytes).toString('base64') };
}

function tooLarge(): Problem {
  return new Problem(413, 'BodyTooLarge', `The picture has more than ${MOST_PICTURE_BYTES} bytes; send a smaller one.`);
}
