import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { Request } from 'express';
import { ZodValidationException } from 'nestjs-zod';
import { metadataSearch } from './metadata-schemas';

const PREFIX = 'metadata.';

/** The pairs of a query such as `metadata.campaign=spring`. Throws a 422 problem. */
export const MetadataFilter = createParamDecorator((_data: unknown, context: ExecutionContext): Record<string, string> => {
  const result = metadataSearch.safeParse(pairsOf(context.switchToHttp().getRequest<Request>().query));
  if (!result.success) throw new ZodValidationException(result.error);
  return result.data;
});

/** Describes these parameters: an object whose members are parameters of their own (OpenAPI 3.1 4.8.12.2, `form` and `explode`). */
export const TakesMetadataFilter = () =>
  applyDecorators(
    ApiQuery({
      name: 'metadata',
      required: false,
      description: 'Pairs that a video has, all of them: metadata.KEY=VALUE, as in {"metadata.campaign": "spring"}',
      style: 'form',
      explode: true,
      schema: {
        type: 'object',
        maxProperties: 5,
        additionalProperties: { type: 'string', maxLength: 512 },
        ...{ propertyNames: { pattern: '^metadata\\.[a-z0-9_.-]{1,64}$' } },
        // `/docs` sends it with every call.
        example: {},
      },
    }),
  );

function pairsOf(query: Request['query']): Record<string, unknown> {
  const pairs = Object.entries(query).filter(([name]) => name.startsWith(PREFIX));
  return Object.fromEntries(pairs.map(([name, value]) => [name.slice(PREFIX.length), value]));
}

/** A query without the pairs of {@link MetadataFilter}, for a schema that refuses what it does not name. */
export function withoutMetadata(query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query;
  return Object.fromEntries(Object.entries(query).filter(([name]) => !name.startsWith(PREFIX)));
}
