import { Inject, Injectable } from '@nestjs/common';
import { ulid } from 'ulid';
import { isDuplicateKey } from '../../../infra/database/database';
import type { NewVideo, Video } from '../../../infra/database/video';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { MultipartUploads } from '../../../infra/object-store/multipart-uploads';
import { FAILURES } from '../../../temporal/contract/failures';
import { originalKey } from '../../../temporal/contract/object-keys';
import type { ApiConfig } from '../api-settings';
import type { Caller } from '../auth/caller.decorator';
import { API_CONFIG } from '../dependencies/tokens';
import { Problem } from '../problems/problem';
import { isVideoContentType } from './content-type';
import { displayFileName, keyExtension } from './file-name';
import { openUpload, type OpenUpload } from './open-upload';
import { partCount, partLayout } from './parts/part-layout';
import type { CreateUploadDto, UploadCreatedDto } from './upload-schemas';

/** Starts uploads. */
@Injectable()
export class CreateUpload {
  constructor(
    @Inject(API_CONFIG) private readonly config: ApiConfig,
    private readonly videos: VideosRepository,
    private readonly uploads: MultipartUploads,
  ) {}

  /** A repeated `idempotencyKey` with the same request gets the upload of the first call, with another one 422. */
  async create(caller: Caller, request: CreateUploadDto, idempotencyKey: string | null): Promise<UploadCreatedDto> {
    const filename = this.check(request);
    const before = idempotencyKey && (await this.videos.findByIdempotencyKey(caller.creatorId, idempotencyKey));
    if (before) return this.repeat(before, request, filename);

    const video = this.newVideo(caller, request, filename);
    // The store comes first: a row without an upload would belong to nobody, while the store drops idle uploads itself.
    const upload = await this.uploads.create(video.originalS3Key, request.content_type);
    try {
      await this.videos.create({ ...video, uploadId: upload.uploadId, idempotencyKey });
    } catch (error) {
      await this.uploads.abort(upload).catch(() => undefined);
      const winner = isDuplicateKey(error) && idempotencyKey && (await this.videos.findByIdempotencyKey(caller.creatorId, idempotencyKey));
      if (!winner) throw error;
      return this.repeat(winner, request, filename);
    }
    return this.answer(video.videoId, video.fileSizeBytes, { ...upload, partSizeBytes: video.uploadPartSize });
  }

  /** Refuses what cannot become a video. Resolves to the file's name without its path. */
  private check(request: CreateUploadDto): string {
    if (request.file_size_bytes > this.config.maxFileSizeBytes) {
      const limit = `The limit is ${this.config.maxFileSizeBytes} bytes.`;
      throw new Problem(413, 'SourceTooLarge', `${limit} ${FAILURES.SourceTooLarge.advice}`);
    }
    if (!isVideoContentType(request.content_type)) {
      throw new Problem(415, 'ContentTypeUnsupported', 'content_type must be a video type such as video/mp4, or application/octet-stream.');
    }
    const filename = displayFileName(request.filename);
    if (filename === null) throw new Problem(422, 'FilenameInvalid', 'filename must hold the name of a file, such as holiday.mp4.');
    return filename;
  }

  private newVideo(caller: Caller, request: CreateUploadDto, filename: string): NewVideo & { uploadPartSize: number } {
    const videoId = ulid();
    return {
      videoId,
      creatorId: caller.creatorId,
      title: request.title,
      filename,
      contentType: request.content_type,
      originalS3Key: originalKey(videoId, keyExtension(filename)),
      fileSizeBytes: request.file_size_bytes,
      preset: request.preset,
      priority: request.priority,
      uploadPartSize: partLayout(request.file_size_bytes, this.config.uploadPartSizeBytes).partSizeBytes,
    };
  }

  private async repeat(video: Video, request: CreateUploadDto, filename: string): Promise<UploadCreatedDto> {
    const same =
      video.filename === filename &&
      video.title === request.title &&
      video.contentType === request.content_type &&
      video.fileSizeBytes === request.file_size_bytes &&
      video.priority === request.priority &&
      video.preset === request.preset;
    if (!same) throw new Problem(422, 'IdempotencyKeyReused', 'This Idempotency-Key belongs to another request; use a new one.');
    return this.answer(video.videoId, video.fileSizeBytes, openUpload(video));
  }

  private async answer(videoId: string, fileSizeBytes: number, upload: OpenUpload): Promise<UploadCreatedDto> {
    const [first] = await this.uploads.signParts(upload, [1]);
    return {
      video_id: videoId,
      upload_url: first!.url,
      upload_id: upload.uploadId,
      max_chunk_size: upload.partSizeBytes,
      parts_total: partCount(fileSizeBytes, upload.partSizeBytes),
    };
  }
}
