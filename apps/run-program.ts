import { ConfigError } from './settings/config-error';

/**
 * Runs the main function of a program. A {@link ConfigError} ends it with its sentence, anything else with what `describe` makes of
 * it, on stderr; the exit code is 1 for both.
 */
export function runProgram(main: () => Promise<void>, describe: (error: unknown) => string): void {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof ConfigError ? error.message : describe(error)}\n`);
    process.exit(1);
  });
}
