import { z } from 'zod';
import { cliSettings } from '../../settings/cli-settings';
import { parseSettings, type Environment } from '../../settings/parse-settings';
import { apiAddress } from './api-address';

/** Which API the command line talks to. */
export const sprocketSettings = {
  SPROCKET_URL: apiAddress
    .optional()
    .meta({ description: 'Address of the API; empty: that of the configuration file, else of the embedded stack.' }),
  SPROCKET_API_KEY: z.string().optional().meta({ description: 'API key of the command line; empty: the one that belongs to the address.' }),
};

/** Variables of the system that say where files of a user lie and whether colours are wanted (XDG Base Directory 0.8, no-color.org). */
const systemSettings = {
  HOME: z.string().optional(),
  XDG_CONFIG_HOME: z.string().optional(),
  XDG_STATE_HOME: z.string().optional(),
  NO_COLOR: z.string().optional(),
};

export type SprocketSettings = ReturnType<typeof parseSprocketSettings>;

/** The settings of this shell. Throws `ConfigError`. */
export function parseSprocketSettings(environment: Environment) {
  return parseSettings(z.object({ ...cliSettings, ...sprocketSettings, ...systemSettings }), environment);
}
