import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ulid } from 'ulid';
import { MIB } from '../../../temporal/contract/units';
import type { Database } from '../../database/database';
import { migrate } from '../../database/migrate';
import { createEmptyDatabase, type EmptyDatabase } from '../../database/testing/empty-database';
import type { ContentKey, KeyQuery } from '../content-keys';
import { KeyRows } from '../key-rows';
import { psshBox, startCpixServer, type CpixServer, type Fault } from '../testing/cpix-server';
import { writeDeliveryCertificate } from '../testing/delivery-certificate';
import { CpixKeys } from './cpix-keys';
import { openKeyServer, type KeyServerSettings } from './key-server';

const TOKEN = 'Bearer token-of-the-studio';

let folder: string;
let empty: EmptyDatabase;
let db: Database;
let server: CpixServer;
let delivery: Awaited<ReturnType<typeof writeDeliveryCertificate>>;
let foreign: typeof delivery;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cpix-'));
  [empty, server, delivery, foreign] = await Promise.all([
    createEmptyDatabase(),
    startCpixServer(),
    writeDeliveryCertificate(folder, 'studio'),
    writeDeliveryCertificate(folder, 'foreign'),
  ]);
  db = empty.connect();
  await migrate(db);
});
afterAll(async () => {
  await server.stop();
  await empty.drop();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  server.fail(null);
  server.calls.length = 0;
});

/** A worker's provider, without anything in memory. */
function provider(differences: Partial<KeyServerSettings> = {}): CpixKeys {
  const opened = openKeyServer(
    {
      ...{ name: 'studio', url: server.url, spekeVersion: '2.0', timeoutMs: 10_000, encryptedDelivery: null },
      headers: { Authorization: { env: 'STUDIO_TOKEN' }, 'X-Tenant': { value: { reveal: () => 'films' } } },
      ...differences,
    },
    (name) => ({ STUDIO_TOKEN: TOKEN })[name],
  );
  if ('problem' in opened) throw new Error(opened.problem);
  return new CpixKeys(new KeyRows(db), opened.server);
}

const query = (differences: Partial<KeyQuery> = {}): KeyQuery => ({
  ...{ videoId: ulid(), scheme: 'cbcs', systems: ['widevine', 'playready', 'fairplay'], labels: ['AUDIO', 'HD'] },
  ...differences,
});

const uuid = (kid: string) => kid.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const plain = (keys: ContentKey[]) => keys.map(({ label, kid, iv, key, signalling }) => ({ label, kid, iv, key, signalling }));
const failure = async (keys: Promise<unknown>) =>
  keys.then(
    () => new Error('it did not fail'),
    (error: unknown) => error as Error,
  );

describe('keys of a key server', () => {
  it.each(['2.0', '2.1'] as const)('are those of the server, with what players are to read (SPEKE %s)', async (spekeVersion) => {
    const asked = query();
    const keys = plain(await provider({ spekeVersion }).keysOf(asked));
    expect(keys.map(({ label }) => label)).toEqual(['AUDIO', 'HD']);
    for (const { kid, key, iv, signalling } of keys) {
      expect(key).toBe(server.keyOf(asked.videoId, uuid(kid)).toString('hex'));
      expect(iv).toMatch(/^[0-9a-f]{32}$/);
      expect(signalling?.pssh.map((box) => Buffer.from(box, 'base64').toString('latin1', 32))).toEqual([
        `data of ${uuid(kid)}`,
        `data of ${uuid(kid)}`,
      ]);
      expect(signalling?.contentProtection.widevine).toContain(`>${signalling!.pssh[0]}</cenc:pssh>`);
      expect(signalling?.hlsMedia.fairplay).toMatch(/^#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd:/);
      expect(signalling?.hlsMaster.playready).toMatch(/^#EXT-X-SESSION-KEY:.*com\.microsoft\.playready/);
    }
    expect(server.calls[0]?.headers).toMatchObject({
      'content-type': 'application/xml',
      'x-speke-version': spekeVersion,
      authorization: TOKEN,
      'x-tenant': 'films',
    });
  });

  it('come encrypted for a certificate where there is one', async () => {
    const asked = query();
    const clear = plain(await provider().keysOf(asked));
    const bodies: string[] = [];
    server.fail((answer) => (bodies.push(answer.body), answer));
    expect(plain(await provider({ encryptedDelivery: delivery }).keysOf(asked))).toEqual(clear);
    for (const { key } of clear) expect(bodies.join()).not.toContain(Buffer.from(key, 'hex').toString('base64'));
  });

  it('are asked for once by a worker, and are the same for every worker', async () => {
    const asked = query();
    const worker = provider();
    const answers = await Promise.all([worker.keysOf(asked), worker.keysOf(asked), worker.keysOf(asked)]);
    expect(server.calls).toHaveLength(1);
    expect(plain(await provider().keysOf(asked))).toEqual(plain(answers[2]));
    expect(server.calls).toHaveLength(2);
  });

  it('are not stored, and their ids are', async () => {
    const [key] = await provider().keysOf(query({ labels: ['HD'] }));
    const [row] = await db.selectFrom('contentKeys').selectAll().where('kid', '=', key!.kid).execute();
    expect(row).toMatchObject({ provider: 'studio', iv: key!.iv, wrappedKey: null, masterKeyId: null });
    expect(inspect(row)).not.toContain(key!.key);
  });

  it('are not shown by what holds them', async () => {
    const worker = provider({ encryptedDelivery: delivery });
    const [key] = await worker.keysOf(query());
    const shown = inspect(worker, { depth: null, showHidden: true, getters: true });
    expect(shown).toContain('studio');
    for (const secret of [key!.key, 'token-of-the-studio', 'PRIVATE']) expect(shown).not.toContain(secret);
  });
});

describe('the server for tests', () => {
  const published = (name: string) => readFileSync(join(__dirname, '../testing/speke', name), 'utf8');
  const send = (body: string, version: string) =>
    fetch(server.url, { method: 'POST', body, headers: { 'Content-Type': 'application/xml', 'X-Speke-Version': version } });

  it.each(['1_generic_spekev2_dash_widevine_preset_video_1_audio_1_no_rotation.xml'])('answers the published request %s', async (name) => {
    const answer = await send(published(name), '2.0');
    expect(answer.status).toBe(200);
    expect([...(await answer.text()).matchAll(/<pskc:PlainValue>[A-Za-z0-9+/]{22}==</g)]).toHaveLength(2);
  });

  it.each([
    ['4_spekev2_negative_preset_shared_video.xml', '2.0', 'Malformed encryption contract'],
    // FairPlay decrypts cbcs alone.
    ['server_api_body_spekev2.xml', '2.0', 'non compatible with DRMSystem'],
    ['server_api_body_spekev2.xml', '3.0', 'Unsupported SPEKE version'],
  ])('refuses %s under version %s', async (name, version, reason) => {
    const answer = await send(published(name), version);
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining(reason)]);
  });
});

/** Changes the body of the right answer. */
const body =
  (from: string | RegExp, to: string | ((...found: string[]) => string)): Fault =>
  (answer) => {
    const changed = answer.body.replace(from, to as string);
    if (changed === answer.body) throw new Error('the fault changes nothing');
    return { ...answer, body: changed };
  };
const instead =
  (text: string): Fault =>
  (answer) => ({ ...answer, body: text });
const status =
  (code: number, text = ''): Fault =>
  (answer) => ({ ...answer, status: code, headers: { 'Content-Type': 'text/plain' }, body: text });
const contentType =
  (value: string): Fault =>
  (answer) => ({ ...answer, headers: { ...answer.headers, 'Content-Type': value } });
const b64 = (text: string) => Buffer.from(text).toString('base64');
const ofSystem = (systemId: string, element: string, to: string) =>
  body(new RegExp(`(systemId="${systemId}".*?<cpix:${element}[^>]*>)[^<]*`, 's'), (_all, before) => before + to);
const [WIDEVINE, FAIRPLAY] = ['edef8ba9-79d6-4ace-a3c8-27dcd51d21ed', '94ce86fb-07ff-4f43-adb8-93d2fa968ca2'];
const KEY_ELEMENT = /<cpix:ContentKey .*?<\/cpix:ContentKey>/s;
const value = (to: string) => body(/<pskc:PlainValue>[^<]*/, `<pskc:PlainValue>${to}`);

/** Players would read the first key of the answer. */
const keyInText =
  (written: 'hex' | 'base64url'): Fault =>
  (answer, call) => {
    const key = Buffer.from(/<pskc:PlainValue>([^<]*)/.exec(answer.body)?.[1] ?? '', 'base64').toString(written);
    return ofSystem(
      WIDEVINE,
      'ContentProtectionData',
      b64(`<x xmlns="urn:x">${written === 'hex' ? key.toUpperCase() : key}</x>`),
    )(answer, call);
  };

/** Sends another answer to each request, the last one for ever. */
const oneAfterTheOther =
  (...faults: (Fault | null)[]): Fault =>
  (answer, call) => {
    const fault = faults.length > 1 ? faults.shift() : faults[0];
    return fault ? fault(answer, call) : answer;
  };

async function refused(fault: Fault, differences: Partial<KeyServerSettings> = {}): Promise<Error> {
  server.fail(fault);
  const asked = query();
  const error = await failure(provider(differences).keysOf(asked));
  const shown = inspect(error, { depth: null, showHidden: true }) + error.message + String(error.stack);
  const rows = await db.selectFrom('contentKeys').select('kid').where('videoId', '=', asked.videoId).execute();
  const keys = rows.map(({ kid }) => server.keyOf(asked.videoId, uuid(kid)));
  const secrets = [TOKEN, 'token-of-the-studio', server.url, ...keys.flatMap((key) => [key.toString('hex'), key.toString('base64')])];
  for (const secret of secrets) expect(shown).not.toContain(secret);
  return error;
}

describe('a key server that does not work', () => {
  it.each<[string, Fault, number, string]>([
    ['does not answer in time', () => null, 3, 'did not answer (TimeoutError)'],
    ['answers with 503', status(503), 3, 'answered with 503'],
    ['has no time', status(429), 3, 'answered with 429'],
  ])('%s is asked again, here and later', async (_, fault, calls, sentence) => {
    const error = await refused(fault, { timeoutMs: 150 });
    expect(error).toMatchObject({
      type: 'KeyProviderUnavailable',
      message: expect.stringContaining(`The key server "studio" ${sentence}`),
    });
    expect(server.calls).toHaveLength(calls);
  });

  it('is not there, and says so with the code of the error', async () => {
    const error = await refused(() => null, { url: 'http://127.0.0.1:1/' });
    expect(error).toMatchObject({
      type: 'KeyProviderUnavailable',
      message: expect.stringMatching(/did not answer \((ECONNREFUSED|TypeError)\)/),
    });
  });

  it('gives the same keys when it works again', async () => {
    const asked = query();
    const worker = provider();
    server.fail(oneAfterTheOther(status(503), status(503), status(503), status(502), null));
    await expect(worker.keysOf(asked)).rejects.toMatchObject({ type: 'KeyProviderUnavailable' });
    // It is left alone for a while, and calls are refused at once.
    await expect(worker.keysOf(asked)).rejects.toMatchObject({ type: 'KeyProviderUnavailable' });
    expect(server.calls).toHaveLength(3);
    const later = performance.now() + 60_000;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => later);
    const keys = plain(await worker.keysOf(asked));
    clock.mockRestore();
    expect(server.calls).toHaveLength(5);
    expect(plain(await provider().keysOf(asked))).toEqual(keys);
  });
});

describe('a key server that denies', () => {
  it.each<[string, Fault, string]>([
    ['the credentials', status(403, `no, ${TOKEN}`), 'The key server "studio" denied the keys with 403.'],
    ['for a reason of SPEKE', status(422, 'Error: Unsupported CPIX@version'), 'denied the keys with 422: Unsupported CPIX@version.'],
    [
      'with a redirect',
      (answer) => ({ ...answer, status: 307, headers: { Location: server.url }, body: '' }),
      'redirects, which is not followed',
    ],
    ['with nothing', status(204), 'denied the keys with 204'],
  ])('%s is asked once', async (_, fault, sentence) => {
    expect(await refused(fault)).toMatchObject({ type: 'KeyProviderDenied', message: expect.stringContaining(sentence) });
    expect(server.calls).toHaveLength(1);
  });
});

const PLAIN_FAULTS: [string, Fault, string][] = [
  ['no XML', instead('\u0000garbage'), 'it is not XML'],
  ['nothing', instead(''), 'it is not XML'],
  ['another document', instead('<html/>'), 'CPIX is not as CPIX has it'],
  ['a DOCTYPE', body('<cpix:CPIX', '<!DOCTYPE x [<!ENTITY a "b">]><cpix:CPIX'), 'it has a DOCTYPE'],
  ['too much', body('<cpix:ContentKeyList>', `<!--${'x'.repeat(2 * MIB)}--><cpix:ContentKeyList>`), 'it is too large'],
  ['HTML', contentType('text/html'), 'its Content-Type is not application/xml'],
  ['another character set', contentType('application/xml; charset=iso-8859-1'), 'its Content-Type is not application/xml'],
  [
    'another version',
    (answer) => ({ ...answer, headers: { ...answer.headers, 'X-Speke-Version': '1.0' } }),
    'it is of another version of SPEKE',
  ],
  ['another video', body(/contentId="[^"]*"/, 'contentId="other"'), 'it is about another video'],
  ['another key id', body(/kid="........-/, 'kid="00000000-'), 'it has a key that was not asked for'],
  ['a key id that is none', body(/kid="........-/, 'kid="'), 'CPIX/ContentKeyList/ContentKey/@kid is not as CPIX has it'],
  ['a key twice', body(KEY_ELEMENT, (element) => element + element), 'it has a key twice'],
  ['one key for two ids', body(/(PlainValue>)([^<]*)(.*PlainValue>)[^<]*(<\/pskc:PlainValue>)/s, '$1$2$3$2$4'), 'two keys are the same'],
  ['a key missing', body(KEY_ELEMENT, ''), 'the key for AUDIO is missing'],
  ['another scheme', body('commonEncryptionScheme="cbcs"', 'commonEncryptionScheme="cenc"'), 'a key is for another scheme'],
  ['an IV that is none', body(/explicitIV="[^"]*"/, 'explicitIV="AAAA"'), 'an IV has not 16 bytes'],
  ['a key in hex', value('00112233445566778899aabbccddeeff'), 'a key has not 16 bytes'],
  ['a key that is not base64', value('!!!!'), 'a key is not base64'],
  ['an empty key', value(''), 'a key is not base64'],
  ['a short key', value('AAAAAAAAAAA='), 'a key has not 16 bytes'],
  ['a key of 32 bytes', value(Buffer.alloc(32).toString('base64')), 'a key has not 16 bytes'],
  [
    'two values for one key',
    body(/<pskc:PlainValue>[^<]*<\/pskc:PlainValue>/, (element) => element + element),
    'PlainValue is not as CPIX has it',
  ],
  ['a system missing', body(/<cpix:DRMSystem .*?<\/cpix:DRMSystem>/s, ''), 'it has not one entry of widevine for each key'],
  ['a pssh missing', ofSystem(WIDEVINE, 'PSSH', ''), 'it lacks a pssh of widevine'],
  ['a pssh that is no box', ofSystem(WIDEVINE, 'PSSH', b64('x'.repeat(40))), 'a pssh is no box of widevine'],
  [
    'a pssh of another system',
    ofSystem(WIDEVINE, 'PSSH', psshBox(FAIRPLAY, Buffer.from('x')).toString('base64')),
    'a pssh is no box of widevine',
  ],
  ['XML that leaves its element', ofSystem(WIDEVINE, 'ContentProtectionData', b64('</wrapper><x/><wrapper>')), 'it is not XML'],
  [
    'a prefix that nothing declares',
    ofSystem(WIDEVINE, 'ContentProtectionData', b64('<dashif:Laurl>https://licences/</dashif:Laurl>')),
    'ContentProtectionData has a prefix without a namespace',
  ],
  ['a key in a text for players', keyInText('hex'), 'a key is in what players read'],
  ['a key in it, in base64', keyInText('base64url'), 'a key is in what players read'],
  ['XML with a DOCTYPE', ofSystem(WIDEVINE, 'ContentProtectionData', b64('<!DOCTYPE x>')), 'it has a DOCTYPE'],
  [
    'two different pssh',
    ofSystem(WIDEVINE, 'ContentProtectionData', b64('<pssh>AAAA</pssh>')),
    'the pssh of ContentProtectionData is another one',
  ],
  ['no line of FairPlay', ofSystem(FAIRPLAY, 'HLSSignalingData', ''), 'it lacks the line of fairplay'],
  [
    'a line without encryption',
    ofSystem(FAIRPLAY, 'HLSSignalingData', b64('#EXT-X-KEY:METHOD=NONE')),
    'HLSSignalingData has the METHOD of another scheme',
  ],
  [
    'a line of another system',
    ofSystem(FAIRPLAY, 'HLSSignalingData', b64('#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://x",KEYFORMAT="com.microsoft.playready"')),
    'the KEYFORMAT of another system',
  ],
  [
    'other lines',
    ofSystem(FAIRPLAY, 'HLSSignalingData', b64('#EXT-X-KEY:METHOD=SAMPLE-AES\nhttp://x/')),
    'HLSSignalingData is no line #EXT-X-KEY',
  ],
];

it.each(PLAIN_FAULTS)('an answer with %s is refused for good', async (_, fault, sentence) => {
  const error = await refused(fault);
  expect(error).toMatchObject({ type: 'KeyProviderDenied', message: expect.stringContaining(sentence) });
  expect(server.calls).toHaveLength(1);
});

it('an answer in clear is told from one that is encrypted', async () => {
  const asked = query();
  const answers: string[] = [];
  server.fail((answer) => (answers.push(answer.body), answer));
  await provider({ encryptedDelivery: delivery }).keysOf(asked);
  server.fail(instead(answers[0]!));
  await expect(provider().keysOf(asked)).rejects.toThrow('a key is encrypted, which was not asked for');
});

const flipped = (text: string) => {
  const bytes = Buffer.from(text, 'base64');
  bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
  return bytes.toString('base64');
};
const inKeys = (element: string, change: (text: string) => string) =>
  body(new RegExp(`(<cpix:ContentKeyList>.*?<${element}>)([^<]*)`, 's'), (_all, before, text) => before + change(text));

const ENCRYPTED_FAULTS: [string, Fault, string][] = [
  [
    'a key in clear',
    body(/(<cpix:ContentKeyList>.*?<pskc:Secret>).*?(<\/pskc:Secret>)/s, `$1<pskc:PlainValue>${'A'.repeat(22)}==</pskc:PlainValue>$2`),
    'a key is not encrypted, which was asked for',
  ],
  ['no delivery data', body(/<cpix:DeliveryDataList>.*<\/cpix:DeliveryDataList>/s, ''), 'no key is encrypted for our certificate'],
  ['a wrong MAC', inKeys('pskc:ValueMAC', flipped), 'the MAC of a key is wrong or missing'],
  [
    'a MAC that was cut',
    inKeys('pskc:ValueMAC', (text) => Buffer.from(text, 'base64').subarray(0, 32).toString('base64')),
    'the MAC of a key is wrong or missing',
  ],
  ['a key that was changed', inKeys('enc:CipherValue', flipped), 'the MAC of a key is wrong or missing'],
  ['no MAC', body(/(<cpix:ContentKeyList>.*?)<pskc:ValueMAC>[^<]*<\/pskc:ValueMAC>/s, '$1'), 'the MAC of a key is wrong or missing'],
  [
    'a key of the document that was changed',
    body(/<enc:CipherValue>([^<]*)/, (_all, text) => `<enc:CipherValue>${flipped(text)}`),
    'the MAC of a key is wrong or missing',
  ],
  [
    'a MAC key that was changed',
    body(/(MACMethod.*?<enc:CipherValue>)([^<]*)/s, (_all, before, text) => before + flipped(text)),
    'its keys do not open with our private key',
  ],
  ['no MAC key', body(/<cpix:MACMethod.*<\/cpix:MACMethod>/s, ''), 'it lacks the key of the document or of its MACs'],
  ['another algorithm', body(/aes256-cbc/, 'tripledes-cbc'), 'it names algorithms that CPIX does not have'],
];

it.each(ENCRYPTED_FAULTS)('an encrypted answer with %s is refused for good', async (_, fault, sentence) => {
  const error = await refused(fault, { encryptedDelivery: delivery });
  expect(error).toMatchObject({ type: 'KeyProviderDenied', message: expect.stringContaining(sentence) });
});

it('an answer for another certificate is refused', async () => {
  const asked = query();
  const answers: string[] = [];
  server.fail((answer) => (answers.push(answer.body), answer));
  await provider({ encryptedDelivery: foreign }).keysOf(asked);
  server.fail(instead(answers[0]!));
  await expect(provider({ encryptedDelivery: delivery }).keysOf(asked)).rejects.toThrow('no key is encrypted for our certificate');
});
