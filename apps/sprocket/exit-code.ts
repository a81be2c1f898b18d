import { CommanderError } from 'commander';
import { ProblemError, UnreachableError } from '../../packages/client/src/problem-error';
import { ConfigError } from '../settings/config-error';
import { visibleText } from '../visible-text';

export const EXIT = { done: 0, failed: 1, usage: 2, notFound: 3, refused: 4, unreachable: 5 } as const;

const NOT_FOUND = 404;
const DEPENDENCY_DOWN = 503;
const SERVER_FAULT = 500;

/** The command was called in a way that it cannot work. The message says how it is called. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The exit code of an error; scripts tell causes by it. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof UsageError || error instanceof ConfigError) return EXIT.usage;
  if (error instanceof UnreachableError) return EXIT.unreachable;
  if (!(error instanceof ProblemError)) return EXIT.failed;
  if (error.status === NOT_FOUND) return EXIT.notFound;
  if (error.status === DEPENDENCY_DOWN) return EXIT.unreachable;
  return error.status < SERVER_FAULT ? EXIT.refused : EXIT.failed;
}

/** What a person is told of an error: a sentence, and the id that the log of the API has. */
export function sentenceOf(error: unknown): string {
  // A line for each setting; it names variables alone.
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof ProblemError)) return visibleText(error instanceof Error ? error.message : String(error));
  const id = error.problem.error_id ? ` (${error.code}, ${error.problem.error_id})` : '';
  return visibleText(`${error.message}${id}`);
}
