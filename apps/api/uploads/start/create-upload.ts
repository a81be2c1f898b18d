import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { ulid } from 'ulid';
import { isDuplicateKey } from '../../../../infra/database/database';
import type { NewVideo, Video } from '../../../../infra/database/video';
import { VideosRepository } from '../../../../infra/database/videos-repository';
import { MultipartUploads } from '../../../../infra/object-store/multipart-uploads';
import type { Watermark } from '../../../../temporal/contract/media/watermark';
import { originalKey } from '../../../../temporal/contract/object-keys';
import type { Caller } from '../../auth/caller.decorator';
import { UploadLimits } from '../../limits/upload-limits';
import { idempotencyKeyReused } from '../../problems/idempotency-key';
import { Problem } from '../../problems/problem';
import { ManageWebhooks } from '../../webhooks/manage-webhooks';
import { viewOfWatermark } from '../../watermarks/watermark-choice';
import { AskedEncodings, type AskedEncoding } from './asked-encodings';
import { refuseOtherContent, storedContentType } from './content-type';
import { displayFileName, keyExtension } from './file-name';
import { openUpload, refuseEndedUpload, type OpenUpload } from '../open-upload';
import { expectedPartBytes, partCount, partLayout } from '../parts/part-layout';
import type { CreateUploadDto, UploadCreatedDto } from '../upload-schemas';
import { shownTitle } from './title';

/** What people see of a file, cleaned. */
interface Named {
  filename: string;
  title: string;
}

/** Starts uploads. */
@Injectable()
export class CreateUpload {
  constructor(
    private readonly limits: UploadLimits,
    private readonly encodings: AskedEncodings,
    private readonly videos: VideosRepository,
    private readonly uploads: MultipartUploads,
  ) {}

  @Inject() private readonly webhooks!: ManageWebhooks;

  /** A repeated `idempotencyKey` with the same request gets the upload of the first call, with another one 422, and 409 when it was given up. */
  async create(caller: Caller, request: CreateUploadDto, idempotencyKey: string | null): Promise<UploadCreatedDto> {
    const named = this.check(request);
    const { webhook_url: webhookUrl } = request;
    this.webhooks.refuseUrl(webhookUrl);
    const resolved = this.encodings.resolve(request);
    const before = idempotencyKey && (await this.videos.findByIdempotencyKey(caller.creatorId, idempotencyKey));
    if (before) return this.repeat(before, request, { ...named, ...resolved });

    await this.limits.refuseTooMany(caller.creatorId, request.file_size_bytes);
    const encoding = await this.encodings.recorded(caller, request, resolved);
    const video = this.newVideo(caller, request, { ...named, ...resolved, encoding });
    const webhook = this.webhooks.ofVideo(video, webhookUrl);
    // The store comes first: a row without an upload would stay for good, while the store drops idle uploads itself.
    const upload = await this.uploads.create(video.originalS3Key, video.contentType);
    try {
      await this.videos.create({ ...video, uploadId: upload.uploadId, idempotencyKey }, webhook?.row);
    } catch (error) {
      await this.uploads.abort(upload).catch(() => undefined);
      const winner = isDuplicateKey(error) && idempotencyKey && (await this.videos.findByIdempotencyKey(caller.creatorId, idempotencyKey));
      if (!winner) throw error;
      return this.repeat(winner, request, { ...named, ...resolved });
    }
    const answer = await this.answer(video.videoId, video.fileSizeBytes, { ...upload, partSizeBytes: video.uploadPartSize });
    return webhook ? { ...answer, webhook_secret: webhook.secret } : answer;
  }

  /** Refuses what cannot become a video. Returns what people see of it. */
  private check(request: CreateUploadDto): Named {
    this.limits.refuseTooLarge(request.file_size_bytes);
    refuseOtherContent(request.content_type);
    const filename = displayFileName(request.filename);
    if (filename === null) throw new Problem(422, 'FilenameInvalid', 'filename must hold the name of a file, such as holiday.mp4.');
    return { filename, title: shownTitle(request.title) };
  }

  private newVideo(
    caller: Caller,
    request: CreateUploadDto,
    { filename, title, preset, codecs, encoding }: Named & AskedEncoding,
  ): NewVideo & { uploadPartSize: number } {
    const videoId = ulid();
    return {
      videoId,
      creatorId: caller.creatorId,
      title,
      filename,
      contentType: storedContentType(request.content_type),
      originalS3Key: originalKey(videoId, keyExtension(filename)),
      fileSizeBytes: request.file_size_bytes,
      preset,
      priority: request.priority,
      playback: request.playback,
      metadata: request.metadata,
      codecs,
      encoding,
      uploadPartSize: partLayout(request.file_size_bytes, this.limits.partSizeBytes).partSizeBytes,
    };
  }

  private async repeat(
    video: Video,
    request: CreateUploadDto,
    { filename, title, preset, encoding }: Named & AskedEncoding,
  ): Promise<UploadCreatedDto> {
    const same =
      video.filename === filename &&
      video.title === title &&
      isDeepStrictEqual(video.metadata, request.metadata) &&
      video.contentType === storedContentType(request.content_type) &&
      video.fileSizeBytes === request.file_size_bytes &&
      video.priority === request.priority &&
      video.playback === request.playback &&
      video.preset === preset &&
      // A preset may have changed since, so its name counts here and not what it says.
      isDeepStrictEqual({ hdr: 'keep', ...video.encoding, ...OF_THE_PRESET }, { ...encoding, ...OF_THE_PRESET }) &&
      isSameWatermark(video.encoding.watermark, request.watermark) &&
      (request.codecs === undefined || sameMembers(video.codecs, request.codecs)) &&
      (await this.webhooks.isOfVideo(video.videoId, request.webhook_url));
    if (!same) throw idempotencyKeyReused();
    refuseEndedUpload(video);
    return this.answer(video.videoId, video.fileSizeBytes, openUpload(video));
  }

  private async answer(videoId: string, fileSizeBytes: number, upload: OpenUpload): Promise<UploadCreatedDto> {
    const part = { partNumber: 1, sizeBytes: expectedPartBytes(fileSizeBytes, upload.partSizeBytes, 1) };
    const [first] = await this.uploads.signParts(upload, [part]);
    return {
      video_id: videoId,
      upload_url: first!.url,
      upload_id: upload.uploadId,
      max_chunk_size: upload.partSizeBytes,
      parts_total: partCount(fileSizeBytes, upload.partSizeBytes),
    };
  }
}

/** Parts of an encoding that are compared by what was asked for, if at all. */
const OF_THE_PRESET = { families: {}, watermark: undefined };

/** The watermark itself may be gone by now. */
function isSameWatermark(recorded: Watermark | undefined, asked: CreateUploadDto['watermark']): boolean {
  return asked === undefined || isDeepStrictEqual(recorded ? viewOfWatermark(recorded) : null, asked);
}

function sameMembers<T>(some: readonly T[], others: readonly T[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}
