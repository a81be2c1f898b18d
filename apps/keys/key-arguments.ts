import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { ApiKeyRequest } from '../../infra/api-keys/api-keys-repository';
import { isEscalating, SCOPES } from '../../infra/api-keys/scopes';
import { DAY_MS } from '../../temporal/contract/units';
import { ConfigError } from '../settings/config-error';

export const USAGE = `Usage: npm run keys -- create --name NAME --scopes SCOPE[,SCOPE] [--creator ID] [--expires-days N]
       npm run keys -- list
       npm run keys -- revoke KEY_ID
Scopes: ${SCOPES.join(', ')}. A key without --creator covers the videos of every creator.`;

type KeyCommand = { name: 'create'; request: ApiKeyRequest } | { name: 'list' } | { name: 'revoke'; keyId: string };

const createOptions = z
  .object({
    name: z.string().trim().min(1, 'names what the key is for').max(100),
    scopes: z
      .string()
      .transform((text) => [...new Set(text.split(','))])
      .pipe(z.array(z.enum(SCOPES))),
    creator: z
      .string()
      .regex(/^[A-Za-z0-9_.@-]{1,64}$/, 'has 1 to 64 letters, digits, dots, @, _ or -')
      .optional(),
    'expires-days': z.coerce.number().positive().max(36_500).optional(),
  })
  .refine(({ scopes, creator }) => !isEscalating({ scopes, creatorId: creator ?? null }), {
    path: ['scopes'],
    error: 'admin sees the videos of all creators; leave --creator out, or admin',
  });

/** What was typed. `now` is what days count from. Throws `ConfigError` with a sentence and the usage. */
export function parseKeyCommand(args: readonly string[], now: Date): KeyCommand {
  const [name, ...rest] = args;
  const [first, ...others] = rest;
  if (name === 'list' && first === undefined) return { name };
  if (name === 'revoke' && first !== undefined && others.length === 0) return { name, keyId: first };
  if (name !== 'create') throw new ConfigError(USAGE);
  const result = createOptions.safeParse(createValues(rest));
  if (!result.success) {
    const lines = result.error.issues.map(({ path, message }) => `--${path[0] as string}: ${message}`);
    throw new ConfigError(`${lines.join('\n')}\n${USAGE}`);
  }
  const { name: keyName, scopes, creator, 'expires-days': days } = result.data;
  const expiresAt = days === undefined ? null : new Date(now.getTime() + days * DAY_MS);
  return { name, request: { name: keyName, scopes, creatorId: creator ?? null, expiresAt } };
}

function createValues(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args, options: { name: text, scopes: text, creator: text, 'expires-days': text } }).values;
  } catch (error) {
    throw new ConfigError(USAGE, { cause: error });
  }
}
