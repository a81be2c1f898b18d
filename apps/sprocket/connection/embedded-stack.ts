import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEndpoints } from '../../../infra/stack/home/endpoints';
import { defaultHomeFolder, openStackHome } from '../../../infra/stack/home/stack-home';
import type { KnownApi } from './config-file';

/** The API of the embedded stack of this machine with its operator's key, or null where there is none. Makes nothing. */
export function embeddedStack(homeFolder: string = defaultHomeFolder()): KnownApi | null {
  if (!existsSync(join(homeFolder, 'endpoints.json'))) return null;
  const home = openStackHome(homeFolder);
  const url = readEndpoints(home)?.api_url;
  if (url === undefined) return null;
  return { url, apiKey: existsSync(home.apiKeyFile) ? readFileSync(home.apiKeyFile, 'utf8').trim() : null };
}
