import { z } from 'zod';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Variables of the log of every service process. */
export const logSettings = {
  LOG_LEVEL: z
    .enum(LOG_LEVELS)
    .default('info')
    .meta({
      description: `Least important lines that are written: ${LOG_LEVELS.join(', ')}. debug adds requests of players and probes.`,
    }),
};
