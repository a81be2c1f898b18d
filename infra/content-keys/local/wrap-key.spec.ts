import { createSecretKey, randomBytes } from 'node:crypto';
import { unwrapKey, wrapKey, type KeyBinding } from './wrap-key';

const MASTER = createSecretKey(randomBytes(32));
const KEY = Buffer.from('feedfacefeedfacefeedfacefeedface', 'hex');
const BINDING: KeyBinding = { videoId: 'v1', provider: 'local', scheme: 'cbcs', label: 'HD', kid: 'a'.repeat(32), iv: 'b'.repeat(32) };

it('opens what it has wrapped, and wraps the same key in another way each time', () => {
  const wrapped = wrapKey(KEY, MASTER, BINDING);
  expect(unwrapKey(wrapped, MASTER, BINDING)).toEqual(KEY);
  expect(wrapped.includes(KEY)).toBe(false);
  expect(wrapKey(KEY, MASTER, BINDING)).not.toEqual(wrapped);
});

it.each<[string, Partial<KeyBinding>]>([
  ['video', { videoId: 'v2' }],
  ['provider', { provider: 'other' }],
  ['scheme', { scheme: 'cenc' }],
  ['label', { label: 'SD' }],
  ['key id', { kid: 'c'.repeat(32) }],
  ['IV', { iv: 'c'.repeat(32) }],
])('does not open in the row of another %s', (_, other) => {
  expect(unwrapKey(wrapKey(KEY, MASTER, BINDING), MASTER, { ...BINDING, ...other })).toBeNull();
});

it('does not open with another master key, nor after any byte was changed or cut', () => {
  const wrapped = wrapKey(KEY, MASTER, BINDING);
  expect(unwrapKey(wrapped, createSecretKey(randomBytes(32)), BINDING)).toBeNull();
  for (let at = 0; at < wrapped.length; at++) {
    const changed = Buffer.from(wrapped);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(unwrapKey(changed, MASTER, BINDING)).toBeNull();
    expect(unwrapKey(wrapped.subarray(0, at), MASTER, BINDING)).toBeNull();
  }
});
