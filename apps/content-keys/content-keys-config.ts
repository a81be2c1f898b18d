import { z } from 'zod';
import { contentKeySettings, contentKeySourcesOf } from '../settings/content-key-settings';
import { mysqlOf, mysqlSettings } from '../settings/services/mysql-settings';
import { parseSettings, type Environment } from '../settings/parse-settings';

/** The settings of the program for keys: the database and where keys come from. Throws `ConfigError`. */
export function parseContentKeysConfig(environment: Environment) {
  const values = parseSettings(z.object({ ...mysqlSettings, ...contentKeySettings }), environment);
  return { database: mysqlOf(values), contentKeys: contentKeySourcesOf(values, environment) };
}
