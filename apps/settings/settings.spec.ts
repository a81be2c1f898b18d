import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { parseApiConfig } from '../api/api-settings';
import { parseAutoscalerConfig } from '../autoscaler/autoscaler-settings';
import { parseCliConfig } from './cli-settings';
import { parseMigrateConfig } from '../migrate/migrate-settings';
import { parseWorkerConfig } from '../worker/worker-settings';
import { ConfigError } from './config-error';

const ENV = {
  MYSQL_URL: 'mysql://user:secret-word@db:3306/sprocket',
  S3_ENDPOINT: 'http://store:9000/',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'secret-word',
  TEMPORAL_ADDRESS: 'temporal:7233',
};
const WORKER = { ...ENV, SCRATCH_DIR: '/scratch', FFMPEG_PATH: '/f', FFPROBE_PATH: '/p', PACKAGER_PATH: '/s' };

it('fills in what is optional and treats empty as absent', () => {
  expect(parseApiConfig({ ...ENV, API_KEYS: '', S3_PUBLIC_ENDPOINT: '', TEMPORAL_UI_URL: '' })).toMatchObject({
    s3: { endpoint: 'http://store:9000', region: 'us-east-1' },
    s3PublicEndpoint: undefined,
    temporalUiUrl: null,
    publicUrl: 'http://127.0.0.1:8080',
    access: { adminKey: null, creatorKeys: new Map(), isAnonymous: false },
    maxFileSizeBytes: 200e9,
    uploadPartSizeBytes: 104_857_600,
  });
});

it('leaves credentials of the store to the default chain where none are set', () => {
  const { S3_ACCESS_KEY_ID: _id, S3_SECRET_ACCESS_KEY: _secret, ...rest } = ENV;
  expect(parseApiConfig(rest).s3).toMatchObject({ accessKeyId: undefined, secretAccessKey: undefined, isVirtualHosted: false });
});

it('serves moderation with a model only', () => {
  expect(() => parseWorkerConfig({ ...WORKER, WORKER_QUEUES: 'audio,moderation' })).toThrow('MODERATION_MODEL_PATH: must name the model');
  const config = parseWorkerConfig({ ...WORKER, WORKER_QUEUES: 'audio,moderation', MODERATION_MODEL_PATH: '/m' });
  expect(config.moderationModelPath).toBe('/m');
});

describe('the speech engine of a worker', () => {
  const speech = (variables: object) => parseWorkerConfig({ ...WORKER, WORKER_QUEUES: 'speech', ...variables }).speech;

  it('is none, a program or a server', () => {
    expect(speech({})).toEqual({ command: null, server: null, languages: ['en'] });
    expect(speech({ SPEECH_COMMAND: '["/bin/hear", "--in", "{language}", "{sound}"]', SPEECH_LANGUAGES: 'EN, de' })).toEqual({
      command: ['/bin/hear', '--in', '{language}', '{sound}'],
      server: null,
      languages: ['en', 'de'],
    });
    const { server } = speech({ SPEECH_URL: 'https://speech.example/v1/audio/transcriptions', SPEECH_URL_TOKEN: 'secret-word' });
    expect(server).toMatchObject({ url: 'https://speech.example/v1/audio/transcriptions', model: 'whisper-1' });
    expect([server?.token?.reveal(), JSON.stringify(server)]).toEqual(['secret-word', expect.not.stringContaining('secret-word')]);
  });

  it.each([
    [{ SPEECH_COMMAND: '/bin/hear {sound}' }, 'SPEECH_COMMAND: must be a JSON list'],
    [{ SPEECH_COMMAND: '["/bin/hear"]' }, 'SPEECH_COMMAND: must be a JSON list'],
    [{ SPEECH_COMMAND: '["/bin/hear", "{sound}"]', SPEECH_URL: 'http://a/b' }, 'SPEECH_URL: must be empty'],
    [{ SPEECH_URL: 'file:///etc/passwd' }, 'SPEECH_URL'],
    [{ SPEECH_LANGUAGES: 'english' }, 'SPEECH_LANGUAGES'],
  ])('is refused where it is not usable (%#)', (variables, message) => {
    expect(() => speech(variables)).toThrow(message);
  });
});

it.each(['lunch', 'audio:1,lunch:2', 'nothing'])('refuses to serve a queue without code: %s', (queues) => {
  expect(() => parseWorkerConfig({ ...WORKER, WORKER_QUEUES: queues })).toThrow(/WORKER_QUEUES.*queues are pipeline, ingest, probe/);
});

it('reads keys with their creators, and queues with their slots', () => {
  expect(parseApiConfig({ ...ENV, API_KEYS: 'key-of-ann:ann, key-of-bob:bob' }).access.creatorKeys).toEqual(
    new Map([
      ['key-of-ann', 'ann'],
      ['key-of-bob', 'bob'],
    ]),
  );
  expect(parseWorkerConfig({ ...WORKER, WORKER_QUEUES: 'transcode-cpu:2,package' }).queues).toEqual(
    new Map([
      ['transcode-cpu', 2],
      ['package', 1],
    ]),
  );
});

it.each([
  [{ MYSQL_URL: 'postgres://u:secret-word@db/x' }, 'MYSQL_URL'],
  [{ S3_ENDPOINT: 'secret-word' }, 'S3_ENDPOINT'],
  [{ S3_SECRET_ACCESS_KEY: '' }, 'S3_SECRET_ACCESS_KEY'],
  [{ TEMPORAL_ADDRESS: 'http://secret-word' }, 'TEMPORAL_ADDRESS'],
  [{ API_KEYS: 'secret-word' }, 'API_KEYS'],
  [{ API_ADMIN_KEY: 'secret-word' }, 'API_ADMIN_KEY'],
  [{ TRUSTED_PROXIES: 'secret-word' }, 'TRUSTED_PROXIES'],
  [{ TRUSTED_PROXIES: '10.0.0.0/33' }, 'TRUSTED_PROXIES'],
  [{ API_PORT: 'secret-word' }, 'API_PORT'],
  [{ UPLOAD_PART_SIZE_BYTES: '1000' }, 'UPLOAD_PART_SIZE_BYTES'],
  [{ MYSQL_PASSWORD_FILE: __filename }, 'MYSQL_PASSWORD_FILE'],
  [{ MYSQL_SSL_MODE: 'secret-word' }, 'MYSQL_SSL_MODE'],
  [{ MYSQL_SSL_CA_FILE: __filename }, 'MYSQL_SSL_CA_FILE: the file holds no certificate in PEM'],
  [{ S3_CA_FILE: __filename }, 'S3_CA_FILE: the file holds no certificate in PEM'],
  [{ MYSQL_SSL_MODE: 'verify_ca', MYSQL_SSL_CERT_FILE: '/nowhere/secret-word' }, 'MYSQL_SSL_KEY_FILE'],
  [{ MYSQL_SSL_MODE: 'verify_ca', MYSQL_SSL_CA_FILE: '/nowhere/secret-word' }, 'MYSQL_SSL_CA_FILE'],
  [{ S3_ACCESS_KEY_ID: '' }, 'S3_ACCESS_KEY_ID'],
  [{ S3_CREDENTIALS_FILE: '/nowhere/secret-word' }, 'S3_CREDENTIALS_FILE'],
  [{ S3_CA_FILE: '/nowhere/secret-word' }, 'S3_CA_FILE'],
  [{ S3_SSE: 'secret-word' }, 'S3_SSE'],
  [{ S3_SSE: 'SSE-S3', S3_SSE_KMS_KEY_ID: 'secret-word' }, 'S3_SSE_KMS_KEY_ID'],
  [{ S3_BUCKET_SEGMENTS: 'video-originals' }, 'S3_BUCKET_ORIGINALS'],
  [{ S3_BUCKET_TRANSCODED: 'video-originals' }, 'S3_BUCKET_ORIGINALS'],
])('names the variable and hides the value (%#)', (wrong, variable) => {
  const parse = () => parseApiConfig({ ...ENV, ...wrong });
  expect(parse).toThrow(ConfigError);
  expect(parse).toThrow(variable);
  expect(parse).not.toThrow(/secret-word/);
});

it.each([
  [undefined, 20_000],
  ['', 20_000],
  ['0', 0],
  ['1.5', 1_500],
])('takes a grace of %j seconds as %d ms', (seconds, graceMs) => {
  expect(parseWorkerConfig({ ...WORKER, WORKER_QUEUES: 'audio', WORKER_SHUTDOWN_GRACE_SECONDS: seconds }).shutdownGraceMs).toBe(graceMs);
});

it('reads the autoscaler from the environment of the workers that it starts', () => {
  const env = { ...WORKER, WORKER_QUEUES: 'transcode-cpu:1,probe', SPROCKET_STACK: '/stack', AUTOSCALE_QUIET_SECONDS: '' };
  expect(parseAutoscalerConfig(env)).toMatchObject({
    baseQueues: new Map([
      ['transcode-cpu', 1],
      ['probe', 1],
    ]),
    stackFolder: '/stack',
    quietMs: 60_000,
  });
  expect(parseAutoscalerConfig({ ...env, AUTOSCALE_QUIET_SECONDS: '5' }).quietMs).toBe(5_000);
  expect(() => parseAutoscalerConfig({ ...env, AUTOSCALE_QUIET_SECONDS: '0' })).toThrow('AUTOSCALE_QUIET_SECONDS');
});

it('takes master keys as they are, and shows none of them', () => {
  const config = parseWorkerConfig({ ...WORKER, WORKER_QUEUES: 'audio', DRM_MASTER_KEY: 'key-1', DRM_MASTER_KEYS_OLD: 'key-2, key-3' });
  const { key, file, old } = config.contentKeys.masterKeys;
  expect([key?.reveal(), file, ...old.map((each) => each.reveal())]).toEqual(['key-1', null, 'key-2', 'key-3']);
  const shown = inspect(config, { depth: null, showHidden: true, getters: true }) + JSON.stringify({ ...config });
  expect(shown).toContain('<secret>');
  expect(shown).not.toMatch(/key-\d/);
  expect(parseApiConfig({ ...ENV, DRM_MASTER_KEY_FILE: '/run/key' }).contentKeys.masterKeys).toEqual({
    key: null,
    file: '/run/key',
    old: [],
  });
});

it('reads the file of key servers, whose headers name other variables', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'settings-')), 'keys.yaml');
  const parse = (text: string) => {
    writeFileSync(file, text);
    return parseApiConfig({ ...ENV, KEY_PROVIDERS_FILE: file, STUDIO_TOKEN: 'token' }).contentKeys;
  };
  const { servers, variable } = parse('key_providers: { studio: { url: "https://k.example", headers: { A: { env: STUDIO_TOKEN } } } }');
  expect([servers.map(({ name }) => name), variable('STUDIO_TOKEN')]).toEqual([['studio'], 'token']);
  expect(() => parse('key_providers: { studio: {} }')).toThrow(
    'KEY_PROVIDERS_FILE: the key providers in keys.yaml are not usable:\n  line 1',
  );
  rmSync(dirname(file), { recursive: true });
  expect(() => parseApiConfig({ ...ENV, KEY_PROVIDERS_FILE: file })).toThrow('KEY_PROVIDERS_FILE: the file cannot be read');
});

it('refuses a negative grace', () => {
  expect(() => parseWorkerConfig({ ...WORKER, WORKER_QUEUES: 'audio', WORKER_SHUTDOWN_GRACE_SECONDS: '-1' })).toThrow(
    'WORKER_SHUTDOWN_GRACE_SECONDS',
  );
});

it.each(['', 'transcode', 'package:0', 'package:x'])('refuses the queues %j', (queues) => {
  expect(() => parseWorkerConfig({ ...WORKER, WORKER_QUEUES: queues })).toThrow('WORKER_QUEUES');
});

it('says of each variable that is missing that it is required', () => {
  const { MYSQL_URL: _url, ...rest } = ENV;
  expect(() => parseApiConfig({ ...rest, S3_ENDPOINT: '' })).toThrow(
    'The environment is not usable:\n  MYSQL_URL: is required and not set\n  S3_ENDPOINT: is required and not set',
  );
});

it('needs the address of the database and nothing else for migrations', () => {
  expect(parseMigrateConfig({ MYSQL_URL: ENV.MYSQL_URL })).toEqual({
    database: { url: ENV.MYSQL_URL, password: undefined, tls: undefined, poolSize: 10, connectTimeoutMs: 5_000 },
  });
  expect(() => parseMigrateConfig({})).toThrow('MYSQL_URL: is required and not set');
});

it('takes an absolute path only for the folder of the embedded stack', () => {
  expect(parseCliConfig({ SPROCKET_HOME: '' })).toEqual({ homeFolder: null });
  expect(parseCliConfig({ SPROCKET_HOME: '/stack' })).toEqual({ homeFolder: '/stack' });
  expect(() => parseCliConfig({ SPROCKET_HOME: 'stack' })).toThrow('SPROCKET_HOME');
});

it.each([
  ['127.0.0.1', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['10.0.0.5', false],
  ['127.0.0.1.example.org', false],
])('asks for no keys on a loopback address only: %s', (host, isAllowed) => {
  const parse = () => parseApiConfig({ ...ENV, API_ANONYMOUS: 'on', API_HOST: host });
  if (isAllowed) expect(parse().access.isAnonymous).toBe(true);
  else expect(parse).toThrow('API_ANONYMOUS: must be off unless API_HOST is a loopback address; make keys with "npm run keys -- create"');
  expect(parseApiConfig({ ...ENV, API_HOST: host }).access.isAnonymous).toBe(false);
});
