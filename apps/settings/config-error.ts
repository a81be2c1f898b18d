/** The environment cannot be used. The message names variables and never shows their values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
