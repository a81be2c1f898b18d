import { join } from 'node:path';
import { serviceEnvironment } from '../../../infra/stack/services/service-environment';
import { projectRoot } from '../../../infra/stack/setup/project-root';
import { joinStack } from '../../../infra/stack/stack';
import { say } from '../terminal/say';
import { runInherited } from '../test-runs/run-inherited';
import type { Command } from './command';

/** Runs the report of what videos have used: of the database of `MYSQL_URL` where that is set, else of the embedded stack. */
export const reportCommand: Command = async (args, home) => {
  const program = join(projectRoot(), 'dist', 'apps', 'report', 'main.js');
  const environment = process.env['MYSQL_URL'] ? {} : serviceEnvironment((await joinStack(home, { say })).context);
  return runInherited(process.execPath, ['--enable-source-maps', program, ...args], environment);
};
