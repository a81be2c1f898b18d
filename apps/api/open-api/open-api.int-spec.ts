import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import type { OpenAPIObject } from '@nestjs/swagger';
import { projectRoot } from '../../../infra/stack/setup/project-root';
import { startApi, type RunningApi } from '../testing/running-api';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;
type ParameterObject = { name: string; in: string; required?: boolean; example?: string };

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

/** What Redocly's recommended rules find, warnings left out. */
async function lint(linted: object): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sprocket-openapi-'));
  try {
    writeFileSync(join(folder, 'openapi.json'), JSON.stringify(linted));
    const cli = join(projectRoot(), 'node_modules', '@redocly', 'cli', 'bin', 'cli.js');
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const child = spawn(process.execPath, [cli, 'lint', 'openapi.json', '--format=json'], {
      ...{ cwd: folder, env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const { problems } = (await json(child.stdout)) as { problems: { ruleId: string; severity: string; message: string }[] };
    return problems.filter(({ severity }) => severity === 'error').map(({ ruleId, message }) => `${ruleId}: ${message}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it('passes the rules of Redocly, and a broken one does not', async () => {
  const broken = structuredClone(document);
  delete broken.components!.securitySchemes;
  const [faults, faultsOfBroken] = await Promise.all([lint(document), lint(broken)]);
  expect(faults).toEqual([]);
  expect(faultsOfBroken.join()).toContain('security-defined');
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

describe('every operation', () => {
  const wrongOnes = (isWrong: (operation: OperationObject, name: string) => boolean) =>
    operations()
      .filter(([name, , operation]) => isWrong(operation, name))
      .map(([name]) => name);

  it('names itself in words, once', () => {
    expect(wrongOnes(({ operationId = '' }) => !/^[a-z]+([A-Z][a-z]*)+$/.test(operationId))).toEqual([]);
    const ids = operations().map(([, , { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says in a sentence what it does, and whether it needs a key', () => {
    expect(wrongOnes(({ summary, security }) => !summary || security === undefined)).toEqual([]);
    expect(document.servers).toEqual([{ url: '/' }]);
  });

  it('has an example for each part of its path and for its body', () => {
    const hasExample = (value: { example?: unknown }) => value.example !== undefined;
    const bodyOf = ({ requestBody }: OperationObject) =>
      Object.values((requestBody as { content?: Record<string, { example?: unknown }> } | undefined)?.content ?? {});
    expect(wrongOnes((operation) => parametersOf(operation).some((one) => one.in === 'path' && !hasExample(one)))).toEqual([]);
    expect(wrongOnes((operation) => bodyOf(operation).length > 0 && !bodyOf(operation).some(hasExample))).toEqual([]);
  });

  it('lists each status that it refuses with, as a problem document', () => {
    const problemOf = (answer: unknown) => (answer as { content?: Record<string, { schema?: { $ref?: string } }> }).content;
    const isProblem = (answer: unknown) => problemOf(answer)?.['application/problem+json']?.schema?.$ref === '#/components/schemas/Problem';
    const refusals = ({ responses }: OperationObject) => Object.entries(responses).filter(([status]) => Number(status) >= 400);
    expect(wrongOnes((operation) => refusals(operation).some(([, answer]) => !isProblem(answer)))).toEqual([]);
    expect(
      wrongOnes(({ responses }) => !responses['500'] || !responses['503'] || Object.keys(responses).some((one) => /X/.test(one))),
    ).toEqual([]);
    expect(wrongOnes(({ responses, security }) => security!.length > 0 && !(responses['401'] && responses['403']))).toEqual([]);
  });
});

it('lets every GET be executed as it is described', async () => {
  const faults: string[] = [];
  for (const [name, path, operation] of operations().filter(([method]) => method.startsWith('GET') && !/events/.test(method))) {
    const example = (name: string) => parametersOf(operation).find((parameter) => parameter.name === name)?.example ?? '';
    const address = path.replace(/\{(\w+)\}/g, (_all, parameter: string) => example(parameter));
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
    { name: 'POST /api/v1/videos/ingest', header: 'Idempotency-Key', required: false },
    { name: 'POST /api/v1/videos/ingest/batch', header: 'Idempotency-Key', required: false },
    { name: 'POST /api/v1/videos/upload', header: 'Idempotency-Key', required: false },
    { name: 'POST /api/v1/videos/{id}/retry', header: 'Idempotency-Key', required: false },
    { name: 'POST /api/v1/videos/{id}/views', header: 'Idempotency-Key', required: false },
  ]);
});
