import { z } from 'zod';
import { parseSettings, type Environment } from '../settings/parse-settings';
import { temporalOf, temporalSettings } from '../settings/services/temporal-settings';

/** The settings of the program that sets Temporal up: where it is, and nothing else. Throws `ConfigError`. */
export function parseSetupTemporalConfig(environment: Environment) {
  return { temporal: temporalOf(parseSettings(z.object(temporalSettings), environment), environment) };
}
