import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { Scope } from '../../../infra/api-keys/scopes';
import type { ApiConfig } from '../api-settings';
import { API_CONFIG } from '../dependencies/tokens';
import { RequestLimits } from '../limits/request-limits';
import { requireScope, type Caller, type RequestWithCaller } from './caller.decorator';
import { ANONYMOUS_CALLER, keyRefused, KnownKeys } from './known-keys';
import { PUBLIC, type PublicCall } from './public.decorator';
import { REQUIRED_SCOPES } from './scope.decorator';

/** What a call needs that says nothing about it. */
const UNNAMED: readonly Scope[] = ['admin'];

/** Asks for an API key, as `Authorization: Bearer` (RFC 6750 2.1) or `X-Api-Key`, that has a scope of the call. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    @Inject(API_CONFIG) private readonly config: Pick<ApiConfig, 'access'>,
    private readonly reflector: Reflector,
    private readonly known: KnownKeys,
    private readonly limits: RequestLimits,
  ) {}

  /** Throws a 401, 403 or 429 problem, and `DatabaseUnavailable`. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<RequestWithCaller>();
    const publicCall = this.metadata<PublicCall>(PUBLIC, context);
    if (publicCall === 'unlimited') return true;
    await this.limits.countAddress(request);
    if (publicCall) return true;
    request.caller = await this.callerOf(request);
    if (request.caller.keyName !== null) await this.limits.countKey(request.caller.keyName, request);
    requireScope(request.caller, this.metadata<Scope[]>(REQUIRED_SCOPES, context) ?? UNNAMED);
    return true;
  }

  private async callerOf(request: Request): Promise<Caller> {
    const key = presentedKey(request);
    // A key that is sent counts everywhere: its holder wants what it allows.
    if (key === '' && this.config.access.isAnonymous) return ANONYMOUS_CALLER;
    if (key === '') {
      throw keyRefused('ApiKeyInvalid', 'Send an API key as "Authorization: Bearer KEY" or "X-Api-Key: KEY".');
    }
    const caller = await this.known.callerOf(key);
    if (caller) return caller;
    await this.limits.wrongKeys.count(request.ip ?? '');
    throw keyRefused('ApiKeyInvalid', 'There is no such API key; send a valid one as "Authorization: Bearer KEY" or "X-Api-Key: KEY".');
  }

  private metadata<T>(name: string, context: ExecutionContext): T | undefined {
    return this.reflector.getAllAndOverride<T>(name, [context.getHandler(), context.getClass()]);
  }
}

/** The key that a request carries; empty without one. */
export function presentedKey(request: Request): string {
  const bearer = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '');
  return bearer?.[1] ?? request.get('x-api-key') ?? '';
}
