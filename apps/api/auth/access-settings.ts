import { z } from 'zod';
import { Secret } from '../../settings/secret';
import { listed } from '../../settings/setting-types';

/** Shorter keys could be guessed. */
const KEY_MIN_CHARS = 8;
const ADMIN_KEY_MIN_CHARS = 32;

/** Variables that say who may call the API. */
export const accessSettings = {
  API_ADMIN_KEY: z
    .string()
    .regex(/^\S+$/)
    .min(ADMIN_KEY_MIN_CHARS, `must have ${ADMIN_KEY_MIN_CHARS} characters or more, without blanks`)
    .transform((text) => new Secret(text))
    .optional()
    .meta({
      description: 'A key with scope admin beside those that npm run keys makes, to start with; 32 characters or more. See docs/access.md.',
    }),
  API_KEYS: z.string().transform(parseApiKeys).prefault('').meta({
    description:
      'key:creator pairs of earlier installations with commas between, with every scope but admin over the videos of their creator.',
  }),
  API_ANONYMOUS: z.enum(['on', 'off']).default('off').meta({
    description: 'on: callers without a key may do everything; on a loopback address only.',
  }),
};

interface AccessValues {
  API_ADMIN_KEY?: Secret | undefined;
  API_KEYS: ReadonlyMap<string, string>;
  API_ANONYMOUS: 'on' | 'off';
}

/** Who may call the API beside the holders of stored keys. */
export function accessOf(values: AccessValues) {
  return {
    adminKey: values.API_ADMIN_KEY ?? null,
    /** Creator of each key. */
    creatorKeys: values.API_KEYS,
    /** Whether every caller may do everything. */
    isAnonymous: values.API_ANONYMOUS === 'on',
  };
}

/** Without keys the API is open to all who reach it, so that must be this machine alone. */
export function refuseOpenAccess(values: { API_ANONYMOUS?: string; API_HOST?: string }, context: z.RefinementCtx): void {
  if (values.API_ANONYMOUS !== 'on' || values.API_HOST === undefined || isLoopback(values.API_HOST)) return;
  const message = 'must be off unless API_HOST is a loopback address; make keys with "npm run keys -- create"';
  context.addIssue({ code: 'custom', path: ['API_ANONYMOUS'], message });
}

/** RFC 1122 3.2.1.3 and RFC 4291 2.5.3. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/** "key:creator,key2:creator2". */
function parseApiKeys(text: string, context: z.RefinementCtx): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const entry of listed(text)) {
    // A creator is a fairness key, at most 64 bytes.
    const match = /^([^:\s]{8,}):([\w.@-]{1,64})$/.exec(entry);
    if (!match) {
      const message = `must be key:creator pairs with commas between, keys of ${KEY_MIN_CHARS} characters or more`;
      context.addIssue({ code: 'custom', message });
    } else keys.set(match[1]!, match[2]!);
  }
  return keys;
}
