import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './make-folder';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'make-folder-'));
  writeFileSync(join(root, 'file'), '');
});

afterAll(() => rmSync(root, { recursive: true }));

it('makes what is missing, as often as it is asked', () => {
  const path = join(root, 'a', 'b', 'c');
  for (let time = 0; time < 2; time++) makeFolder(path, 0o700);
  expect([path, join(root, 'a')].map((folder) => statSync(folder).mode & 0o777)).toEqual([0o700, 0o700]);
});

it.each([
  ['a file', () => join(root, 'file'), 'EEXIST'],
  ['a path below a file', () => join(root, 'file', 'a'), 'ENOTDIR'],
  // Where there is no /proc, the root is closed to users.
  ['a file system without new folders', () => '/proc/a/b', /ENOENT|EACCES|EPERM|EROFS/],
])('refuses %s at once', (_what, path, code) => {
  expect(() => makeFolder(path())).toThrow(code);
});
