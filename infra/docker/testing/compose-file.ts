import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../../stack/setup/project-root';

const gpuDevice = z.strictObject({ driver: z.literal('nvidia'), count: z.literal('all'), capabilities: z.array(z.string()) });

/** The part of the compose specification that the file uses; an unknown key is a mistake. */
const serviceSchema = z.strictObject({
  image: z.string().optional(),
  build: z.strictObject({ context: z.string(), dockerfile: z.string() }).optional(),
  profiles: z.array(z.string()).optional(),
  deploy: z.strictObject({ resources: z.strictObject({ reservations: z.strictObject({ devices: z.array(gpuDevice) }) }) }).optional(),
  restart: z.enum(['unless-stopped', 'on-failure']),
  user: z.string().optional(),
  entrypoint: z.array(z.string()).optional(),
  mem_limit: z.string(),
  environment: z.record(z.string(), z.string()).optional(),
  command: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.enum(['service_healthy', 'service_completed_successfully']) })).optional(),
  networks: z.array(z.string()).optional(),
  ports: z.array(z.string().regex(/^127\.0\.0\.1:\d+:\d+$/, 'must be published on the loopback address only')).optional(),
  volumes: z.array(z.string()).optional(),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()).min(2),
      interval: z.string(),
      timeout: z.string(),
      retries: z.number(),
      start_period: z.string(),
    })
    .optional(),
  stop_grace_period: z.string().optional(),
});

const composeSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.null()),
});

type Compose = z.infer<typeof composeSchema>;

/** A compose file of the project. Throws for a key that its schema does not know. */
export function readCompose(path: string): Compose {
  return composeSchema.parse(parse(readProjectFile(path), { merge: true }));
}

/** The environment of a service as compose passes it on when every variable of the host is unset or `set`. */
export function environmentOf(compose: Compose, service: string): Record<string, string> {
  const entries = Object.entries(compose.services[service]?.environment ?? {});
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      value.replace(/\$\{\w+(?::-([^}]*)|:\?[^}]*)?\}/g, (_all, fallback?: string) => fallback ?? 'set'),
    ]),
  );
}

/** Variables of the host that a compose file names. */
export function variablesOf(path: string): string[] {
  return [...readProjectFile(path).matchAll(/(?<!\$)\$\{([A-Z][A-Z0-9_]*)/g)].map((match) => match[1] ?? '');
}

/** Variables that .env.example explains. */
export function explainedVariables(): Set<string> {
  return new Set([...readProjectFile('.env.example').matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[1] ?? ''));
}

export function readProjectFile(path: string): string {
  return readFileSync(join(projectRoot(), path), 'utf8');
}
