import { LOCAL_KEY_PROVIDER } from '../../temporal/contract/media/protection';
import type { Database } from '../database/database';
import { ContentKeys, UnusableKeys, type KeyProvider } from './content-keys';
import { CpixKeys } from './cpix/cpix-keys';
import { openKeyServer, type KeyServerSettings } from './cpix/key-server';
import { KeyRows } from './key-rows';
import { LocalKeys } from './local/local-keys';
import { readMasterKeys, type MasterKeySources } from './local/master-keys';

/** Where the content keys of an installation come from. */
export interface ContentKeySources {
  masterKeys: MasterKeySources;
  servers: readonly KeyServerSettings[];
  /** A variable of the environment. */
  variable: (name: string) => string | undefined;
}

/** The key providers of an installation. One that is not set up is told to `warn`, and denies the keys that it is asked for. */
export function openContentKeys(db: Database, sources: ContentKeySources, warn: (message: string) => void): ContentKeys {
  const rows = new KeyRows(db);
  const providers = new Map<string, KeyProvider>([[LOCAL_KEY_PROVIDER, localKeys(rows, sources.masterKeys)]]);
  for (const server of sources.servers) providers.set(server.name, serverKeys(rows, server, sources));
  const contentKeys = new ContentKeys(providers);
  for (const { provider, problem } of contentKeys.problems()) {
    if (problem !== null) warn(`videos protected with keys of "${provider}" cannot be made or played: ${problem}`);
  }
  return contentKeys;
}

function localKeys(rows: KeyRows, sources: MasterKeySources): KeyProvider {
  const read = readMasterKeys(sources);
  return 'keys' in read ? new LocalKeys(rows, read.keys) : new UnusableKeys(read.problem);
}

function serverKeys(rows: KeyRows, settings: KeyServerSettings, { variable }: ContentKeySources): KeyProvider {
  const opened = openKeyServer(settings, variable);
  return 'server' in opened ? new CpixKeys(rows, opened.server) : new UnusableKeys(opened.problem);
}
