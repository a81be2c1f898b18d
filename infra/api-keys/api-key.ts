import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

const PREFIX_ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const PREFIX_CHARS = 8;
const SECRET_BYTES = 32;
/** `spk_`, a public part that finds the row, and the secret in base64url (RFC 4648 5). */
const FORMAT = /^spk_([a-z0-9]{8})_[A-Za-z0-9_-]{43}$/;

export interface NewApiKey {
  /** Shown once; only its hash is stored. */
  key: string;
  /** Public: names the key in lists and finds its row. */
  prefix: string;
  sha256: string;
}

/** A new key of 256 random bits. */
export function createApiKey(): NewApiKey {
  const prefix = Array.from({ length: PREFIX_CHARS }, () => PREFIX_ALPHABET[randomInt(PREFIX_ALPHABET.length)]).join('');
  const key = `spk_${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { key, prefix, sha256: hashApiKey(key) };
}

/** The public part of a key; null for a text that cannot be one. */
export function apiKeyPrefix(key: string): string | null {
  return FORMAT.exec(key)?.[1] ?? null;
}

/** SHA-256 in hex. A slow hash protects guessable secrets; 256 random bits are none (NIST SP 800-63B 5.1.2.2 on look-up secrets). */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Compares two hashes in a time that tells nothing about them. */
export function isSameHash(some: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(some, 'hex'), Buffer.from(other, 'hex'));
}
