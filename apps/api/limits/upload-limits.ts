import { Inject, Injectable } from '@nestjs/common';
import { UploadUsageRepository, type UploadUsage } from '../../../infra/database/access/upload-usage-repository';
import { FAILURES } from '../../../temporal/contract/failures';
import { DAY_MS, HOUR_MS } from '../../../temporal/contract/units';
import type { ApiConfig } from '../api-settings';
import { API_CONFIG } from '../dependencies/tokens';
import { Problem } from '../problems/problem';
import { rateLimitHeaders, type QuotaState } from './rate-limit-headers';

interface UploadQuota {
  name: string;
  /** For people. */
  what: string;
  quota: number;
  windowMs: number;
  used: (usage: UploadUsage) => number;
  /** What the new uploads add. */
  added: number;
}

/** Bounds uploads. Those of a creator are counted by the rows of the videos, so that all API processes count together and a restart forgets nothing. */
@Injectable()
export class UploadLimits {
  constructor(
    @Inject(API_CONFIG) private readonly config: Pick<ApiConfig, 'limits' | 'maxFileSizeBytes' | 'uploadPartSizeBytes'>,
    private readonly usage: UploadUsageRepository,
  ) {}

  /** Of the parts of an upload, unless it would have too many of them. */
  get partSizeBytes(): number {
    return this.config.uploadPartSizeBytes;
  }

  /** Throws a 413 problem. */
  refuseTooLarge(fileSizeBytes: number): void {
    const { maxFileSizeBytes } = this.config;
    if (fileSizeBytes <= maxFileSizeBytes) return;
    throw new Problem(413, 'SourceTooLarge', `The limit is ${maxFileSizeBytes} bytes. ${FAILURES.SourceTooLarge.advice}`);
  }

  /** Throws a 429 problem when the uploads are too many, and `DatabaseUnavailable`. Uploads that start at the same moment may pass together. */
  async refuseTooMany(creatorId: string, fileSizeBytes: number, count = 1): Promise<void> {
    const { uploadsPerCreator, uploadBytesPerCreator } = this.config.limits;
    const uploads = {
      name: 'uploads',
      what: 'uploads an hour',
      quota: uploadsPerCreator,
      windowMs: HOUR_MS,
      used: (usage: UploadUsage) => usage.count,
      added: count,
    };
    const bytes = {
      name: 'upload-bytes',
      what: 'bytes of uploads a day',
      quota: uploadBytesPerCreator,
      windowMs: DAY_MS,
      used: (usage: UploadUsage) => usage.bytes,
    };
    const quotas: UploadQuota[] = [uploads, { ...bytes, added: fileSizeBytes }];
    for (const quota of quotas) if (quota.quota > 0) await this.checkOne(creatorId, quota);
  }

  private async checkOne(creatorId: string, { name, what, quota, windowMs, used, added }: UploadQuota): Promise<void> {
    const now = Date.now();
    const usage = await this.usage.since(creatorId, new Date(now - windowMs));
    if (used(usage) + added <= quota) return;
    const state: QuotaState = {
      ...{ name, quota, windowSeconds: windowMs / 1000, remaining: quota - used(usage) },
      resetSeconds: Math.max(1, Math.ceil(((usage.firstAt?.getTime() ?? now) + windowMs - now) / 1000)),
    };
    const sentence = `This creator has reached the limit on ${what}; wait, or ask the operator to raise it.`;
    const headers = { ...rateLimitHeaders([state]), 'Retry-After': String(state.resetSeconds) };
    throw new Problem(429, 'TooManyUploads', sentence, { headers });
  }
}
