import { apiKeyPrefix, createApiKey, hashApiKey, isSameHash } from './api-key';
import { allows, isEscalating } from './scopes';

it('makes keys that name their row and differ', () => {
  const [first, second] = [createApiKey(), createApiKey()];
  expect(first.key).toMatch(/^spk_[a-z0-9]{8}_[A-Za-z0-9_-]{43}$/);
  expect(apiKeyPrefix(first.key)).toBe(first.prefix);
  expect(first.sha256).toBe(hashApiKey(first.key));
  expect(first.key).not.toBe(second.key);
  expect(isSameHash(first.sha256, hashApiKey(first.key))).toBe(true);
  expect(isSameHash(first.sha256, second.sha256)).toBe(false);
});

it.each(['', 'spk_', 'key-of-ann', `spk_ABCDEFGH_${'a'.repeat(43)}`, `spk_abcdefgh_${'a'.repeat(42)}`, `spk_abcdefgh_${'a'.repeat(44)}`])(
  'looks for no row of %j',
  (text) => expect(apiKeyPrefix(text)).toBeNull(),
);

it('lets admin do everything, and other scopes what they name', () => {
  expect(allows(['admin'], ['operate'])).toBe(true);
  expect(allows(['moderate'], ['videos:read', 'moderate'])).toBe(true);
  expect(allows(['videos:write'], ['videos:read'])).toBe(false);
  expect(allows([], ['videos:read'])).toBe(false);
});

it('knows which key could make itself a larger one', () => {
  expect(isEscalating({ scopes: ['admin'], creatorId: 'ann' })).toBe(true);
  expect(isEscalating({ scopes: ['admin'], creatorId: null })).toBe(false);
  expect(isEscalating({ scopes: ['videos:write'], creatorId: 'ann' })).toBe(false);
});
