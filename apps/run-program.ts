import { inspect } from 'node:util';
import { Failure, FAILURES } from '../temporal/contract/failures';
import { outliveClosedPipes } from './closed-pipe';
import { ConfigError } from './settings/config-error';

/** The last line of every help. */
export const WHERE_SETTINGS_ARE = 'Settings are variables of the environment: .env.example explains each.';

/**
 * Runs the main function of a program, or prints `help` where `--help` asks for it. A {@link ConfigError} or a {@link Failure} ends it with
 * its sentences, anything else with its stack, on stderr; the exit code is 1 for all.
 */
export function runProgram(main: () => Promise<void>, help: string): void {
  outliveClosedPipes();
  if (printedHelp(help)) return;
  main().catch((error: unknown) => {
    process.stderr.write(`${describe(error)}\n`);
    process.exit(1);
  });
}

function describe(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  return error instanceof Failure ? `${error.message} ${FAILURES[error.type].advice}` : inspect(error);
}

/** Prints `help` where the arguments ask for it, and tells whether they do. */
export function printedHelp(help: string): boolean {
  const isWanted = isHelpWanted(process.argv.slice(2));
  if (isWanted) process.stdout.write(`${help}\n${WHERE_SETTINGS_ARE}\n`);
  return isWanted;
}

export function isHelpWanted(args: readonly string[]): boolean {
  return args.some((arg) => arg === '--help' || arg === '-h');
}
