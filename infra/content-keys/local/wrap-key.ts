import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';
import type { KeyRow } from '../key-rows';

const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D, 5.2.1.1: 96 bits; random ones are safe for 2^32 keys under one master key (8.3). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a wrapped key is bound to: in another row it does not open. */
export type KeyBinding = Pick<KeyRow, 'videoId' | 'provider' | 'scheme' | 'label' | 'kid' | 'iv'>;

/** Nonce, tag and the encrypted key. */
export function wrapKey(key: Buffer, masterKey: KeyObject, binding: KeyBinding): Buffer {
  return seal(key, masterKey, aadOf(binding));
}

/** The key, or null when it was wrapped with another master key, bound to something else or changed. */
export function unwrapKey(wrapped: Buffer, masterKey: KeyObject, binding: KeyBinding): Buffer | null {
  return unseal(wrapped, masterKey, aadOf(binding));
}

/** Nonce, tag and the encrypted bytes, which open with the same `aad` only. */
export function seal(bytes: Buffer, key: KeyObject, aad: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(aad);
  const encrypted = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]);
}

/** What {@link seal} took, or null when key or `aad` is another one, or a byte has changed. */
export function unseal(wrapped: Buffer, key: KeyObject, aad: Buffer): Buffer | null {
  if (wrapped.length <= NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv(CIPHER, key, wrapped.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(aad)
    .setAuthTag(wrapped.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}

function aadOf({ videoId, provider, scheme, label, kid, iv }: KeyBinding): Buffer {
  return Buffer.from(JSON.stringify(['content-key', videoId, provider, scheme, label, kid, iv]));
}
