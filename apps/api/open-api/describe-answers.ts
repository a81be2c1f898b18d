import type { OpenAPIObject } from '@nestjs/swagger';
import { REFUSALS_EXTENSION, type Refusals } from './refuses.decorator';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;

interface ResponseObject {
  description: string;
  headers?: Record<string, { description: string; schema: { type: 'integer' } }>;
  content?: Record<string, { schema: { $ref: string } }>;
}

/** What decides which refusals an operation has. */
interface CallFacts {
  /** Callers of all scopes and none are counted, but for media and probes. */
  isLimited: boolean;
  isWrite: boolean;
  /** Whether the service answers under names that it is known by alone. */
  checksHost: boolean;
}

const RETRY_AFTER = { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' as const } } };

/** RFC 9457 3.1 with the project's `code` and `error_id`. */
export const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'error_id'],
  properties: {
    type: { type: 'string', description: 'urn:sprocket:problem: and the code' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'A sentence that says what to do' },
    code: { type: 'string', description: 'Stable and machine-readable', example: 'VideoNotFound' },
    error_id: { type: 'string', description: 'Quote it when you report a problem' },
    errors: {
      type: 'array',
      description: 'Of a 422: what is wrong with which field',
      items: { type: 'object', properties: { field: { type: 'string' }, message: { type: 'string' } } },
    },
  },
  additionalProperties: true,
} as const;

/** Every answer of an operation: its successes, what follows from its parts, and those that it declares. */
export function describeAnswers(operation: OperationObject, facts: CallFacts): OperationObject['responses'] {
  const own = (operation as { [REFUSALS_EXTENSION]?: Refusals })[REFUSALS_EXTENSION] ?? {};
  const declared = Object.entries(operation.responses as Record<string, ResponseObject>);
  const successes = declared.filter(([status]) => Number(status) < 400);
  const others = declared.filter(([status]) => Number(status) >= 400).map(([status, { description }]) => [status, description] as const);
  const refusals = Object.entries<string>({ ...usualRefusals(operation, facts), ...own, ...Object.fromEntries(others) });
  const problems = refusals.map(([status, sentence]) => [status, problem(Number(status), sentence)] as const);
  return Object.fromEntries<ResponseObject>([...successes, ...problems]);
}

function usualRefusals(operation: OperationObject, { isLimited, isWrite, checksHost }: CallFacts): Refusals {
  const parameters = (operation.parameters ?? []) as { in: string }[];
  const has = (place: string) => parameters.some((parameter) => parameter.in === place);
  const hasBody = operation.requestBody !== undefined;
  const isSecured = (operation.security ?? []).length > 0;
  const rows: [isPossible: boolean, status: number, sentence: string][] = [
    [hasBody || has('path'), 400, hasBody ? 'The body cannot be read' : 'The address cannot be read'],
    [isSecured, 401, 'The API key is missing, wrong, expired or revoked'],
    [isSecured || isWrite, 403, 'The API key lacks the scope or covers another creator, or a page of another site asks'],
    [has('path'), 404, 'There is no such thing, or it belongs to another creator'],
    [hasBody, 413, 'The body is too large, or the upload that it asks for'],
    [hasBody, 415, 'The body has another type'],
    [checksHost, 421, 'The service is not known by this name'],
    [hasBody || has('query') || has('header'), 422, 'A field is wrong; `errors` says which and why'],
    [isLimited, 429, 'There were too many requests'],
    [true, 500, 'The fault is on our side'],
    [true, 503, 'A dependency does not answer; try again'],
  ];
  return Object.fromEntries(rows.filter(([isPossible]) => isPossible).map(([, status, sentence]) => [status, sentence]));
}

function problem(status: number, description: string): ResponseObject {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return { description, ...(status === 429 || status === 503 ? { headers: RETRY_AFTER } : {}), content };
}
