import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { apiSettings, parseApiConfig } from '../../apps/api/api-settings';
import { logSettings } from '../../apps/logging/log-settings';
import { parseMigrateConfig } from '../../apps/migrate/migrate-settings';
import { dependencySettings } from '../../apps/settings/dependency-settings';
import { usageSettings } from '../../apps/settings/usage-settings';
import { parseWorkerConfig, workerSettings } from '../../apps/worker/worker-settings';
import { projectRoot } from '../stack/setup/project-root';
import { TOOLS } from '../stack/tools/tool-table';
import { environmentOf, explainedVariables, readCompose, readProjectFile, variablesOf } from './testing/compose-file';

const FILE = 'docker-compose.production.yml';
const compose = readCompose(FILE);
const services = Object.entries(compose.services);
/** Paths in the image. */
const IN_IMAGE = [TOOLS.ffmpeg, TOOLS.ffprobe, TOOLS.packager, TOOLS.moderationModel].map(({ variable }) => variable as string);
/** What an operator sets. */
const GIVEN = {
  MYSQL_URL: 'mysql://sprocket:x@mysql/sprocket',
  S3_ENDPOINT: 'https://s3.example',
  API_PUBLIC_URL: 'https://video.example',
  API_ADMIN_KEY: 'a'.repeat(32),
};

it('has a Temporal server with a schema and a namespace of its own, and no server for development', () => {
  expect(Object.keys(compose.services)).toEqual([
    ...['mysql', 'temporal-schema', 'temporal', 'temporal-namespace', 'temporal-ui'],
    ...['migrate', 'setup-temporal', 'api', 'worker', 'worker-gpu'],
  ]);
  expect(readProjectFile(FILE)).not.toContain('start-dev');
});

it.each([
  ['migrate', { ...dependencySettings, ...logSettings }],
  ['setup-temporal', { ...dependencySettings, ...logSettings }],
  ['api', { ...dependencySettings, ...logSettings, ...usageSettings, ...apiSettings }],
  ['worker', { ...dependencySettings, ...logSettings, ...workerSettings }],
  ['worker-gpu', { ...dependencySettings, ...logSettings, ...workerSettings }],
])('passes every setting of %s on, and none that there is not', (service, settings) => {
  const passed = Object.keys(compose.services[service]?.environment ?? {}).filter((name) => name !== 'NVIDIA_DRIVER_CAPABILITIES');
  const wanted = Object.keys(settings).filter((name) => !IN_IMAGE.includes(name));
  expect(passed.sort()).toEqual(wanted.sort());
});

it('gives the programs an environment that they accept', () => {
  const tools = Object.fromEntries(IN_IMAGE.map((name) => [name, '/tool']));
  expect(parseApiConfig({ ...environmentOf(compose, 'api'), ...GIVEN }).temporal.address).toBe('temporal:7233');
  expect(parseWorkerConfig({ ...environmentOf(compose, 'worker'), ...GIVEN, ...tools }).metrics).toEqual({ host: '0.0.0.0', port: 9464 });
  expect(parseWorkerConfig({ ...environmentOf(compose, 'worker-gpu'), ...GIVEN, ...tools }).queues).toEqual(
    new Map([['transcode-gpu', 1]]),
  );
  expect(parseMigrateConfig({ ...environmentOf(compose, 'migrate'), ...GIVEN }).database.poolSize).toBe(10);
});

it('names only variables that .env.example explains', () => {
  const known = explainedVariables();
  expect(variablesOf(FILE).filter((name) => !known.has(name))).toEqual([]);
});

it.each(services)('%s waits for what it needs, has a limit of memory, and mounts files that exist', (_name, service) => {
  for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
    const ends = compose.services[other]?.restart === 'on-failure';
    expect([condition, Boolean(compose.services[other]?.healthcheck) || ends]).toEqual([
      ends ? 'service_completed_successfully' : 'service_healthy',
      true,
    ]);
  }
  const mounted = (service.volumes ?? []).map((volume) => volume.split(':')[0] ?? '').filter((path) => path.startsWith('./infra'));
  for (const path of mounted) expect(existsSync(join(projectRoot(), path))).toBe(true);
});

it('orders tasks as the embedded server does', () => {
  const config = parse(readProjectFile('infra/docker/temporal/dynamic-config.yaml')) as Record<string, { value: unknown }[]>;
  const values = Object.entries(config).map(([key, [only]]) => `--dynamic-config-value=${key}=${JSON.stringify(only?.value)}`);
  const embedded = readProjectFile('docker-compose.yml').match(/--dynamic-config-value=\S+/g) ?? [];
  expect(values.sort()).toEqual(embedded.sort());
});

it.each(['.gitignore', '.dockerignore'])('%s keeps .env out', (file) => {
  expect(readProjectFile(file).split('\n')).toContain('.env');
});
