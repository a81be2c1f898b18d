import { Problem } from './problem';

/** The key of an `Idempotency-Key` header, which is a quoted string (RFC 8941 3.3.3) or, from most clients, a bare one. */
export function idempotencyKeyOf(header: string | undefined): string | null {
  if (header === undefined) return null;
  const key = /^"(.*)"$/.exec(header)?.[1] ?? header;
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new Problem(422, 'IdempotencyKeyInvalid', 'Idempotency-Key must be 1 to 255 visible ASCII characters.');
  }
  return key;
}

/** The key came with another request before. */
export function idempotencyKeyReused(): Problem {
  return new Problem(422, 'IdempotencyKeyReused', 'This Idempotency-Key belongs to another request; use a new one.');
}
