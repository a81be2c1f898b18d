import { CommanderError } from 'commander';
import { outliveClosedPipes } from '../closed-pipe';
import { addCompletion } from './completion';
import { exitCodeOf, sentenceOf } from './exit-code';
import { buildProgram } from './program';

async function main(): Promise<number> {
  const { command, exitCode } = buildProgram(process.env, process.stdout);
  await addCompletion(command);
  await command.parseAsync(process.argv);
  return exitCode();
}

outliveClosedPipes();

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    // Commander has said what is wrong with a call.
    if (!(error instanceof CommanderError)) process.stderr.write(`sprocket: ${sentenceOf(error)}\n`);
    process.exitCode = exitCodeOf(error);
  },
);
