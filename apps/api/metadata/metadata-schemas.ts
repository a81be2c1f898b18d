import { z } from 'zod';

const MOST_PAIRS = 50;
const VALUE_MAX_CHARS = 512;
/** Each is one more lookup in the index of pairs. */
const MOST_SEARCHED_PAIRS = 5;

const metadataKey = z.string().regex(/^[a-z0-9_.-]{1,64}$/, { error: 'has 1 to 64 small letters, digits, dots, _ or -' });
/** Half a surrogate pair has no UTF-8. */
const metadataValue = z
  .string()
  .max(VALUE_MAX_CHARS)
  .refine((value) => !/\p{Cs}/u.test(value), { error: 'has half a character' });

const KEY_FAULT = 'is no key: keys have 1 to 64 small letters, digits, dots, _ or -';

/** The fault of a key is told in words; those of values have their own. */
const pairsOf = <Value extends z.ZodType>(value: Value) =>
  z.record(metadataKey, value, { error: ({ code }) => (code === 'invalid_key' ? KEY_FAULT : undefined) });

/** Pairs of an upload, as they are sent and shown. */
export const metadataPairs = pairsOf(metadataValue)
  .refine((pairs) => Object.keys(pairs).length <= MOST_PAIRS, { error: `has more than ${MOST_PAIRS} pairs` })
  .describe(`Pairs of texts for your own use, ${MOST_PAIRS} at most; GET /videos?metadata.KEY=VALUE finds them`);

/** The same in an answer. */
export const metadataView = z.record(z.string(), z.string());

/** A merge patch (RFC 7396): keys that are left out stay, and null removes one. */
export const metadataChange = pairsOf(metadataValue.nullable())
  .refine((pairs) => Object.keys(pairs).length <= 2 * MOST_PAIRS, { error: `names more than ${2 * MOST_PAIRS} pairs` })
  .describe('Keys that are left out stay; null removes one');

/** What a list may ask for: pairs that videos have, all of them. */
export const metadataSearch = pairsOf(metadataValue).refine((pairs) => Object.keys(pairs).length <= MOST_SEARCHED_PAIRS, {
  error: `asks for more than ${MOST_SEARCHED_PAIRS} pairs`,
});

/** The pairs after a change; null where there are too many then. */
export function changedMetadata(
  pairs: Readonly<Record<string, string>>,
  change: z.infer<typeof metadataChange>,
): Record<string, string> | null {
  const merged = Object.entries({ ...pairs, ...change }).filter((pair): pair is [string, string] => pair[1] !== null);
  return merged.length <= MOST_PAIRS ? Object.fromEntries(merged) : null;
}
