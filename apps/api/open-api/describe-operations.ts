import type { OpenAPIObject } from '@nestjs/swagger';
import { API_PREFIX } from '../api-prefix';
import { UNLIMITED_EXTENSION } from '../auth/public.decorator';
import { describeAnswers, PROBLEM_SCHEMA } from './describe-answers';
import { describeParameters } from './path-parameters';
import { REFUSALS_EXTENSION } from './refuses.decorator';

type PathItemObject = OpenAPIObject['paths'][string];
type OperationObject = NonNullable<PathItemObject['get']>;
type BodyObject = Extract<NonNullable<OperationObject['requestBody']>, { content: unknown }>;
type SchemaObject = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

type Schemas = Readonly<Record<string, SchemaObject>>;

interface Context {
  path: string;
  method: (typeof METHODS)[number];
  schemas: Schemas;
  /** Whether callers need no key, and so the service checks the name that it is called by. */
  isAnonymous: boolean;
}

/**
 * The document with all answers of every call, with patterns and examples of the parts of paths, an example of each body, and an empty `security` for what is public. `isAnonymous` says
 * whether the installation asks for no keys.
 */
export function describeOperations(document: OpenAPIObject, isAnonymous: boolean): OpenAPIObject {
  const schemas = { ...document.components?.schemas, Problem: PROBLEM_SCHEMA as never };
  const paths = Object.entries(document.paths).map(([raw, item]) => {
    const path = templated(raw);
    return [path, describedItem(item, { path, schemas, isAnonymous })] as const;
  });
  return { ...document, paths: Object.fromEntries(paths), components: { ...document.components, schemas } };
}

/** A wildcard of the router is a parameter like any other here. */
function templated(path: string): string {
  return path.replace(/\{?\*(\w+)\}?/g, '{$1}');
}

function describedItem(item: PathItemObject, about: Omit<Context, 'method'>): PathItemObject {
  const copy = { ...item };
  for (const method of METHODS) {
    const operation = copy[method];
    if (operation) copy[method] = described(operation, { ...about, method });
  }
  return copy;
}

function described(operation: OperationObject, context: Context): OperationObject {
  const { path, method, schemas, isAnonymous } = context;
  const isBelowPrefix = path.startsWith(`/${API_PREFIX}/`);
  const responses = describeAnswers(operation, {
    isLimited: !(UNLIMITED_EXTENSION in operation),
    isWrite: method !== 'get',
    checksHost: isAnonymous && isBelowPrefix,
  });
  const copy: OperationObject = {
    ...operation,
    operationId: uniqueId(operation, isBelowPrefix),
    security: operation.security ?? [],
    parameters: describeParameters((operation.parameters ?? []) as never),
    ...(operation.requestBody ? { requestBody: withExample(operation.requestBody as BodyObject, schemas) } : {}),
    responses,
  };
  for (const name of [REFUSALS_EXTENSION, UNLIMITED_EXTENSION]) delete (copy as unknown as Record<string, unknown>)[name];
  return copy;
}

/** A controller that serves the root and the prefix has every operation twice. */
function uniqueId(operation: OperationObject, isBelowPrefix: boolean): string {
  const { operationId = '' } = operation;
  return UNLIMITED_EXTENSION in operation && isBelowPrefix ? `${operationId}BelowPrefix` : operationId;
}

/** Lifts the example of a schema to its body, where every tool looks for it. (zod drops `examples` of schemas that transform.) */
function withExample(body: BodyObject, schemas: Schemas): BodyObject {
  const content = Object.entries(body.content).map(([type, media]) => {
    const example = exampleOf(media.schema, schemas);
    return [type, media.example !== undefined || example === undefined ? media : { ...media, example }] as const;
  });
  return { ...body, content: Object.fromEntries(content) };
}

function exampleOf(schema: SchemaObject | { $ref: string } | undefined, schemas: Schemas): unknown {
  const found = schema && '$ref' in schema ? schemas[schema.$ref.split('/').at(-1) ?? ''] : schema;
  return (found as { 'x-example'?: unknown } | undefined)?.['x-example'];
}
