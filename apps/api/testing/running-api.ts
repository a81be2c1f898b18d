import { randomBytes } from 'node:crypto';
import { ConsoleLogger, type LoggerService } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createEmptyDatabase } from '../../../infra/database/testing/empty-database';
import { MIB } from '../../../temporal/contract/units';
import { parseApiConfig } from '../api-settings';
import { createApi } from '../create-api';

export interface Answer {
  status: number;
  headers: Headers;
  // Tests say what they expect of it.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

/** The API on a free port, with a database and buckets of its own on the servers of the environment. */
export interface RunningApi {
  app: NestExpressApplication;
  url: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  stop(): Promise<void>;
}

/** `env` replaces variables of the environment. Resolves when the API is ready, or at once when `untilReady` is false. */
export async function startApi(
  env: Record<string, string> = {},
  untilReady = true,
  logger: LoggerService = createTestLogger(),
): Promise<RunningApi> {
  const database = await createEmptyDatabase();
  const suffix = randomBytes(4).toString('hex');
  const config = parseApiConfig({
    ...process.env,
    MYSQL_URL: database.url,
    S3_BUCKET_ORIGINALS: `originals-${suffix}`,
    S3_BUCKET_SEGMENTS: `segments-${suffix}`,
    S3_BUCKET_TRANSCODED: `transcoded-${suffix}`,
    UPLOAD_PART_SIZE_BYTES: String(5 * MIB),
    API_PORT: '0',
    API_KEYS: '',
    API_ADMIN_KEY: '',
    API_ANONYMOUS: env['API_KEYS'] || env['API_ADMIN_KEY'] ? 'off' : 'on',
    ...env,
  });
  const app = await createApi(config, logger);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const api: RunningApi = {
    app,
    url,
    call: (method, path, body, headers) => call(`${url}${path}`, method, { body, headers: headers ?? {} }),
    stop: async () => {
      await app.close();
      await database.drop();
    },
  };
  while (untilReady && (await api.call('GET', '/health/ready')).status !== 200) await new Promise((resolve) => setTimeout(resolve, 50));
  return api;
}

/** People read what goes wrong in a test. */
function createTestLogger(): LoggerService {
  return new ConsoleLogger({ logLevels: ['error'] });
}

/** A string body is sent as it is. */
async function call(url: string, method: string, request: { body: unknown; headers: Record<string, string> }): Promise<Answer> {
  const body = typeof request.body === 'string' ? request.body : JSON.stringify(request.body);
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...request.headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const isJson = text !== '' && /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}
