import { Failure } from '../../../temporal/contract/failures';
import type { KeyRow, KeyRows } from '../key-rows';
import { openKey } from './local-keys';
import type { MasterKeys } from './master-keys';
import { wrapKey } from './wrap-key';

const PAGE_ROWS = 200;

export interface Rotation {
  rewrapped: number;
  /** Their master key is not at hand, or they are damaged; they stay as they are. */
  unopened: number;
}

/**
 * Wraps every stored key with the current master key that another one wraps, row by row: it can be stopped at any moment, run again, and
 * run twice at once. Throws `DatabaseUnavailable`.
 */
export async function rotateMaster(rows: KeyRows, masterKeys: MasterKeys, onProgress: (so: Rotation) => void): Promise<Rotation> {
  const rotation = { rewrapped: 0, unopened: 0 };
  let afterKid = '';
  for (;;) {
    const page = await rows.wrappedByOthers(masterKeys.current.id, { afterKid, limit: PAGE_ROWS });
    for (const row of page) rotation[(await rewrap(rows, row, masterKeys)) ? 'rewrapped' : 'unopened'] += 1;
    const last = page.at(-1);
    if (!last) return rotation;
    afterKid = last.kid;
    onProgress({ ...rotation });
  }
}

/** One statement, which the database does whole or not at all. */
async function rewrap(rows: KeyRows, row: KeyRow, masterKeys: MasterKeys): Promise<boolean> {
  const { current } = masterKeys;
  try {
    await rows.rewrap(row, { wrappedKey: wrapKey(openKey(row, masterKeys), current.key, row), masterKeyId: current.id });
    return true;
  } catch (error) {
    if (error instanceof Failure && error.type === 'KeyProviderDenied') return false;
    throw error;
  }
}
