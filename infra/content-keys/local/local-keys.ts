import { randomBytes } from 'node:crypto';
import { Failure } from '../../../temporal/contract/failures';
import { LOCAL_KEY_PROVIDER, type KeyLabel } from '../../../temporal/contract/media/protection';
import { contentKey, type ContentKey, type KeyProvider, type KeyQuery } from '../content-keys';
import { newKeyId, type KeyOwner, type KeyRow, type KeyRows, type NewKey } from '../key-rows';
import type { MasterKeys } from './master-keys';
import { unwrapKey, wrapKey } from './wrap-key';

/** AES-128 (ISO/IEC 23001-7). */
const KEY_BYTES = 16;

/** Makes random content keys and keeps them in the database, wrapped with the current master key. */
export class LocalKeys implements KeyProvider {
  readonly problem = null;

  constructor(
    private readonly rows: KeyRows,
    private readonly masterKeys: MasterKeys,
  ) {}

  async keysOf({ videoId, scheme, labels }: KeyQuery): Promise<ContentKey[]> {
    const owner = { videoId, provider: LOCAL_KEY_PROVIDER, scheme };
    const rows = await this.rows.ensure(owner, labels, (label) => newKey(owner, label, this.masterKeys));
    return rows.map((row) => {
      const { label, kid, iv } = row;
      return contentKey({ label, kid, iv, key: openKey(row, this.masterKeys).toString('hex'), signalling: null });
    });
  }

  async countLost(): Promise<number> {
    const counts = await this.rows.count();
    const isLost = (id: string | null) => id !== null && !this.masterKeys.byId.has(id);
    return counts.reduce((sum, { masterKeyId, keys }) => sum + (isLost(masterKeyId) ? keys : 0), 0);
  }
}

function newKey(owner: KeyOwner, label: KeyLabel, { current }: MasterKeys): NewKey {
  const id = newKeyId();
  return { ...id, wrappedKey: wrapKey(randomBytes(KEY_BYTES), current.key, { ...owner, label, ...id }), masterKeyId: current.id };
}

/** The stored key. Throws `Failure` `KeyProviderDenied` when its master key is not at hand or the row was changed. */
export function openKey(row: KeyRow, masterKeys: MasterKeys): Buffer {
  const { wrappedKey, masterKeyId } = row;
  const masterKey = masterKeys.byId.get(masterKeyId ?? '');
  const named = masterKeyId === null ? 'a master key that is not known' : `the master key ${masterKeyId}`;
  if (!masterKey) throw denied(`A content key is wrapped with ${named}, which this installation does not have.`);
  const key = wrappedKey && unwrapKey(wrappedKey, masterKey.key, row);
  if (key?.length !== KEY_BYTES) throw denied('A stored content key does not open: restore the table content_keys from a backup.');
  return key;
}

function denied(sentence: string): Failure {
  return new Failure('KeyProviderDenied', sentence);
}
