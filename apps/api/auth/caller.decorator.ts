import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { allows, type Scope } from '../../../infra/api-keys/scopes';
import { Problem } from '../problems/problem';

/** Who calls. */
export interface Caller {
  /** Owner of what the caller makes. */
  creatorId: string;
  /** A key that belongs to no creator sees the videos of all. */
  seesAllVideos: boolean;
  scopes: readonly Scope[];
  /** Names the key in counters; null without one. */
  keyName: string | null;
}

export interface RequestWithCaller extends Request {
  caller: Caller;
}

/** The caller that the guard established. */
export const CallerParam = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<RequestWithCaller>().caller,
);

/** Whether the caller may see addresses and processes of the installation. */
export function isOperator({ scopes }: Pick<Caller, 'scopes'>): boolean {
  return allows(scopes, ['operate']);
}

/** Throws a 403 problem unless the caller has one of the scopes. */
export function requireScope({ scopes }: Pick<Caller, 'scopes'>, wanted: readonly Scope[]): void {
  if (allows(scopes, wanted)) return;
  const names = wanted.join(' or ');
  throw new Problem(403, 'ScopeMissing', `This API key lacks the scope ${names}; ask the operator for a key that has it.`, {
    // RFC 6750 3.1.
    headers: { 'WWW-Authenticate': `Bearer error="insufficient_scope", scope="${wanted.join(' ')}"` },
  });
}

/** The creator whose videos a caller means by `asked`; undefined for all. Callers with a key mean their own. Throws a 403 problem when they ask for those of another one. */
export function creatorFilter(caller: Caller, asked: string | undefined): string | undefined {
  if (caller.seesAllVideos) return asked;
  if (asked !== undefined && asked !== caller.creatorId) {
    throw new Problem(403, 'CreatorForbidden', 'This API key covers the videos of its own creator only.');
  }
  return caller.creatorId;
}
