import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../infra/stack/setup/project-root';
import { openStackHome } from '../../../infra/stack/home/stack-home';
import type { Command } from './command';
import { runInherited } from '../test-runs/run-inherited';
import { say } from '../terminal/say';
import { withOwnStack } from '../test-runs/with-own-stack';
import { STACK_TOOLS } from '../../../infra/stack/tools/tool-table';

/** Runs a compiled benchmark against a stack of its own, with the environment that tests get. */
export const benchCommand: Command = async ([name = '', ...args], home) => {
  const program = join(projectRoot(), 'dist', 'bench', name, 'main.js');
  if (!/^[a-z0-9-]+$/.test(name) || !existsSync(program)) throw new Error(`There is no benchmark "${name}" below bench/.`);
  // What is measured is the work: clients of a benchmark are as many as it takes, and none of them has a key.
  process.env['API_ANONYMOUS'] ??= 'on';
  return withOwnStack(openStackHome(join(home.folder, 'bench')), STACK_TOOLS, (environment) => {
    say(`benchmark ${name}`);
    return runInherited(process.execPath, ['--enable-source-maps', program, ...args], environment);
  });
};
