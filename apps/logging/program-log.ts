import { hostname } from 'node:os';
import { pino, type DestinationStream } from 'pino';
import type { Redactor } from '../../infra/redaction/redactor';
import type { LogLevel } from './log-settings';

/** What a line says besides its message; names are snake_case, units are part of them. */
export type LogFields = Readonly<Record<string, unknown>>;

/** The log of a process: one line of JSON for each call, with every text redacted. */
export interface ProgramLog {
  write(level: LogLevel, message: string, fields?: LogFields): void;
}

export interface LogOptions {
  /** Name of the process in its lines. */
  program: string;
  level: LogLevel;
  redactor: Redactor;
  /** Standard output when it is left out, written at once: a process that ends loses no line. */
  destination?: DestinationStream;
}

export function createProgramLog({
  program,
  level,
  redactor,
  destination = pino.destination({ fd: 1, sync: true }),
}: LogOptions): ProgramLog {
  const logger = pino(
    {
      level,
      base: { program, pid: process.pid, host: hostname() },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return {
    write: (lineLevel, message, fields = {}) => {
      if (logger.isLevelEnabled(lineLevel)) logger[lineLevel](redactor.value(fields) as object, redactor.text(message));
    },
  };
}
