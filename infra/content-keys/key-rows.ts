import { randomBytes, randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import { z } from 'zod';
import { Failure } from '../../temporal/contract/failures';
import { DRM_SCHEMES, KEY_LABELS, type DrmScheme, type KeyLabel } from '../../temporal/contract/media/protection';
import { database, type Database } from '../database/database';
import type { ContentKeysTable } from '../database/schema';

/** A row of `content_keys` without its time. */
export type KeyRow = Omit<Selectable<ContentKeysTable>, 'createdAt'>;

/** Whose keys: those of a video that one provider makes for one scheme. */
export interface KeyOwner {
  videoId: string;
  provider: string;
  scheme: DrmScheme;
}

/** What is made of a key before it is stored. */
export type NewKey = Pick<KeyRow, 'kid' | 'iv' | 'wrappedKey' | 'masterKeyId'>;

/** Keys by what they are wrapped with; null: by a key server. */
export interface KeyCount {
  provider: string;
  masterKeyId: string | null;
  keys: number;
}

const hex16 = z.string().regex(/^[0-9a-f]{32}$/);

const rowSchema = z.object({
  videoId: z.string(),
  provider: z.string(),
  scheme: z.enum(DRM_SCHEMES),
  label: z.enum(KEY_LABELS),
  kid: hex16,
  iv: hex16,
  wrappedKey: z.instanceof(Buffer).nullable(),
  masterKeyId: z.string().nullable(),
});

/** A random id of a key (ISO/IEC 23001-7, 7.2: a UUID of version 4 suits) and a random constant IV of 16 bytes, both as 32 hex digits. */
export function newKeyId(): Pick<NewKey, 'kid' | 'iv'> {
  return { kid: randomUUID().replaceAll('-', ''), iv: randomBytes(16).toString('hex') };
}

/** Reads and writes `content_keys`. All methods throw `DatabaseUnavailable`, and `KeyProviderDenied` for a row that is damaged. */
export class KeyRows {
  constructor(private readonly db: Database) {}

  /** One row for each label, in their order. `make` makes those that are not there; where another process was faster, its rows hold. */
  async ensure(owner: KeyOwner, labels: readonly KeyLabel[], make: (label: KeyLabel) => NewKey): Promise<KeyRow[]> {
    const known = await this.find(owner, labels);
    const missing = labels.filter((label) => !known.has(label));
    if (missing.length > 0) {
      const createdAt = new Date();
      const rows = missing.map((label) => ({ ...owner, label, ...make(label), createdAt }));
      await database(() => this.db.insertInto('contentKeys').ignore().values(rows).execute());
    }
    const rows = missing.length > 0 ? await this.find(owner, labels) : known;
    return labels.map((label) => rows.get(label) ?? refuse('The database did not keep the content keys of the video.'));
  }

  /** Wrapped keys that another master key than this one wrapped, in the order of their ids and after `afterKid`. */
  async wrappedByOthers(masterKeyId: string, { afterKid, limit }: { afterKid: string; limit: number }): Promise<KeyRow[]> {
    const rows = await database(() =>
      this.db
        .selectFrom('contentKeys')
        .selectAll()
        .where('masterKeyId', '!=', masterKeyId)
        .where('kid', '>', afterKid)
        .orderBy('kid')
        .limit(limit)
        .execute(),
    );
    return rows;
  }

  /** Stores a key wrapped anew, unless another process has done it meanwhile. */
  async rewrap(row: KeyRow, { wrappedKey, masterKeyId }: Pick<NewKey, 'wrappedKey' | 'masterKeyId'>): Promise<void> {
    await database(() =>
      this.db
        .updateTable('contentKeys')
        .set({ wrappedKey, masterKeyId })
        .where('kid', '=', row.kid)
        .where('masterKeyId', '=', row.masterKeyId)
        .where('wrappedKey', '=', row.wrappedKey)
        .execute(),
    );
  }

  async count(): Promise<KeyCount[]> {
    const rows = await database(() =>
      this.db
        .selectFrom('contentKeys')
        .select(['provider', 'masterKeyId', sql<number>`count(*)`.as('keys')])
        .groupBy(['provider', 'masterKeyId'])
        .orderBy('provider')
        .orderBy('masterKeyId')
        .execute(),
    );
    return rows.map(({ keys, ...row }) => ({ ...row, keys: Number(keys) }));
  }

  private async find({ videoId, provider, scheme }: KeyOwner, labels: readonly KeyLabel[]): Promise<Map<KeyLabel, KeyRow>> {
    const rows = await database(() =>
      this.db
        .selectFrom('contentKeys')
        .selectAll()
        .where('videoId', '=', videoId)
        .where('provider', '=', provider)
        .where('scheme', '=', scheme)
        .where('label', 'in', [...labels])
        .execute(),
    );
    return new Map(rows.map((row) => [row.label, sound(row)]));
  }
}

/** A column that was changed by hand must neither end in a manifest nor in an argument of a tool. */
function sound(row: object): KeyRow {
  const { success, data } = rowSchema.safeParse(row);
  return success ? data : refuse('A stored content key of the video is damaged: restore the table content_keys from a backup.');
}

function refuse(sentence: string): never {
  throw new Failure('KeyProviderDenied', sentence);
}
