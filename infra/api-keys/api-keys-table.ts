/** `api_keys`: hashes of keys, which are random enough to be found by their public part. */
export interface ApiKeysTable {
  keyId: string;
  /** The public part of the key. */
  prefix: string;
  secretSha256: string;
  name: string;
  /** Names with blanks between. */
  scopes: string;
  /** Null for a key that sees the videos of every creator. */
  creatorId: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}
