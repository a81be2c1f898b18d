import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { NewSource } from '../../../infra/database/ingest/ingest-repository';
import type { NewVideo } from '../../../infra/database/video';
import { originalKey } from '../../../temporal/contract/object-keys';
import type { ApiConfig } from '../api-settings';
import type { Caller } from '../auth/caller.decorator';
import { API_CONFIG } from '../dependencies/tokens';
import { AskedEncodings } from '../uploads/start/asked-encodings';
import { refuseOtherContent, storedContentType } from '../uploads/start/content-type';
import { displayFileName, keyExtension } from '../uploads/start/file-name';
import { shownTitle } from '../uploads/start/title';
import { ManageWebhooks, type NewWebhook } from '../webhooks/manage-webhooks';
import type { CreateIngestDto } from './ingest-schemas';
import { objectAddress, openPlace, webAddress, type SourceAddress } from './source-address';

/** The rows of one pull. */
export interface PullRows {
  video: NewVideo;
  source: NewSource;
  /** The webhook that hears of this video alone, with its secret. */
  webhook: NewWebhook | null;
}

interface PullIds {
  batchId: string | null;
  videoId: string;
  /** That signs what its `webhook_url` hears of; a new one when it is left out. */
  webhookSecret?: string | undefined;
}

/** Makes rows of requests. */
@Injectable()
export class PlanPulls {
  constructor(
    @Inject(API_CONFIG) private readonly config: Pick<ApiConfig, 'outbound' | 'ingest'>,
    private readonly encodings: AskedEncodings,
    private readonly webhooks: ManageWebhooks,
  ) {}

  /** The bucket of a prefix in a folder that the operator has opened. Throws a 403 or a 422 problem. */
  bucketOf(place: { bucket?: string | undefined; key: string }): string {
    return openPlace(place, this.config.ingest.folders, 's3_prefix');
  }

  /** Throws a 422 problem for a URL that webhooks may not have. */
  refuseWebhookUrl(url: string | undefined): void {
    this.webhooks.refuseUrl(url);
  }

  /** The rows of a request, which may be one of many. Throws problems as an upload does, and those of {@link webAddress} and {@link objectAddress}. */
  async plan(caller: Caller, request: CreateIngestDto, { batchId, videoId, webhookSecret }: PullIds): Promise<PullRows> {
    const from = this.addressOf(request);
    const filename = displayFileName(request.filename ?? from.filename) ?? 'video';
    const title = shownTitle(request.title ?? filename);
    refuseOtherContent(request.content_type);
    const upload = { ...request, filename, title, file_size_bytes: 0 };
    const resolved = this.encodings.resolve(upload);
    const encoding = await this.encodings.recorded(caller, upload, resolved);
    const { creatorId } = caller;
    const video: NewVideo = {
      ...{ videoId, creatorId, title, filename, encoding, preset: resolved.preset, codecs: resolved.codecs },
      ...{ contentType: storedContentType(request.content_type), originalS3Key: originalKey(videoId, keyExtension(filename)) },
      // What the source says of its size is known later.
      ...{ fileSizeBytes: 0, priority: request.priority, playback: request.playback, metadata: request.metadata },
    };
    const { address, shown } = from;
    const { webhook_url: webhookUrl } = request;
    this.refuseWebhookUrl(webhookUrl);
    const sha256 = request.sha256 ?? null;
    return {
      video,
      source: { videoId, creatorId, batchId, address, shown, sha256, requestSha256: hashOf(request), createdAt: new Date() },
      webhook: this.webhooks.ofVideo(video, webhookUrl, webhookSecret),
    };
  }

  private addressOf({ source_url: url, s3_key: key, bucket }: CreateIngestDto): SourceAddress {
    const { outbound, ingest } = this.config;
    if (url !== undefined) return webAddress(url, outbound);
    return objectAddress({ bucket, key: key ?? '' }, ingest.folders);
  }
}

/** Tells one request from another. */
export function hashOf(request: unknown): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('hex');
}
