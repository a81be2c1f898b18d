import { z } from 'zod';
import { parseSettings, type Environment } from '../settings/parse-settings';
import { mysqlOf, mysqlSettings } from '../settings/services/mysql-settings';
import { usageRatesOf, usageSettings } from '../settings/usage-settings';

/** The settings of the report: the database and the rates. Throws `ConfigError`. */
export function parseReportConfig(environment: Environment) {
  const values = parseSettings(z.object({ ...mysqlSettings, ...usageSettings }), environment);
  return { database: mysqlOf(values), rates: usageRatesOf(values) };
}
