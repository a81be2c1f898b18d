import type { OpenAPIObject } from '@nestjs/swagger';

type PathItemObject = OpenAPIObject['paths'][string];
type OperationObject = NonNullable<PathItemObject['get']>;
type ResponseObject = NonNullable<OperationObject['responses'][string]>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** RFC 9457 3.1 with the project's `code` and `error_id`. */
const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'error_id'],
  properties: {
    type: { type: 'string', description: 'urn:sprocket:problem: and the code' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'A sentence that says what to do' },
    code: { type: 'string', description: 'Stable and machine-readable', example: 'VideoNotFound' },
    error_id: { type: 'string', description: 'Quote it when you report a problem' },
  },
  additionalProperties: true,
} as const;

/** The document with what every call can answer beside its success, and with ids that are unique. */
export function describeErrors(document: OpenAPIObject): OpenAPIObject {
  const ids = new Set<string>();
  const paths = Object.entries(document.paths).map(([path, item]) => [templated(path), described(item, ids)] as const);
  const schemas = { ...document.components?.schemas, Problem: PROBLEM as never };
  return { ...document, paths: Object.fromEntries(paths), components: { ...document.components, schemas } };
}

/** A wildcard of the router is a parameter like any other here. */
function templated(path: string): string {
  return path.replace(/\{?\*(\w+)\}?/g, '{$1}');
}

function described(item: PathItemObject, ids: Set<string>): PathItemObject {
  const copy = { ...item };
  for (const method of METHODS) {
    const operation = copy[method];
    if (operation)
      copy[method] = { ...operation, operationId: uniqueId(operation, ids), responses: { ...errorsOf(operation), ...operation.responses } };
  }
  return copy;
}

/** A controller that serves two prefixes has every method twice. */
function uniqueId({ operationId = 'call' }: OperationObject, ids: Set<string>): string {
  const base = operationId.replace(/[^A-Za-z0-9_]/g, '_').replace(/_+$/, '');
  let id = base;
  for (let number = 2; ids.has(id); number++) id = `${base}_${number}`;
  ids.add(id);
  return id;
}

function errorsOf(operation: OperationObject): Record<string, ResponseObject> {
  return {
    ...(operation.security ? { '401': problem('The API key is missing or wrong') } : {}),
    '4XX': problem('The request is refused; `code` says why'),
    '503': {
      ...problem('A dependency does not answer; try again'),
      headers: { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } },
    },
    '5XX': problem('The fault is on our side'),
  };
}

function problem(description: string) {
  return { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
}
