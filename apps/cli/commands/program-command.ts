import { join } from 'node:path';
import { serviceEnvironment } from '../../../infra/stack/services/service-environment';
import { projectRoot } from '../../../infra/stack/setup/project-root';
import { joinStack } from '../../../infra/stack/stack';
import { say } from '../terminal/say';
import { runInherited } from '../test-runs/run-inherited';
import type { Command } from './command';

/** Runs a program for operators: against the database of `MYSQL_URL` where that is set, else against the embedded stack. */
function programCommand(app: 'keys' | 'content-keys' | 'report'): Command {
  return async (args, home) => {
    const program = join(projectRoot(), 'dist', 'apps', app, 'main.js');
    const environment = process.env['MYSQL_URL'] ? {} : serviceEnvironment((await joinStack(home, { say })).context);
    return runInherited(process.execPath, ['--enable-source-maps', program, ...args], environment);
  };
}

/** API keys. */
export const keysCommand = programCommand('keys');

/** Content keys of protected videos. */
export const contentKeysCommand = programCommand('content-keys');

/** What videos have used. */
export const reportCommand = programCommand('report');
