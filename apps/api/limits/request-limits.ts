import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { ApiConfig } from '../api-settings';
import { API_CONFIG } from '../dependencies/tokens';
import { Problem } from '../problems/problem';
import { networkOf } from './network-of';
import { rateLimitHeaders, type QuotaState } from './rate-limit-headers';
import { WrongKeys } from './wrong-keys';

const WINDOW_SECONDS = 60;

/** Counts requests within a minute by key and by address. Each process counts its own: they are against faults and floods, not for billing. */
@Injectable()
export class RequestLimits {
  readonly wrongKeys = new WrongKeys();
  private readonly byKey: RequestLimit | null;
  private readonly byAddress: RequestLimit | null;

  constructor(@Inject(API_CONFIG) { limits }: Pick<ApiConfig, 'limits'>) {
    this.byKey = limits.requestsPerKey > 0 ? new RequestLimit('key', limits.requestsPerKey) : null;
    this.byAddress = limits.requestsPerAddress > 0 ? new RequestLimit('address', limits.requestsPerAddress) : null;
  }

  /** Throws a 429 problem. */
  async countAddress(request: Request): Promise<void> {
    await this.byAddress?.count(networkOf(request.ip ?? ''), request.res);
  }

  /** Throws a 429 problem. */
  async countKey(keyName: string, request: Request): Promise<void> {
    await this.byKey?.count(keyName, request.res);
  }
}

class RequestLimit {
  private readonly limiter: RateLimiterMemory;

  constructor(
    private readonly name: 'key' | 'address',
    private readonly quota: number,
  ) {
    this.limiter = new RateLimiterMemory({ points: quota, duration: WINDOW_SECONDS });
  }

  /** Says in the response what is left. */
  async count(counted: string, response: Response | undefined): Promise<void> {
    try {
      const { RateLimit, 'RateLimit-Policy': policy } = this.headers(await this.limiter.consume(counted));
      response?.append('RateLimit', RateLimit).append('RateLimit-Policy', policy);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const headers = { ...this.headers(error), 'Retry-After': String(secondsUntil(error)) };
      throw new Problem(429, 'TooManyRequests', `This ${this.name} has sent too many requests; wait, then send fewer.`, { headers });
    }
  }

  private headers(result: RateLimiterRes) {
    const state: QuotaState = {
      ...{ name: this.name, quota: this.quota, windowSeconds: WINDOW_SECONDS },
      ...{ remaining: result.remainingPoints, resetSeconds: secondsUntil(result) },
    };
    return rateLimitHeaders([state]);
  }
}

function secondsUntil({ msBeforeNext }: RateLimiterRes): number {
  return Math.ceil(msBeforeNext / 1000);
}
