import { resolve } from 'node:path';
import { outliveClosedPipes } from '../closed-pipe';
import { printedHelp } from '../run-program';
import { createRedactor } from '../../infra/redaction/redactor';
import { ConfigError } from '../settings/config-error';
import { parseSettings, type Environment } from '../settings/parse-settings';
import { z } from 'zod';
import { logSettings } from './log-settings';
import { createProgramLog, type ProgramLog } from './program-log';
import { secretsOf } from './secrets-of';

/** Of the compiled file: `dist` lies in the project's folder. */
const PROJECT_FOLDER = resolve(__dirname, '..', '..', '..');

interface Service {
  environment: Environment;
  main: (log: ProgramLog) => Promise<void>;
  /** What `--help` prints. */
  help: string;
}

/**
 * Runs the main function of a service process with its log, whose level the environment says. Whatever ends the process or warns in it becomes a line of the log: a
 * {@link ConfigError} with its sentence, anything else with its stack; the exit code is 1 for both.
 */
export function runService(program: string, { environment, main, help }: Service): void {
  outliveClosedPipes();
  if (printedHelp(help)) return;
  const { log, problem } = openLog(program, environment);
  const end = (error: unknown): never => {
    if (error instanceof ConfigError) log.write('fatal', error.message);
    else log.write('fatal', 'The process ends after an error.', { error });
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
  // The listener of Node prints text.
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log.write('warn', warning.message, { context: 'node', warning: warning.name }));
  if (problem) end(problem);
  main(log).catch(end);
}

function openLog(program: string, environment: Environment): { log: ProgramLog; problem?: unknown } {
  const redactor = createRedactor(secretsOf(environment), PROJECT_FOLDER);
  try {
    const { LOG_LEVEL: level } = parseSettings(z.object(logSettings), environment);
    return { log: createProgramLog({ program, level, redactor }) };
  } catch (problem) {
    return { log: createProgramLog({ program, level: 'info', redactor }), problem };
  }
}
