import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../infra/stack/setup/project-root';

const SECRET = 'secret-word';

/** Starts a built program with nothing but these variables. */
function start(app: string, environment: Record<string, string>, args: readonly string[] = []) {
  const main = join(projectRoot(), 'dist', 'apps', app, 'main.js');
  const env = { PATH: process.env['PATH'] ?? '', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...environment };
  return spawnSync(process.execPath, ['--enable-source-maps', main, ...args], { env, encoding: 'utf8', timeout: 30_000 });
}

/** What a worker needs before it claims its scratch folder. */
const TOOLS = { FFMPEG_PATH: '/bin/true', FFPROBE_PATH: '/bin/true', PACKAGER_PATH: '/bin/true' };
const SERVICES = {
  MYSQL_URL: 'mysql://root@127.0.0.1:1/x',
  S3_ENDPOINT: 'http://127.0.0.1:1',
  TEMPORAL_ADDRESS: '127.0.0.1:1',
  S3_ACCESS_KEY_ID: 'a',
  S3_SECRET_ACCESS_KEY: 'b',
};

describe.each([
  ['api', { MYSQL_URL: `postgres://${SECRET}@db/x` }, 'MYSQL_URL: must be a URL that starts with mysql://', []],
  ['migrate', { MYSQL_URL: `postgres://${SECRET}@db/x` }, 'MYSQL_URL: must be a URL that starts with mysql://', []],
  ['setup-temporal', { TEMPORAL_ADDRESS: SECRET }, 'TEMPORAL_ADDRESS: must be host:port', []],
  ['worker', { WORKER_QUEUES: SECRET }, 'WORKER_QUEUES: must be queue:slots pairs', []],
  ['worker', { ...SERVICES, ...TOOLS, WORKER_QUEUES: 'probe:1', SCRATCH_DIR: `/proc/${SECRET}/a` }, 'SCRATCH_DIR: must be a folder', []],
  ['api', { ...SERVICES, PRESETS_FILE: `/${SECRET}.yaml` }, 'PRESETS_FILE: the file cannot be read', []],
  ['cli', { SPROCKET_HOME: `/proc/${SECRET}` }, 'SPROCKET_HOME: must be a folder', ['status']],
  ['autoscaler', { TEMPORAL_ADDRESS: SECRET }, 'TEMPORAL_ADDRESS: must be host:port', []],
  ['cli', { SPROCKET_HOME: SECRET }, 'SPROCKET_HOME: must be an absolute path', ['status']],
])('the program %s in an environment that it cannot use', (app, environment, sentence, args) => {
  const { status, stdout, stderr } = start(app, environment, args);

  it('ends with a sentence that names the variable', () => {
    expect(status).toBe(1);
    expect(stdout + stderr).toContain('The environment is not usable:');
    expect(stdout + stderr).toContain(sentence);
  });

  it('says so in a line of JSON if it is a service', () => {
    if (app === 'cli') return;
    expect(stderr).toBe('');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toEqual([expect.objectContaining({ level: 'fatal', program: app })]);
  });

  it('shows neither a stack trace nor the value', () => {
    expect(stdout + stderr).not.toMatch(/^\s+at /m);
    expect(stdout + stderr).not.toContain(SECRET);
  });
});

it.each(['keys', 'report'])('the program %s says in sentences that the database is away', (app) => {
  const { status, stderr } = start(app, { MYSQL_URL: 'mysql://root@127.0.0.1:1/x' }, app === 'keys' ? ['list'] : ['--since', '2026-11-01']);
  expect([status, stderr]).toEqual([1, 'The database did not answer. Wait and try again.\n']);
});

it.each(['worker', 'keys', 'cli'])('the program %s says how it is called', (app) => {
  const { status, stdout, stderr } = start(app, {}, ['--help']);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/npm run|node dist/);
  expect(stdout).toContain('.env.example');
});

it('is told from a program that ends with a stack trace', () => {
  const { status, stderr } = start('no-such-program', {});
  expect(status).toBe(1);
  expect(stderr).toMatch(/^\s+at /m);
});
