import { openStackHome } from '../home/stack-home';
import { PORT_PREFERENCES, type Ports } from '../home/ports';
import { serviceEnvironment } from './service-environment';

const stack = {
  home: openStackHome('/nowhere'),
  host: '127.0.0.1',
  ports: Object.fromEntries(Object.keys(PORT_PREFERENCES).map((name, index) => [name, 20_000 + index])) as Ports,
  credentials: { s3AccessKeyId: 'id', s3SecretAccessKey: 'secret', mysqlPassword: 'secret' },
};

describe('serviceEnvironment', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  it('has the settings of the shell, below those of the stack', () => {
    process.env['PRESETS_FILE'] = 'presets.yaml';
    process.env['S3_BUCKET_ORIGINALS'] = 'of another stack';
    process.env['A_VARIABLE_OF_THE_TERMINAL'] = 'x';
    process.env['DRM_MASTER_KEY_FILE'] = 'master-key';
    const environment = serviceEnvironment(stack);
    expect(environment).toMatchObject({
      PRESETS_FILE: 'presets.yaml',
      S3_BUCKET_ORIGINALS: 'video-originals',
      DRM_MASTER_KEY_FILE: 'master-key',
    });
    expect(environment).not.toHaveProperty('A_VARIABLE_OF_THE_TERMINAL');
  });

  it('empties what would lead its processes to other services, or add keys and certificates to the connections of the stack', () => {
    Object.assign(process.env, { TEMPORAL_ADDRESS: 'cloud:7233', TEMPORAL_API_KEY: 'key', TEMPORAL_TLS: 'true', AWS_PROFILE: 'studio' });
    expect(serviceEnvironment(stack)).toMatchObject({ TEMPORAL_API_KEY: '', TEMPORAL_TLS: '', AWS_PROFILE: '' });
    expect(serviceEnvironment(stack)['TEMPORAL_ADDRESS']).toMatch(/^127\.0\.0\.1:/);
  });
});
