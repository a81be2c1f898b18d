import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { ApiConfig } from '../api-settings';
import { API_CONFIG } from '../dependencies/tokens';
import { Problem } from '../problems/problem';
import type { RequestWithCaller } from './caller.decorator';
import { PUBLIC } from './public.decorator';

const CREATOR_WITHOUT_KEYS = 'local';

/** Asks for an API key, as `Authorization: Bearer` or `X-Api-Key`, when keys are configured. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  private readonly creators: { digest: Buffer; creatorId: string }[];

  constructor(
    @Inject(API_CONFIG) config: ApiConfig,
    private readonly reflector: Reflector,
  ) {
    this.creators = [...config.apiKeys].map(([key, creatorId]) => ({ digest: digestOf(key), creatorId }));
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<RequestWithCaller>();
    if (this.creators.length === 0) {
      request.caller = { creatorId: CREATOR_WITHOUT_KEYS, seesAllVideos: true };
      return true;
    }
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()])) return true;
    const creatorId = this.creatorOf(presentedKey(request));
    if (creatorId === null) {
      throw new Problem(401, 'ApiKeyInvalid', 'Send a valid API key as "Authorization: Bearer KEY" or "X-Api-Key: KEY".', {
        headers: { 'WWW-Authenticate': 'Bearer' },
      });
    }
    request.caller = { creatorId, seesAllVideos: false };
    return true;
  }

  /** Compares digests with every key, so that the time taken tells nothing about a key. */
  private creatorOf(key: string): string | null {
    const digest = digestOf(key);
    let creatorId: string | null = null;
    for (const candidate of this.creators) {
      if (timingSafeEqual(candidate.digest, digest)) creatorId = candidate.creatorId;
    }
    return creatorId;
  }
}

function presentedKey(request: Request): string {
  const bearer = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '');
  return bearer?.[1] ?? request.get('x-api-key') ?? '';
}

function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
