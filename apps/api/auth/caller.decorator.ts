import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Problem } from '../problems/problem';

/** Who calls. */
export interface Caller {
  creatorId: string;
  /** Without API keys everything belongs to everybody. */
  seesAllVideos: boolean;
}

export interface RequestWithCaller extends Request {
  caller: Caller;
}

/** The caller that the guard established. */
export const CallerParam = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<RequestWithCaller>().caller,
);

/** The creator whose videos a caller means by `asked`; undefined for all. Callers with a key mean their own. Throws a 403 problem when they ask for somebody else's. */
export function creatorFilter(caller: Caller, asked: string | undefined): string | undefined {
  if (caller.seesAllVideos) return asked;
  if (asked !== undefined && asked !== caller.creatorId) {
    throw new Problem(403, 'CreatorForbidden', 'This API key covers the videos of its own creator only.');
  }
  return caller.creatorId;
}
