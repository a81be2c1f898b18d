import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { readMasterKeys, type MasterKeySources } from './master-keys';

const [FIRST, SECOND] = ['11'.repeat(32), 'AB'.repeat(32)];
const secret = (text: string) => ({ reveal: () => text });

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'master-keys-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function read(sources: Partial<MasterKeySources>) {
  return readMasterKeys({ key: null, file: null, old: [], ...sources });
}

function written(text: string): { file: string } {
  const file = join(folder, 'master-key');
  writeFileSync(file, text);
  return { file };
}

function idsOf(result: ReturnType<typeof read>): string[] {
  return 'keys' in result ? [result.keys.current.id, ...result.keys.byId.keys()] : [];
}

it('takes the newest key for wrapping, and knows them by a hash, wherever they stand', () => {
  const ids = idsOf(read({ key: secret(FIRST), old: [secret(SECOND)] }));
  expect(ids).toEqual(['02d449a31fbb', '02d449a31fbb', expect.stringMatching(/^[0-9a-f]{12}$/)]);
  expect(idsOf(read(written(`${FIRST}\n\n${SECOND}\n`)))).toEqual(ids);
  expect(idsOf(read({ ...written(`${FIRST}\r\n`), old: [secret(SECOND)] }))).toEqual(ids);
});

it('shows no key when it is printed', () => {
  const shown = inspect(read({ key: secret(FIRST), old: [secret(SECOND)] }), { depth: null, showHidden: true, getters: true });
  expect(shown).toContain('02d449a31fbb');
  expect(shown).not.toContain('11111111');
});

it.each<[string, () => Partial<MasterKeySources>, string]>([
  ['no key', () => ({}), 'There is no master key: set DRM_MASTER_KEY_FILE or DRM_MASTER_KEY.'],
  ['old keys alone', () => ({ old: [secret(FIRST)] }), 'There is no master key'],
  ['an empty file', () => written('\n'), 'There is no master key'],
  ['a short key', () => ({ key: secret(FIRST.slice(2)) }), 'DRM_MASTER_KEY is no master key, which has 64 hex digits.'],
  ['a key that is not hex', () => ({ key: secret('z'.repeat(64)) }), 'DRM_MASTER_KEY is no master key'],
  ['a short old key', () => ({ key: secret(FIRST), old: [secret(SECOND), secret('ab')] }), 'Entry 2 of DRM_MASTER_KEYS_OLD'],
  ['a wrong line', () => written(`${FIRST}\n\nnot a key\n`), 'Line 3 of the file that DRM_MASTER_KEY_FILE names is no master key'],
  ['two places', () => ({ key: secret(FIRST), ...written(FIRST) }), 'DRM_MASTER_KEY and DRM_MASTER_KEY_FILE are both set'],
  ['a file that is not there', () => ({ file: join(folder, 'gone') }), 'The file that DRM_MASTER_KEY_FILE names cannot be read.'],
])('tells of %s in a sentence without the key', (_, sources, sentence) => {
  const result = read(sources());
  expect(result).toEqual({ problem: expect.stringContaining(sentence) });
  expect(JSON.stringify(result)).not.toMatch(/1111|zzzz|not a key/);
});
