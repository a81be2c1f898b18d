import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../infra/stack/setup/project-root';
import { openStackHome } from '../../../infra/stack/home/stack-home';
import type { Command } from './command';
import { runInherited } from '../test-runs/run-inherited';
import { say } from '../terminal/say';
import { withOwnStack } from '../test-runs/with-own-stack';
import { STACK_TOOLS, TEST_TOOLS } from '../../../infra/stack/tools/tool-table';

const OPEN_ACCESS = { API_ANONYMOUS: 'on', REQUESTS_PER_ADDRESS: '0', UPLOADS_PER_CREATOR: '0', UPLOAD_BYTES_PER_CREATOR: '0' };

/** Benchmarks with a browser. */
const IN_BROWSER = ['first-play'];

/** Runs a compiled benchmark against a stack of its own, with the environment that tests get. */
export const benchCommand: Command = async ([name = '', ...args], home) => {
  const program = join(projectRoot(), 'dist', 'bench', name, 'main.js');
  if (!/^[a-z0-9-]+$/.test(name) || !existsSync(program)) throw new Error(`There is no benchmark "${name}" below bench/.`);
  // What is measured is the work: clients of a benchmark ask as often as it takes, and none of them has a key.
  for (const [name, value] of Object.entries(OPEN_ACCESS)) process.env[name] ??= value;
  return withOwnStack(openStackHome(join(home.folder, 'bench')), IN_BROWSER.includes(name) ? TEST_TOOLS : STACK_TOOLS, (environment) => {
    say(`benchmark ${name}`);
    return runInherited(process.execPath, ['--enable-source-maps', program, ...args], environment);
  });
};
