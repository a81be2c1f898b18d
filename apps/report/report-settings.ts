import { z } from 'zod';
import { dependencySettings } from '../settings/dependency-settings';
import { parseSettings, type Environment } from '../settings/parse-settings';
import { usageRatesOf, usageSettings } from '../settings/usage-settings';

/** The settings of the report: the database and the rates. Throws `ConfigError`. */
export function parseReportConfig(environment: Environment) {
  const values = parseSettings(z.object({ MYSQL_URL: dependencySettings.MYSQL_URL, ...usageSettings }), environment);
  return { database: { url: values.MYSQL_URL }, rates: usageRatesOf(values) };
}
