import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testTool } from './testing/test-tool';

const FOLDER = join(__dirname, 'prometheus');

it.each([
  ['the rules', ['check', 'rules', 'rules.yaml']],
  ['the configuration', ['check', 'config', '--lint=none', 'prometheus.yaml']],
  ['what the rules make of series', ['test', 'rules', 'rules.test.yaml']],
])('promtool accepts %s', (_name, args) => {
  const { status, stdout, stderr } = spawnSync(testTool('PROMTOOL_PATH'), args, { cwd: FOLDER, encoding: 'utf8' });
  expect(`${stdout}${stderr}`).not.toMatch(/FAILED|error/i);
  expect(status).toBe(0);
});

it('tests every alert', () => {
  const alerts = (file: string, key: string) => [...readText(file).matchAll(new RegExp(`${key}: (\\w+)`, 'g'))].map(([, name]) => name);
  expect(new Set(alerts('rules.test.yaml', 'alertname'))).toEqual(new Set(alerts('rules.yaml', 'alert')));
});

function readText(file: string): string {
  return readFileSync(join(FOLDER, file), 'utf8');
}
