import { z } from 'zod';
import { mysqlOf, mysqlSettings } from '../settings/services/mysql-settings';
import { parseSettings, type Environment } from '../settings/parse-settings';

/** The settings of the migration program: the database and nothing else. Throws `ConfigError`. */
export function parseMigrateConfig(environment: Environment) {
  const { statementTimeoutMs: _, ...database } = mysqlOf(parseSettings(z.object(mysqlSettings), environment));
  // A change of a large table takes longer than any statement of the service.
  return { database };
}
