import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, type Database } from '../database/database';
import type { KeyServerSettings } from './cpix/key-server';
import { openContentKeys } from './open-content-keys';
import { writeDeliveryCertificate } from './testing/delivery-certificate';

const KEY = { reveal: () => '11'.repeat(32) };

let folder: string;
let db: Database;
let own: Awaited<ReturnType<typeof writeDeliveryCertificate>>;
let foreign: typeof own;
let short: typeof own;
let noPem: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'content-keys-'));
  db = createDatabase({ url: 'mysql://nobody:x@127.0.0.1:1/nothing' });
  noPem = join(folder, 'no.pem');
  [own, foreign, short] = await Promise.all([
    writeDeliveryCertificate(folder, 'own'),
    writeDeliveryCertificate(folder, 'foreign'),
    writeDeliveryCertificate(folder, 'short', 1024),
    writeFile(noPem, 'secret-word\nof two lines\n'),
  ]);
});
afterAll(async () => {
  await db.destroy();
  await rm(folder, { recursive: true });
});

function open(server: Partial<KeyServerSettings>, key: typeof KEY | null = KEY) {
  const warnings: string[] = [];
  const settings: KeyServerSettings = {
    ...{ name: 'studio', url: 'https://keys.example', spekeVersion: '2.0', timeoutMs: 1, headers: {}, encryptedDelivery: null },
    ...server,
  };
  const sources = { masterKeys: { key, file: null, old: [] }, servers: [settings], variable: () => undefined };
  const keys = openContentKeys(db, sources, (message) => warnings.push(message));
  const ask = (keyProvider: string) => keys.keysOf('v1', { scheme: 'cbcs', systems: ['widevine'], keyProvider }, ['HD']);
  return { keys, warnings, ask };
}

it('says nothing of providers that are set up', () => {
  const { keys, warnings } = open({ encryptedDelivery: own });
  expect(keys.problems()).toEqual([
    { provider: 'local', problem: null },
    { provider: 'studio', problem: null },
  ]);
  expect(warnings).toEqual([]);
});

it('goes on without a master key, and denies the keys that need one', async () => {
  const { warnings, ask } = open({}, null);
  const sentence = 'There is no master key: set DRM_MASTER_KEY_FILE or DRM_MASTER_KEY.';
  expect(warnings).toEqual([`videos protected with keys of "local" cannot be made or played: ${sentence}`]);
  await expect(ask('local')).rejects.toMatchObject({ type: 'KeyProviderDenied', message: expect.stringContaining(sentence) });
});

it.each<[string, () => Partial<KeyServerSettings>, string]>([
  [
    'a variable that is not set',
    () => ({ headers: { Authorization: { env: 'TOKEN' } } }),
    'The value of the header Authorization is missing',
  ],
  ['a file that is not there', () => ({ headers: { A: { file: join(folder, 'gone') } } }), 'The value of the header A is missing'],
  ['a secret of two lines', () => ({ headers: { A: { file: noPem } } }), 'The value of the header A is missing or no text of one line.'],
  [
    'a certificate of another key',
    () => ({ encryptedDelivery: { ...own, certificateFile: foreign.certificateFile } }),
    'do not belong together',
  ],
  ['a short RSA key', () => ({ encryptedDelivery: short }), 'is no RSA key of at least 2048 bits'],
  ['a key that is no PEM', () => ({ encryptedDelivery: { ...own, privateKeyFile: noPem } }), 'is no PEM of a private key or a certificate'],
  ['a certificate that is not there', () => ({ encryptedDelivery: { ...own, certificateFile: '/gone' } }), 'cannot be read'],
])('goes on without a key server that has %s, and denies its keys', async (_, server, sentence) => {
  const { warnings, ask } = open(server());
  expect(warnings).toEqual([expect.stringContaining(sentence)]);
  expect(warnings[0]).not.toMatch(/secret-word|PRIVATE/);
  await expect(ask('studio')).rejects.toMatchObject({ type: 'KeyProviderDenied', message: expect.stringContaining(sentence) });
});
