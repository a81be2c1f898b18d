import { ConfigError } from '../../settings/config-error';
import { ADDRESS_RULE, apiAddress } from './api-address';
import type { KnownApi } from './config-file';

/** Where addresses and keys can come from. */
export interface ApiSources {
  /** `--url`. */
  flag: string | undefined;
  environment: { url: string | undefined; apiKey: string | undefined };
  /** The configuration file. */
  file: KnownApi | null;
  /** The embedded stack of this machine. */
  stack: KnownApi | null;
}

/**
 * The API of a command: `--url`, then SPROCKET_URL, the configuration file, the embedded stack. A key goes only to the address that it
 * belongs to, unless SPROCKET_API_KEY says another. Throws {@link ConfigError} when there is no address,
 * and for a flag that is none.
 */
export function chooseApi({ flag, environment, file, stack }: ApiSources): KnownApi {
  if (flag !== undefined && !apiAddress.safeParse(flag).success) throw new ConfigError(`--url ${ADDRESS_RULE}.`);
  const url = flag ?? environment.url ?? file?.url ?? stack?.url;
  if (url === undefined)
    throw new ConfigError('There is no address of an API. Set SPROCKET_URL, pass --url, or start the embedded stack with "npm run up".');
  const owner = [file, stack].find((known) => known !== null && isSame(known.url, url));
  return { url, apiKey: environment.apiKey ?? owner?.apiKey ?? null };
}

function isSame(a: string, b: string): boolean {
  return new URL(a).href === new URL(b).href;
}
