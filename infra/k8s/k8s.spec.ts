import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { apiSettings, parseApiConfig } from '../../apps/api/api-settings';
import { dependencySettings } from '../../apps/settings/dependency-settings';
import { temporalSettings } from '../../apps/settings/services/temporal-settings';
import { parseWorkerConfig, workerSettings } from '../../apps/worker/worker-settings';
import { SERVED_QUEUES, type Queue } from '../../temporal/contract/queues';
import { GIB, MIB } from '../../temporal/contract/units';
import { SLOT_NEEDS, WORKER_PROCESS_BYTES, type SlotNeed } from '../machine/recommend-slots';

/** Keys of the scaler `temporal` of KEDA 2.17 and newer that are not on their way out, and of its authentication. */
const SCALER_KEYS = [
  ...['endpoint', 'namespace', 'taskQueue', 'queueTypes', 'targetQueueSize', 'activationTargetQueueSize'],
  ...['workerDeploymentName', 'workerDeploymentBuildId', 'tlsServerName', 'unsafeSsl', 'minConnectTimeout'],
];
const AUTHENTICATION_KEYS = ['apiKey', 'ca', 'cert', 'key', 'keyPassword'];
const MOUNT = '/run/sprocket/';

const container = z.object({
  image: z.string(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
  command: z.array(z.string()).optional(),
  resources: z.object({ requests: z.record(z.string(), z.string()), limits: z.record(z.string(), z.union([z.string(), z.number()])) }),
});
const podSpec = z.object({ terminationGracePeriodSeconds: z.number().default(30), containers: z.array(container).length(1) });
const objectSchema = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string() }),
  spec: z
    .object({
      template: z.object({ spec: podSpec }).optional(),
      triggers: z.array(z.object({ type: z.string(), metadata: z.record(z.string(), z.string()) })).optional(),
      minReplicaCount: z.number().optional(),
      maxReplicaCount: z.number().optional(),
      secretTargetRef: z.array(z.object({ parameter: z.string(), name: z.string(), key: z.string() })).optional(),
    })
    .optional(),
});

const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
const objects = files
  .filter((path) => path !== 'kustomization.yaml')
  .flatMap((path) => parseAllDocuments(readFileSync(join(__dirname, path), 'utf8')).map((document) => objectSchema.parse(document.toJS())));
const kustomization = parse(readFileSync(join(__dirname, 'kustomization.yaml'), 'utf8')) as { resources: string[] };
const settings = Object.fromEntries(
  readFileSync(join(__dirname, 'settings.env'), 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const),
);

const named = (kind: string, name: string) => objects.find((one) => one.kind === kind && one.metadata.name === name);
const podOf = (kind: string, name: string) => named(kind, name)?.spec?.template?.spec;
const environmentOf = (kind: string, name: string) =>
  Object.fromEntries((podOf(kind, name)?.containers[0]?.env ?? []).map((one) => [one.name, one.value]));
/** Without the files of a secret, which are not here. */
const withoutFiles = Object.fromEntries(Object.entries(settings).filter(([, value]) => !value.startsWith(MOUNT)));

it('lists every file, and that for GPUs as a comment', () => {
  const wanted = files.filter((path) => path !== 'kustomization.yaml' && path !== join('gpu', 'worker.yaml'));
  expect([...kustomization.resources].sort()).toEqual(wanted.sort());
});

it('names settings that there are', () => {
  const known = { ...dependencySettings, ...apiSettings, ...workerSettings };
  expect(Object.keys(settings).filter((name) => !(name in known))).toEqual([]);
});

it('gives the API an environment that it accepts', () => {
  const mysql = { MYSQL_SSL_MODE: '', MYSQL_URL: settings['MYSQL_URL'] ?? '' };
  expect(parseApiConfig({ ...withoutFiles, ...mysql, ...environmentOf('Deployment', 'api') })).toMatchObject({
    host: '0.0.0.0',
    port: 8080,
  });
});

it.each(['migrate', 'setup-temporal'])('runs %s as a job', (name) => {
  expect(podOf('Job', name)?.containers[0]?.command?.at(-1)).toBe(`dist/apps/${name}/main.js`);
});

it.each(SERVED_QUEUES)(
  'has a worker for %s with room for its slots, a budget for disruptions, and a scaler that suits it',
  (queue: Queue) => {
    const name = `worker-${queue}`;
    const pod = podOf('Deployment', name);
    const tools = { FFMPEG_PATH: '/f', FFPROBE_PATH: '/p', PACKAGER_PATH: '/s', MODERATION_MODEL_PATH: '/m' };
    const config = parseWorkerConfig({ ...withoutFiles, ...tools, ...environmentOf('Deployment', name) });
    expect([...config.queues.keys(), config.metrics.host, config.metrics.port]).toEqual([queue, '0.0.0.0', 9464]);
    expect(pod?.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(config.shutdownGraceMs / 1000 + 10);
    const slots = config.queues.get(queue) ?? 0;
    const need: SlotNeed = (SLOT_NEEDS as Partial<Record<Queue, SlotNeed>>)[queue] ?? { memoryBytes: 0, scratchBytes: 0 };
    const { requests, limits } = pod?.containers[0]?.resources ?? { requests: {}, limits: {} };
    expect(bytesOf(limits['memory'])).toBeGreaterThanOrEqual(WORKER_PROCESS_BYTES + slots * need.memoryBytes);
    expect(bytesOf(requests['ephemeral-storage'])).toBeGreaterThanOrEqual(slots * need.scratchBytes);
    expect(named('PodDisruptionBudget', name)).toBeDefined();
    const scaler = named('ScaledObject', name)?.spec;
    expect(scaler?.triggers?.map(({ type, metadata }) => [type, metadata['taskQueue'], metadata['targetQueueSize']])).toEqual([
      ['temporal', queue, String(slots)],
    ]);
    const keys = scaler?.triggers?.flatMap(({ metadata }) => Object.keys(metadata)) ?? [];
    expect(keys.filter((key) => !SCALER_KEYS.includes(key))).toEqual([]);
    // A queue without a worker is one that title plans do not reckon with.
    expect(scaler?.minReplicaCount).toBeGreaterThan(0);
  },
);

it('plans chunks for the slots that the encoders may grow to', () => {
  const most = named('ScaledObject', 'worker-transcode-cpu')?.spec?.maxReplicaCount ?? 0;
  const slots = Number(environmentOf('Deployment', 'worker-transcode-cpu')['WORKER_QUEUES']?.split(':')[1]);
  expect(Number(settings['TRANSCODE_SLOTS_EXPECTED'])).toBe(most * slots);
});

it('authenticates KEDA with the files that settings name', () => {
  const references = named('TriggerAuthentication', 'temporal')?.spec?.secretTargetRef ?? [];
  expect(references.map(({ parameter }) => parameter).filter((key) => !AUTHENTICATION_KEYS.includes(key))).toEqual([]);
  const mounted = Object.keys(temporalSettings).flatMap((name) => settings[name] ?? []);
  for (const { key } of references) expect(mounted).toContain(`${MOUNT}${key}`);
});

function bytesOf(quantity: string | number | undefined): number {
  const [, count = '0', unit = ''] = /^(\d+)(Mi|Gi)$/.exec(String(quantity)) ?? [];
  return Number(count) * (unit === 'Gi' ? GIB : MIB);
}
