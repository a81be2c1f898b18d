import type { Command } from 'commander';
import type { Session } from '../session';

/** The work of a command. Resolves to its exit code; nothing is 0. */
export type Work<Args extends unknown[]> = (session: Session, ...args: Args) => Promise<number | void>;

/** Makes an action of commander from the work of a command. */
export type Act = <Args extends unknown[]>(work: Work<Args>) => (...args: [...Args, Command]) => Promise<void>;

/** Adds commands to the program. */
export type AddCommands = (program: Command, act: Act) => void;
