import type { z } from 'zod';
import { ConfigError } from './config-error';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the variables of a schema. An empty value counts as absent, as shells and compose files write it. Throws {@link ConfigError}. */
export function parseSettings<T extends z.ZodType>(schema: T, environment: Environment): z.infer<T> {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(present, { error: ({ input }) => (input === undefined ? 'is required and not set' : undefined) });
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigError(`The environment is not usable:\n${lines.join('\n')}`);
}
