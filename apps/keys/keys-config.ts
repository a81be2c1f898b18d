import { z } from 'zod';
import { dependencySettings } from '../settings/dependency-settings';
import { parseSettings, type Environment } from '../settings/parse-settings';

/** The settings of the program for API keys: the database and nothing else. Throws `ConfigError`. */
export function parseKeysConfig(environment: Environment) {
  const values = parseSettings(z.object({ MYSQL_URL: dependencySettings.MYSQL_URL }), environment);
  return { database: { url: values.MYSQL_URL } };
}
