import type { LoggerService } from '@nestjs/common';
import type { LogLevel } from './log-settings';
import type { LogFields, ProgramLog } from './program-log';

/**
 * The log as Nest and its `Logger` see it. A message is a text, an error, or an object with a `message` whose other members become fields
 * of the line.
 */
export class NestLog implements LoggerService {
  constructor(private readonly programLog: ProgramLog) {}

  readonly log = this.at('info');
  readonly fatal = this.at('fatal');
  readonly error = this.at('error');
  readonly warn = this.at('warn');
  readonly debug = this.at('debug');
  readonly verbose = this.at('trace');

  /** Nest passes the context as the last parameter, and a stack before it. */
  private at(level: LogLevel) {
    return (message: unknown, ...parameters: unknown[]): void => {
      const context = parameters.at(-1);
      const [stack] = parameters.length > 1 ? parameters : [];
      const { text, fields } = lineOf(message);
      this.programLog.write(level, text, {
        ...(typeof context === 'string' ? { context } : {}),
        ...fields,
        ...(typeof stack === 'string' ? { stack } : {}),
      });
    };
  }
}

function lineOf(message: unknown): { text: string; fields: LogFields } {
  if (message instanceof Error) return { text: message.message, fields: { error: message } };
  if (typeof message !== 'object' || message === null) return { text: String(message), fields: {} };
  const { message: text = '', ...fields } = message as Record<string, unknown>;
  return { text: String(text), fields };
}
