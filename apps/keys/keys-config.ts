import { z } from 'zod';
import { parseSettings, type Environment } from '../settings/parse-settings';
import { mysqlOf, mysqlSettings } from '../settings/services/mysql-settings';

/** The settings of the program for API keys: the database and nothing else. Throws `ConfigError`. */
export function parseKeysConfig(environment: Environment) {
  return { database: mysqlOf(parseSettings(z.object(mysqlSettings), environment)) };
}
