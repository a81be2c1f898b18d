import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { LOCAL_KEY_PROVIDER } from '../../temporal/contract/media/protection';
import { Secret } from './secret';
import { parseSettingsFile } from './settings-file';

const TIMEOUT_SECONDS = 10;
/** Set by the client itself; another value would make requests that no server takes. */
const OWN_HEADERS = ['content-type', 'content-length', 'host', 'x-speke-version', 'connection', 'transfer-encoding'];
const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

const absolutePath = z.string().refine(isAbsolute, 'must be an absolute path');

const headerSchema = z.union(
  [
    z.string().transform((value) => ({ value: new Secret(value) })),
    z.strictObject({ env: z.string().regex(/^[A-Z_][A-Z0-9_]*$/i, 'must be the name of a variable') }),
    z.strictObject({ file: absolutePath }),
  ],
  { error: 'must be text, { env: NAME } or { file: /path }' },
);

const headerName = z
  .string()
  .regex(/^[\w!#$%&'*+.^`|~-]+$/, { error: 'is no name of a header' })
  .refine((name) => !OWN_HEADERS.includes(name.toLowerCase()), { error: 'is a header that the client sets itself' });

const providerSchema = z
  .strictObject({
    url: z.url({ protocol: /^https?$/, error: 'must be a URL of https' }).refine((url) => new URL(url).username === '', {
      error: 'must not hold credentials: put them into a header',
    }),
    speke_version: z.enum(['2.0', '2.1']).default('2.0'),
    timeout_seconds: z.number().positive().max(60).default(TIMEOUT_SECONDS),
    headers: z.record(headerName, headerSchema).default({}),
    encrypted_delivery: z.strictObject({ private_key_file: absolutePath, certificate_file: absolutePath }).optional(),
  })
  .refine(({ url }) => url.startsWith('https:') || LOOPBACK.includes(new URL(url).hostname), {
    path: ['url'],
    error: 'must be a URL of https unless it is of this machine',
  });

const providerName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}$/, { error: 'a name has small letters, digits and hyphens, 32 at most' })
  .refine((name) => name !== LOCAL_KEY_PROVIDER, { error: `"${LOCAL_KEY_PROVIDER}" is the provider that needs no server` });

const fileSchema = z.strictObject({ key_providers: z.record(providerName, providerSchema) });

/** The key servers of a YAML or JSON file. Throws `ConfigError` with the line of each mistake, and no value of a header. */
export function parseKeyProviders(text: string, fileName: string) {
  const file = parseSettingsFile(text, fileSchema, `KEY_PROVIDERS_FILE: the key providers in ${fileName}`);
  return Object.entries(file.key_providers).map(([name, provider]) => ({
    ...{ name, url: provider.url, spekeVersion: provider.speke_version, headers: provider.headers },
    timeoutMs: provider.timeout_seconds * 1000,
    encryptedDelivery: provider.encrypted_delivery
      ? { privateKeyFile: provider.encrypted_delivery.private_key_file, certificateFile: provider.encrypted_delivery.certificate_file }
      : null,
  }));
}
