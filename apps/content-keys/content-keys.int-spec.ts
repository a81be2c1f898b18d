import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ulid } from 'ulid';
import type { Database } from '../../infra/database/database';
import { migrate } from '../../infra/database/migrate';
import { createEmptyDatabase, type EmptyDatabase } from '../../infra/database/testing/empty-database';
import { openContentKeys } from '../../infra/content-keys/open-content-keys';
import { projectRoot } from '../../infra/stack/setup/project-root';

const [FIRST, SECOND] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];

let empty: EmptyDatabase;
let db: Database;

beforeAll(async () => {
  empty = await createEmptyDatabase();
  db = empty.connect();
  await migrate(db);
});
afterAll(() => empty.drop());

/** Runs the built program as an operator does. */
function keys(command: string, env: Record<string, string>): Promise<{ code: number; stdout: string; stderr: string }> {
  const program = join(projectRoot(), 'dist', 'apps', 'content-keys', 'main.js');
  const environment = { PATH: process.env['PATH'] ?? '', MYSQL_URL: empty.url, ...env };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, command], { env: environment }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

async function keyWith(master: string, videoId: string): Promise<string> {
  const sources = { masterKeys: { key: { reveal: () => master }, file: null, old: [] }, servers: [], variable: () => undefined };
  const contentKeys = openContentKeys(db, sources, () => undefined);
  const [key] = await contentKeys.keysOf(videoId, { scheme: 'cbcs', systems: ['widevine'], keyProvider: 'local' }, ['HD']);
  return key!.key;
}

it('takes an operator from one master key to the next', async () => {
  const videoId = ulid();
  const key = await keyWith(FIRST, videoId);
  const [before, wrong] = await Promise.all([
    keys('status', { DRM_MASTER_KEY: SECOND, DRM_MASTER_KEYS_OLD: FIRST }),
    keys('status', { DRM_MASTER_KEY: SECOND }),
  ]);
  expect(before).toMatchObject({ code: 0, stdout: expect.stringContaining('an older one: rotate-master wraps them anew'), stderr: '' });
  expect(wrong).toMatchObject({ code: 1, stdout: expect.stringContaining('not at hand: these keys cannot be used') });
  const rotation = await keys('rotate-master', { DRM_MASTER_KEY: SECOND, DRM_MASTER_KEYS_OLD: FIRST });
  expect(rotation).toMatchObject({ code: 0, stdout: expect.stringContaining('1 keys are wrapped anew'), stderr: '1 of 1 keys\n' });
  const after = await keys('status', { DRM_MASTER_KEY: SECOND });
  expect(after).toMatchObject({ code: 0, stdout: expect.stringContaining('the current one') });
  expect(await keyWith(SECOND, videoId)).toBe(key);
  for (const { stdout, stderr } of [before, wrong, rotation, after])
    for (const secret of [FIRST, SECOND, key]) expect(stdout + stderr).not.toContain(secret);
}, 30_000);

it('ends with a sentence when there is no master key, or no such command', async () => {
  const [none, unknown] = await Promise.all([keys('rotate-master', {}), keys('explode', { DRM_MASTER_KEY: FIRST })]);
  expect(none).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('There is no master key: set DRM_MASTER_KEY_FILE or DRM_MASTER_KEY.'),
  });
  expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('Usage: npm run content-keys -- status') });
}, 30_000);
