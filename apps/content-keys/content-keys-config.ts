import { z } from 'zod';
import { contentKeySettings, contentKeySourcesOf } from '../settings/content-key-settings';
import { dependencySettings } from '../settings/dependency-settings';
import { parseSettings, type Environment } from '../settings/parse-settings';

/** The settings of the program for keys: the database and where keys come from. Throws `ConfigError`. */
export function parseContentKeysConfig(environment: Environment) {
  const values = parseSettings(z.object({ MYSQL_URL: dependencySettings.MYSQL_URL, ...contentKeySettings }), environment);
  return { database: { url: values.MYSQL_URL }, contentKeys: contentKeySourcesOf(values, environment) };
}
