import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

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
