import type { StackHome } from '../../../infra/stack/home/stack-home';

/** A command of the command line. Resolves to the exit code; an error is printed as one message. */
export type Command = (args: readonly string[], home: StackHome) => Promise<number>;
