import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uploadRecord } from './upload-record';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'upload-record-'));
  file = join(folder, 'film.mp4');
  writeFileSync(file, 'film');
});
afterEach(() => rmSync(folder, { recursive: true }));

const record = (url = 'http://a') => uploadRecord(join(folder, 'records'), url, file);

it('is there until it is removed', () => {
  expect(record().read()).toBeNull();
  record().write('01VIDEO');
  expect(record().read()).toBe('01VIDEO');
  record().remove();
  expect(record().read()).toBeNull();
});

it('belongs to one API and to the file as it was', () => {
  record().write('01VIDEO');
  expect(record('http://b').read()).toBeNull();
  utimesSync(file, 1, 1);
  expect(record().read()).toBeNull();
});
