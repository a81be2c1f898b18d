import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Credentials } from './credentials';
import type { Ports } from './ports';
import type { StackHome } from './stack-home';

const endpointsSchema = z.object({
  api_url: z.string(),
  temporal_address: z.string(),
  temporal_ui_url: z.string(),
  s3_endpoint: z.string(),
  /** Left out by earlier releases. */
  worker_metrics: z.string().optional(),
});

/** Temporal namespace of every embedded stack. */
export const STACK_NAMESPACE = 'default';

/** Addresses of a stack, as written to `endpoints.json` in its home folder. */
export type Endpoints = z.infer<typeof endpointsSchema>;

export function endpointsOf(ports: Ports): Endpoints {
  return {
    api_url: `http://127.0.0.1:${ports.api}`,
    temporal_address: `127.0.0.1:${ports.temporal}`,
    temporal_ui_url: `http://127.0.0.1:${ports.temporalUi}`,
    s3_endpoint: `http://127.0.0.1:${ports.s3}`,
    worker_metrics: `http://127.0.0.1:${ports.workerMetrics}/metrics`,
  };
}

export function mysqlUrl(ports: Ports, credentials: Credentials): string {
  return `mysql://sprocket:${credentials.mysqlPassword}@127.0.0.1:${ports.mysql}/sprocket`;
}

export function writeEndpoints(home: StackHome, endpoints: Endpoints): void {
  writeJson(home.endpointsFile, endpoints);
}

/** The addresses written by the last `up`, or null before the first. */
export function readEndpoints(home: StackHome): Endpoints | null {
  return existsSync(home.endpointsFile) ? endpointsSchema.parse(JSON.parse(readFileSync(home.endpointsFile, 'utf8'))) : null;
}

/** Replaces the file in one rename: a reader sees the old text or the new one. */
export function writeJson(path: string, value: unknown): void {
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(draft, path);
}
