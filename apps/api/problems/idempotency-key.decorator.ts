import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';
import { idempotencyKeyOf } from './idempotency-key';

/** The key of the request, or null. Throws a 422 problem for one that is none. */
export const IdempotencyKey = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  idempotencyKeyOf(context.switchToHttp().getRequest<Request>().get('idempotency-key')),
);

/** Describes the header once. */
export const TakesIdempotencyKey = () =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: '1 to 255 visible ASCII characters, such as a UUID; a call that is repeated with it counts once',
      // Without an example, which `/docs` would send with every call.
      schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
    }),
  );
