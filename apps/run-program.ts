import { outliveClosedPipes } from './closed-pipe';
import { ConfigError } from './settings/config-error';

/**
 * Runs the main function of a program, or prints `help` where `--help` asks for it. A {@link ConfigError} ends it with its sentence,
 * anything else with what `describe` makes of it, on stderr; the exit code is 1 for both.
 */
export function runProgram(main: () => Promise<void>, describe: (error: unknown) => string, help: string): void {
  outliveClosedPipes();
  if (printedHelp(help)) return;
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof ConfigError ? error.message : describe(error)}\n`);
    process.exit(1);
  });
}

/** Prints `help` where the arguments ask for it, and tells whether they do. */
export function printedHelp(help: string): boolean {
  const isWanted = process.argv.slice(2).some((arg) => arg === '--help' || arg === '-h');
  if (isWanted) process.stdout.write(`${help}\nSettings are variables of the environment: .env.example explains each.\n`);
  return isWanted;
}
