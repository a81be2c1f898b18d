import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../infra/stack/setup/project-root';

it('are those of the API; npm run client:types writes them', () => {
  const program = join(projectRoot(), 'dist', 'apps', 'client-types', 'main.js');
  const env = { PATH: process.env['PATH'] ?? '', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  const { status, stderr } = spawnSync(process.execPath, [program, '--check'], { env, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
}, 60_000);
