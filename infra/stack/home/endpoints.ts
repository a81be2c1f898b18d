import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Credentials } from './credentials';
import { LOOPBACK } from './listen-address';
import type { Ports } from './ports';
import type { StackHome } from './stack-home';
import { writeJson } from './write-json';

const endpointsSchema = z.object({
  api_url: z.string(),
  temporal_address: z.string(),
  temporal_ui_url: z.string(),
  s3_endpoint: z.string(),
  /** Left out by earlier releases. */
  worker_metrics: z.string().optional(),
});

/** Buckets of every embedded stack. */
export const STACK_BUCKETS = { originals: 'video-originals', segments: 'video-segments', transcoded: 'video-transcoded' } as const;

/** The object store takes any; clients have to name one. */
export const STACK_REGION = 'us-east-1';

/** MySQL account of workers on other machines. */
export const FLEET_ACCOUNT = 'fleet';

/** Temporal namespace of every embedded stack. */
export const STACK_NAMESPACE = 'default';

/** Addresses of a stack, as written to `endpoints.json` in its home folder. */
export type Endpoints = z.infer<typeof endpointsSchema>;

/** Where clients, workers and the processes of the stack itself reach it. What asks for no key stays on loopback. */
export function endpointsOf({ host, ports }: { host: string; ports: Ports }): Endpoints {
  return {
    api_url: `http://${host}:${ports.api}`,
    temporal_address: `${LOOPBACK}:${ports.temporal}`,
    temporal_ui_url: `http://${LOOPBACK}:${ports.temporalUi}`,
    s3_endpoint: `http://${host}:${ports.s3}`,
    worker_metrics: `http://${LOOPBACK}:${ports.workerMetrics}/metrics`,
  };
}

/** For the processes of the stack itself: their account is good on loopback only. */
export function mysqlUrl(ports: Ports, credentials: Credentials): string {
  return `mysql://sprocket:${credentials.mysqlPassword}@${LOOPBACK}:${ports.mysql}/sprocket`;
}

export function writeEndpoints(home: StackHome, endpoints: Endpoints): void {
  writeJson(home.endpointsFile, endpoints);
}

/** The addresses written by the last `up`, or null before the first. */
export function readEndpoints(home: StackHome): Endpoints | null {
  return existsSync(home.endpointsFile) ? endpointsSchema.parse(JSON.parse(readFileSync(home.endpointsFile, 'utf8'))) : null;
}
