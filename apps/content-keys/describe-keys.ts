import type { KeyCount } from '../../infra/content-keys/key-rows';
import type { MasterKeys } from '../../infra/content-keys/local/master-keys';

/** What is stored of keys, and whether all of it can be used. */
export interface KeysDescription {
  lines: string[];
  /** Some keys are wrapped with a master key that is not at hand, or there is none for those that are stored. */
  isSound: boolean;
}

/** Counts by master key. `masterKeys` are those at hand; null when there are none. */
export function describeKeys(counts: readonly KeyCount[], masterKeys: MasterKeys | null): KeysDescription {
  const rows = counts.map(({ provider, masterKeyId, keys }) => [provider, String(keys), ...wrapping(masterKeyId, masterKeys)]);
  const isMissing = (id: string | null) => id !== null && !masterKeys?.byId.has(id);
  return {
    lines: [['provider', 'keys', 'master key', ''], ...rows].map(([provider = '', keys = '', ...words]) =>
      `${provider.padEnd(16)}${keys.padStart(8)}  ${words.filter(Boolean).join('  ')}`.trimEnd(),
    ),
    isSound: !counts.some(({ masterKeyId }) => isMissing(masterKeyId)),
  };
}

function wrapping(id: string | null, masterKeys: MasterKeys | null): [string, string] {
  if (id === null) return ['-', 'kept by its key server'];
  if (id === masterKeys?.current.id) return [id, 'the current one'];
  return masterKeys?.byId.has(id) ? [id, 'an older one: rotate-master wraps them anew'] : [id, 'not at hand: these keys cannot be used'];
}
