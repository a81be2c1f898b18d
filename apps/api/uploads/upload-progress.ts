import { Injectable } from '@nestjs/common';
import type { Video } from '../../../infra/database/video';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { MultipartUploads } from '../../../infra/object-store/multipart-uploads';
import { Problem } from '../problems/problem';
import { openUpload, refuseUnlessUploading, uploadExpired } from './open-upload';
import { expectedPartBytes, partCount } from './parts/part-layout';
import { compareParts } from './parts/received-parts';
import type { SignedPartsDto, UploadStateDto } from './upload-schemas';

/** What clients ask between the start and the end of an upload. */
@Injectable()
export class UploadProgress {
  constructor(
    private readonly videos: VideosRepository,
    private readonly uploads: MultipartUploads,
  ) {}

  async signParts(video: Video, partNumbers: number[]): Promise<SignedPartsDto> {
    refuseUnlessUploading(video);
    const upload = openUpload(video);
    const partsTotal = partCount(video.fileSizeBytes, upload.partSizeBytes);
    const beyond = partNumbers.find((number) => number > partsTotal);
    if (beyond !== undefined) {
      throw new Problem(422, 'PartNumberInvalid', `This upload has parts 1 to ${partsTotal}; there is no part ${beyond}.`);
    }
    const signed = await this.uploads.signParts(
      upload,
      partNumbers.map((partNumber) => ({
        partNumber,
        sizeBytes: expectedPartBytes(video.fileSizeBytes, upload.partSizeBytes, partNumber),
      })),
    );
    return {
      urls: signed.map(({ partNumber, url, expiresAt }) => ({
        part_number: partNumber,
        url,
        expires_at: expiresAt.toISOString(),
      })),
    };
  }

  /** What the store holds, so that any client can go on. A finished upload has all its parts. */
  async state(video: Video): Promise<UploadStateDto> {
    const upload = openUpload(video);
    const stored = video.status === 'uploading' ? await this.uploads.listParts(upload) : allParts(video, upload.partSizeBytes);
    if (stored === null) throw uploadExpired();
    const received = compareParts(video.fileSizeBytes, upload.partSizeBytes, stored);
    return {
      video_id: video.videoId,
      status: video.status,
      file_size_bytes: video.fileSizeBytes,
      max_chunk_size: upload.partSizeBytes,
      parts_total: received.partsTotal,
      received_parts: received.parts.map((part) => part.partNumber),
      missing_parts: received.missingParts,
      wrong_parts: received.wrongParts,
      bytes_received: received.bytesReceived,
    };
  }

  /** Ends an upload and frees its parts; twice is the same as once. Throws a 409 problem when it was completed before. */
  async cancel(video: Video): Promise<void> {
    const now = await this.giveUp(video);
    if (now.status !== 'cancelled') refuseUnlessUploading(now);
  }

  /** Ends an upload unless a completion came first, and frees its parts. Resolves to the video as it is then. */
  async giveUp(video: Video): Promise<Video> {
    await this.videos.setUploadCancelled(video.videoId);
    const now = (await this.videos.find(video.videoId)) ?? video;
    if (now.status === 'cancelled') await this.uploads.abort(openUpload(video));
    return now;
  }
}

function allParts(video: Video, partSizeBytes: number) {
  if (video.status === 'cancelled') return [];
  const partsTotal = partCount(video.fileSizeBytes, partSizeBytes);
  return Array.from({ length: partsTotal }, (_, index) => ({
    partNumber: index + 1,
    sizeBytes: expectedPartBytes(video.fileSizeBytes, partSizeBytes, index + 1),
    etag: '',
    storedAt: video.updatedAt,
  }));
}
