import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { ApiKeysRepository } from '../../infra/api-keys/api-keys-repository';
import { hashApiKey } from '../../infra/api-keys/api-key';
import { migrate } from '../../infra/database/migrate';
import { createEmptyDatabase, type EmptyDatabase } from '../../infra/database/testing/empty-database';
import { projectRoot } from '../../infra/stack/setup/project-root';

let empty: EmptyDatabase;

beforeAll(async () => {
  empty = await createEmptyDatabase();
});
afterAll(() => empty.drop());

/** Runs the built program as an operator does. */
function keys(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const program = join(projectRoot(), 'dist', 'apps', 'keys', 'main.js');
  const env = { PATH: process.env['PATH'] ?? '', MYSQL_URL: empty.url };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

it('makes, lists and revokes keys', async () => {
  const db = empty.connect();
  await migrate(db);
  const made = await keys('create', '--name', 'shop', '--scopes', 'videos:read', '--creator', 'ann');
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^spk_[a-z0-9]{8}_[\w-]{43}\n$/) });
  const [row] = await new ApiKeysRepository(db).list(2);
  expect(row).toMatchObject({ name: 'shop', creatorId: 'ann', scopes: ['videos:read'], secretSha256: hashApiKey(made.stdout.trim()) });
  const [revoked, unknown] = await Promise.all([keys('revoke', row!.keyId), keys('revoke', 'nothing')]);
  expect(revoked.code).toBe(0);
  expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no API key with this id') });
  const listed = await keys('list');
  expect(listed.stdout).toContain(`spk_${row!.prefix}  revoked  videos:read  ann  shop`);
  expect(listed.stdout).not.toContain(made.stdout.trim());
}, 30_000);
