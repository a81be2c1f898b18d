import { inspect } from 'node:util';
import { ConfigError } from './config-error';
import { parseKeyProviders } from './key-providers-file';

const FILE = `
key_providers:
  studio:
    url: https://keys.example.com/speke/v2.0/copyProtection
    timeout_seconds: 5
    headers:
      Authorization: { env: STUDIO_TOKEN }
      X-Api-Key: { file: /run/secrets/studio }
      X-Tenant: secret-tenant
    encrypted_delivery:
      private_key_file: /run/secrets/studio.key.pem
      certificate_file: /run/secrets/studio.pem
`;

it('reads key servers, and shows no value of a header', () => {
  const providers = parseKeyProviders(FILE, 'keys.yaml');
  expect(providers).toMatchObject([
    {
      ...{ name: 'studio', url: 'https://keys.example.com/speke/v2.0/copyProtection', spekeVersion: '2.0', timeoutMs: 5_000 },
      headers: { Authorization: { env: 'STUDIO_TOKEN' }, 'X-Api-Key': { file: '/run/secrets/studio' } },
      encryptedDelivery: { privateKeyFile: '/run/secrets/studio.key.pem', certificateFile: '/run/secrets/studio.pem' },
    },
  ]);
  const tenant = providers[0]?.headers['X-Tenant'];
  expect(tenant && 'value' in tenant ? tenant.value.reveal() : null).toBe('secret-tenant');
  expect(inspect(providers, { depth: null, showHidden: true, getters: true })).not.toContain('secret-tenant');
});

it('reads a server of this machine without TLS', () => {
  const [proxy] = parseKeyProviders('key_providers: { proxy: { url: "http://127.0.0.1:9000/" } }', 'keys.yaml');
  expect(proxy).toMatchObject({ name: 'proxy', timeoutMs: 10_000, headers: {}, encryptedDelivery: null });
});

it.each<[string, string, string, string]>([
  ['a key that is not known', 'timeout_seconds', 'timeout', 'line 5: key_providers.studio: Unrecognized key: "timeout"'],
  ['a provider that needs no server', 'studio:', 'local:', '"local" is the provider that needs no server'],
  ['a name that is none', 'studio:', 'My Studio:', 'a name has small letters'],
  ['an address without TLS', 'https:', 'http:', 'line 4: key_providers.studio.url: must be a URL of https unless it is of this machine'],
  ['an address of another kind', 'https:', 'ftp:', 'line 4: key_providers.studio.url: must be a URL of https'],
  ['credentials in an address', 'https://', 'https://ann:secret-word@', 'line 4: key_providers.studio.url: must not hold credentials'],
  [
    'a version that there is not',
    'timeout_seconds: 5',
    'speke_version: "1.0"',
    'line 5: key_providers.studio.speke_version: Invalid option',
  ],
  ['a time-out that never ends', 'timeout_seconds: 5', 'timeout_seconds: 500', 'line 5: key_providers.studio.timeout_seconds: Too big'],
  ['a header that the client sets', 'X-Tenant', 'Content-Type', 'is a header that the client sets itself'],
  ['a name of a header that is none', 'X-Tenant', '"X Tenant"', 'is no name of a header'],
  [
    'a value that is no text',
    'secret-tenant',
    '[secret-word]',
    'line 9: key_providers.studio.headers.X-Tenant: must be text, { env: NAME }',
  ],
  ['a path that is relative', '/run/secrets/studio.pem', 'studio.pem', 'certificate_file: must be an absolute path'],
  [
    'no certificate',
    '      certificate_file: /run/secrets/studio.pem\n',
    '',
    'line 11: key_providers.studio.encrypted_delivery.certificate_file',
  ],
  ['text that is no YAML', 'key_providers:', 'key_providers: [', 'line'],
])('names the line of %s', (_, from, to, sentence) => {
  const parse = () => parseKeyProviders(FILE.replace(from, to), 'keys.yaml');
  expect(parse).toThrow(ConfigError);
  expect(parse).toThrow(sentence);
  expect(parse).not.toThrow(/secret-word|secret-tenant/);
});
