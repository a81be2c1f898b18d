import SwaggerParser from '@apidevtools/swagger-parser';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ulid } from 'ulid';
import { startApi, type RunningApi } from '../testing/running-api';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;
type ParameterObject = { name: string; in: string; required?: boolean };

let api: RunningApi;
let document: OpenAPIObject;

beforeAll(async () => {
  api = await startApi();
  document = (await api.call('GET', '/docs/openapi.json')).body;
});

afterAll(() => api.stop());

function operations(): [name: string, path: string, operation: OperationObject][] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    (['get', 'post', 'put', 'patch', 'delete'] as const).flatMap((method) => {
      const operation = item[method];
      return operation ? ([[`${method.toUpperCase()} ${path}`, path, operation]] as [string, string, OperationObject][]) : [];
    }),
  );
}

const parametersOf = (operation: OperationObject) => (operation.parameters ?? []) as ParameterObject[];

it('is a valid OpenAPI document, and a broken one is not', async () => {
  await SwaggerParser.validate(structuredClone(document) as never);
  const broken = { ...structuredClone(document), info: { title: 'sprocket' } };
  await expect(SwaggerParser.validate(broken as never)).rejects.toThrow();
});

it('names every part of a path as a parameter, and nothing twice', () => {
  const wrong = operations().flatMap(([name, path, operation]) => {
    const parameters = parametersOf(operation);
    const inPath = parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name);
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    const all = parameters.map((parameter) => `${parameter.in} ${parameter.name.toLowerCase()}`);
    const isRight =
      JSON.stringify(inPath.sort()) === JSON.stringify(named.sort()) && new Set(all).size === all.length && !/[*:]/.test(path);
    return isRight ? [] : [{ name, all }];
  });
  expect(wrong).toEqual([]);
});

it('describes the errors of every call and gives it an id', () => {
  const ids = operations().map(([, , { operationId }]) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  const silent = operations().filter(([, , { responses }]) => !responses['4XX'] || !responses['5XX'] || !responses['503']);
  expect(silent.map(([name]) => name)).toEqual([]);
  expect(document.servers).toEqual([{ url: '/' }]);
});

it('lets every GET be executed as it is described', async () => {
  const faults: string[] = [];
  for (const [name, path, operation] of operations().filter(([method]) => method.startsWith('GET') && !/events/.test(method))) {
    const address = path.replace(/\{(\w+)\}/g, (_all, parameter: string) => (parameter === 'id' ? ulid() : 'manifest.m3u8'));
    const query = parametersOf(operation).filter((parameter) => parameter.in === 'query' && parameter.required);
    const answer = await api.call('GET', address);
    const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
    // No token that a test makes up opens a video.
    const refusal = path.includes('{token}') ? 403 : 404;
    if (query.length > 0 || (answer.status !== 200 && !(answer.status === refusal && isProblem))) faults.push(`${name} ${answer.status}`);
  }
  expect(faults).toEqual([]);
});

it('sends the Idempotency-Key only when one is filled in', async () => {
  const described = operations().flatMap(([name, , operation]) =>
    parametersOf(operation)
      .filter((parameter) => parameter.in === 'header')
      .map((parameter) => ({ name, header: parameter.name, required: parameter.required ?? false })),
  );
  expect(described).toEqual([
    { name: 'POST /api/v1/videos/upload', header: 'Idempotency-Key', required: false },
    { name: 'POST /api/v1/videos/{id}/retry', header: 'Idempotency-Key', required: false },
    { name: 'POST /api/v1/videos/{id}/views', header: 'Idempotency-Key', required: false },
  ]);
});
