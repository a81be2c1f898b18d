import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { OwnAuthority } from '../../../infra/certificates/own-authority';
import { ConfigError } from '../config-error';
import { parseSettings, type Environment } from '../parse-settings';
import { temporalOf, temporalSettings } from './temporal-settings';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'temporal-settings-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const parse = (environment: Environment) => temporalOf(parseSettings(z.object(temporalSettings), environment), environment);

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const ADDRESS = { TEMPORAL_ADDRESS: 'temporal:7233' };

it('needs an address only, and speaks plain text then', () => {
  expect(parse(ADDRESS)).toMatchObject({ address: 'temporal:7233', namespace: 'default', tls: undefined, apiKey: undefined });
  expect(parse({ ...ADDRESS, TEMPORAL_TLS: '', TEMPORAL_API_KEY: '', HOME: '/nowhere' })).toMatchObject({ tls: undefined });
  expect(() => parse({})).toThrow('The environment is not usable:\n  TEMPORAL_ADDRESS: is required and not set');
});

it('reads certificates from files, and turns TLS on for them', async () => {
  const authority = await OwnAuthority.create(folder);
  const client = await authority.sign('worker');
  const paths = {
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: authority.caFile,
    TEMPORAL_TLS_CLIENT_CERT_PATH: client.certFile,
    TEMPORAL_TLS_CLIENT_KEY_PATH: client.keyFile,
  };
  const bytes = (path: string) => Uint8Array.from(readFileSync(path));
  expect(parse({ ...ADDRESS, ...paths, TEMPORAL_TLS_SERVER_NAME: 'temporal.example' }).tls).toEqual({
    serverNameOverride: 'temporal.example',
    serverRootCACertificate: bytes(authority.caFile),
    clientCertPair: { crt: bytes(client.certFile), key: bytes(client.keyFile) },
  });
});

it('takes the key from a file again each time, and keeps the last one while the file is empty', () => {
  const path = file('api-key', 'key-1\n');
  const { tls, apiKey } = parse({ ...ADDRESS, TEMPORAL_API_KEY_FILE: path });
  expect([tls, apiKey?.()]).toEqual([true, 'key-1']);
  file('api-key', 'key-2');
  expect(apiKey?.()).toBe('key-2');
  file('api-key', '');
  expect(apiKey?.()).toBe('key-2');
});

it('reads a profile where one is asked for; variables come first', () => {
  const path = file('temporal.toml', '[profile.cloud]\naddress = "cloud:7233"\nnamespace = "films"\napi_key = "key-3"\n');
  const profile = { TEMPORAL_CONFIG_FILE: path, TEMPORAL_PROFILE: 'cloud' };
  expect(parse(profile)).toMatchObject({ address: 'cloud:7233', namespace: 'films', tls: true });
  expect(parse({ ...profile, TEMPORAL_NAMESPACE: 'trailers' }).namespace).toBe('trailers');
  expect(() => parse({ ...profile, TEMPORAL_PROFILE: 'other' })).toThrow('TEMPORAL_CONFIG_FILE: has no profile of the name');
});

it('leaves a file of profiles in the home folder alone', () => {
  expect(parse({ ...ADDRESS, TEMPORAL_CONFIG_FILE: '', XDG_CONFIG_HOME: folder }).address).toBe('temporal:7233');
});

it.each([
  [{ TEMPORAL_TLS_CLIENT_CERT_PATH: '/nowhere/secret-path' }, 'TEMPORAL_TLS_CLIENT_CERT_PATH: the file cannot be read'],
  [{ TEMPORAL_API_KEY_FILE: '/nowhere/secret-path' }, 'TEMPORAL_API_KEY_FILE: the file cannot be read, or is empty'],
  [{ TEMPORAL_CONFIG_FILE: '/nowhere/secret-path' }, 'TEMPORAL_CONFIG_FILE: the file cannot be read'],
  [{ TEMPORAL_TLS: 'secret-path' }, 'TEMPORAL_TLS'],
])('names the variable of %j and hides its value', (wrong, sentence) => {
  expect(() => parse({ ...ADDRESS, ...wrong })).toThrow(ConfigError);
  expect(() => parse({ ...ADDRESS, ...wrong })).toThrow(sentence);
  expect(() => parse({ ...ADDRESS, ...wrong })).not.toThrow(/secret-path/);
});

it('refuses what would be left out without a word', async () => {
  const { certFile } = await (await OwnAuthority.create(folder)).sign('worker');
  const text = file('text.pem', 'secret-word');
  expect(() => parse({ ...ADDRESS, TEMPORAL_TLS_SERVER_CA_CERT_PATH: text })).toThrow('the file holds no certificate in PEM');
  expect(() => parse({ ...ADDRESS, TEMPORAL_TLS_CLIENT_KEY_PATH: certFile })).toThrow('the file holds no private key in PEM');
  expect(() => parse({ ...ADDRESS, TEMPORAL_TLS_CLIENT_CERT_PATH: certFile })).toThrow('TEMPORAL_TLS_CLIENT_KEY_PATH');
  expect(() => parse({ ...ADDRESS, TEMPORAL_API_KEY: 'a', TEMPORAL_API_KEY_FILE: file('api-key', 'b') })).toThrow('TEMPORAL_API_KEY_FILE');
  expect(() => parse({ ...ADDRESS, TEMPORAL_CONFIG_FILE: file('typo.toml', '[profile.default]\nadress = "x:1"\n') })).toThrow(
    'key(s) unrecognized in profile.default: adress',
  );
  expect(() => parse({ ...ADDRESS, TEMPORAL_CONFIG_FILE: file('broken.toml', 'secret-word = ') })).toThrow('is no TOML file of profiles');
});
