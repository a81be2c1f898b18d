import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { sql } from 'kysely';
import { ulid } from 'ulid';
import type { Database } from '../../database/database';
import { migrate } from '../../database/migrate';
import { createEmptyDatabase, type EmptyDatabase } from '../../database/testing/empty-database';
import type { KeyQuery } from '../content-keys';
import { KeyRows } from '../key-rows';
import { LocalKeys } from './local-keys';
import { readMasterKeys, type MasterKeys } from './master-keys';
import { rotateMaster, type Rotation } from './rotate-master';

let empty: EmptyDatabase;
let db: Database;
let rows: KeyRows;

beforeAll(async () => {
  empty = await createEmptyDatabase();
  db = empty.connect();
  await migrate(db);
  rows = new KeyRows(db);
});
afterAll(() => empty.drop());
beforeEach(() => sql`truncate content_keys`.execute(db));

/** The master keys of an installation, the newest first. */
function masters(...texts: string[]): MasterKeys {
  const [key, ...old] = texts.map((text) => ({ reveal: () => text }));
  const read = readMasterKeys({ key: key ?? null, file: null, old });
  if ('problem' in read) throw new Error(read.problem);
  return read.keys;
}

const newMaster = () => randomBytes(32).toString('hex');
const query = (differences: Partial<KeyQuery> = {}): KeyQuery => ({
  ...{ videoId: ulid(), scheme: 'cbcs', systems: ['widevine'], labels: ['AUDIO', 'HD'] },
  ...differences,
});
const plain = async (keys: LocalKeys, asked: KeyQuery) =>
  (await keys.keysOf(asked)).map(({ label, kid, iv, key, signalling }) => ({ label, kid, iv, key, signalling }));

const DENIED = { type: 'KeyProviderDenied' };

describe('keys of this installation', () => {
  it('are random, in the order of the labels, and the same whenever they are asked for', async () => {
    const keys = new LocalKeys(rows, masters(newMaster()));
    const asked = query();
    const first = await plain(keys, asked);
    expect(first.map(({ label }) => label)).toEqual(['AUDIO', 'HD']);
    for (const { kid, iv, key } of first) {
      // RFC 9562, 5.4: version 4 and its variant.
      expect(kid).toMatch(/^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
      expect([iv, key]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)]);
    }
    expect(new Set(first.flatMap(({ kid, iv, key }) => [kid, iv, key])).size).toBe(6);
    const [hd, , uhd] = await plain(keys, { ...asked, labels: ['HD', 'AUDIO', 'UHD1'] });
    expect(hd).toEqual(first[1]);
    expect(uhd?.key).not.toBe(hd?.key);
    expect(await plain(keys, { ...asked, scheme: 'cenc' })).not.toEqual(first);
    expect(await plain(keys, { ...asked, videoId: ulid() })).not.toEqual(first);
  });

  it('are the same for workers that ask at the same moment', async () => {
    const master = newMaster();
    const asked = query({ labels: ['AUDIO', 'SD', 'HD', 'UHD1', 'UHD2'] });
    const workers = Array.from({ length: 8 }, () => new LocalKeys(new KeyRows(empty.connect()), masters(master)));
    const answers = await Promise.all(workers.map((worker) => plain(worker, asked)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('are in the database wrapped only', async () => {
    const master = newMaster();
    const answer = await plain(new LocalKeys(rows, masters(master)), query());
    const stored = inspect(await db.selectFrom('contentKeys').selectAll().execute(), { depth: null, maxArrayLength: null });
    const raw = Buffer.concat((await db.selectFrom('contentKeys').select('wrappedKey').execute()).map(({ wrappedKey }) => wrappedKey!));
    expect(stored).toContain(answer[0]!.kid);
    for (const { key } of answer) {
      expect(stored).not.toContain(key);
      expect(raw.includes(Buffer.from(key, 'hex'))).toBe(false);
    }
  });
});

describe('a master key that is not the one', () => {
  it('denies the keys with its id, and loses nothing: with the right one they are there again', async () => {
    const [right, wrong] = [newMaster(), newMaster()];
    const asked = query();
    const before = await plain(new LocalKeys(rows, masters(right)), asked);
    const denied = new LocalKeys(rows, masters(wrong)).keysOf(asked);
    await expect(denied).rejects.toMatchObject(DENIED);
    await expect(denied).rejects.toThrow(`wrapped with the master key ${masters(right).current.id}, which this installation does not have`);
    await expect(denied).rejects.not.toThrow(right);
    expect(await new LocalKeys(rows, masters(wrong)).countLost()).toBe(2);
    const both = new LocalKeys(rows, masters(wrong, right));
    expect(await plain(both, asked)).toEqual(before);
    expect(await both.countLost()).toBe(0);
  });
});

it.each<[string, string]>([
  ['a key id that is not hex', `kid = concat('"><x>', substr(kid, 6))`],
  ['a key id of another row', `kid = concat('00000000', substr(kid, 9))`],
  ['an IV that is not hex', `iv = repeat('g', 32)`],
  ['a wrapped key that was changed', `wrapped_key = concat(substr(wrapped_key, 1, 43), 'x')`],
  ['a wrapped key that was cut', `wrapped_key = 'x'`],
  ['a wrapped key that is gone', `wrapped_key = null`],
])('a row with %s is denied and neither replaced nor shown', async (_, change) => {
  const keys = new LocalKeys(rows, masters(newMaster()));
  const asked = query({ labels: ['HD'] });
  const { key } = (await plain(keys, asked))[0]!;
  await sql`update content_keys set ${sql.raw(change)}`.execute(db);
  const damaged = await db.selectFrom('contentKeys').selectAll().execute();
  const error: unknown = await keys.keysOf(asked).catch((reason: unknown) => reason);
  expect(error).toMatchObject(DENIED);
  expect(inspect(error, { depth: null })).not.toContain(key);
  expect(await db.selectFrom('contentKeys').selectAll().execute()).toEqual(damaged);
});

describe('rotation of the master key', () => {
  const [old, current] = [newMaster(), newMaster()];

  async function someKeys(videos: number): Promise<{ asked: KeyQuery[]; before: unknown[] }> {
    const asked = Array.from({ length: videos }, () => query({ labels: ['AUDIO', 'SD', 'HD', 'UHD1', 'UHD2'] }));
    const before = await Promise.all(asked.map((each) => plain(new LocalKeys(rows, masters(old)), each)));
    return { asked, before };
  }

  const now = (asked: KeyQuery[], ...keys: string[]) =>
    Promise.all(asked.map((each) => plain(new LocalKeys(rows, masters(...keys)), each)));

  it('wraps all keys anew, so that the old master key is not needed, and changes none of them', async () => {
    const { asked, before } = await someKeys(50);
    const steps: Rotation[] = [];
    expect(await rotateMaster(rows, masters(current, old), (step) => steps.push(step))).toEqual({ rewrapped: 250, unopened: 0 });
    expect(steps).toEqual([
      { rewrapped: 200, unopened: 0 },
      { rewrapped: 250, unopened: 0 },
    ]);
    expect(await now(asked, current)).toEqual(before);
    expect(await rows.count()).toEqual([{ provider: 'local', masterKeyId: masters(current).current.id, keys: 250 }]);
    await expect(new LocalKeys(rows, masters(old)).keysOf(asked[0]!)).rejects.toMatchObject(DENIED);
  });

  it('goes on where it was stopped, also beside another one, and keys are there all the time', async () => {
    const { asked, before } = await someKeys(50);
    const stopped = rotateMaster(rows, masters(current, old), () => {
      throw new Error('stopped');
    });
    await expect(stopped).rejects.toThrow('stopped');
    expect((await rows.count()).map(({ keys }) => keys).sort((a, b) => a - b)).toEqual([50, 200]);
    expect(await now(asked, current, old)).toEqual(before);
    const again = () => rotateMaster(new KeyRows(empty.connect()), masters(current, old), () => undefined);
    await Promise.all([again(), again()]);
    expect(await now(asked, current)).toEqual(before);
  });

  it('leaves what it cannot open as it is, and says how much', async () => {
    const { asked, before } = await someKeys(1);
    expect(await rotateMaster(rows, masters(current), () => undefined)).toEqual({ rewrapped: 0, unopened: 5 });
    expect(await now(asked, old)).toEqual(before);
  });
});
