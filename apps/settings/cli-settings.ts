import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { parseSettings, type Environment } from './parse-settings';

/** Variables of the command line. */
export const cliSettings = {
  SPROCKET_HOME: z
    .string()
    .refine(isAbsolute, 'must be an absolute path')
    .optional()
    .meta({ description: 'Folder of the embedded stack; empty: .sprocket in the project.' }),
};

/** The command line's settings. Throws `ConfigError`. */
export function parseCliConfig(environment: Environment) {
  const values = parseSettings(z.object(cliSettings), environment);
  return { homeFolder: values.SPROCKET_HOME ?? null };
}
