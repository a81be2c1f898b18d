import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../../settings/config-error';
import { apiAddress } from './api-address';
import type { SprocketSettings } from './sprocket-settings';

const OTHERS_MAY = 0o077;

const configSchema = z.strictObject({ url: apiAddress, api_key: z.string().min(1).optional() });

/** An address with the key that belongs to it. */
export interface KnownApi {
  url: string;
  apiKey: string | null;
}

/** `~/.config/sprocket/config.json` (XDG Base Directory 0.8). */
export function configFile({ HOME, XDG_CONFIG_HOME }: Pick<SprocketSettings, 'HOME' | 'XDG_CONFIG_HOME'>): string {
  return join(XDG_CONFIG_HOME ?? join(HOME ?? homedir(), '.config'), 'sprocket', 'config.json');
}

/** The API of the configuration file, or null where there is none. Throws {@link ConfigError} when others can read it, or it does not parse. */
export function readConfigFile(path: string): KnownApi | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return null;
  if ((stats.mode & OTHERS_MAY) !== 0)
    throw new ConfigError('The configuration file holds a key and other users can read it; run: chmod 600 ~/.config/sprocket/config.json');
  const result = configSchema.safeParse(jsonOf(readFileSync(path, 'utf8')));
  if (!result.success)
    throw new ConfigError('The configuration file is not usable; it is {"url": "https://...", "api_key": "spk_..."} and nothing else.');
  return { url: result.data.url, apiKey: result.data.api_key ?? null };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
