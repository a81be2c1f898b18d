import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createApiKey } from '../../api-keys/api-key';
import type { StackHome } from './stack-home';

const credentialsSchema = z.object({
  mysqlPassword: z.string(),
  s3AccessKeyId: z.string(),
  s3SecretAccessKey: z.string(),
});

/** Secrets of one embedded stack, made once and readable by their owner only. */
export type Credentials = z.infer<typeof credentialsSchema>;

/** The credentials of the stack, generated on the first call. */
export function openCredentials(home: StackHome): Credentials {
  return openCredentialsFile(home.credentialsFile);
}

/** The credentials of workers on other machines, generated on the first call. Once their folder is deleted, the next start makes others. */
export function openFleetCredentials(home: StackHome): Credentials {
  mkdirSync(home.fleetFolder, { recursive: true, mode: 0o700 });
  return openCredentialsFile(join(home.fleetFolder, 'credentials.json'));
}

function openCredentialsFile(file: string): Credentials {
  if (existsSync(file)) {
    return credentialsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  }
  const credentials = {
    mysqlPassword: randomBytes(18).toString('hex'),
    s3AccessKeyId: randomBytes(10).toString('hex'),
    s3SecretAccessKey: randomBytes(20).toString('hex'),
  };
  writeFileSync(file, JSON.stringify(credentials, null, 2), { mode: 0o600 });
  return credentials;
}

/** The API key of the stack's operator, with every scope: generated on the first call. One that was deleted is replaced at the next start. */
export function openApiKey(home: StackHome): string {
  return openSecret(home.apiKeyFile, () => createApiKey().key);
}

/** What signs playback tokens, generated on the first call. Without it, addresses that were given out end. */
export function openPlaybackSecret(home: StackHome): string {
  return openSecret(home.playbackSecretFile, () => randomBytes(32).toString('hex'));
}

function openSecret(file: string, make: () => string): string {
  if (!existsSync(file)) writeFileSync(file, `${make()}\n`, { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/**
 * Makes the master key of content keys (`DRM_MASTER_KEY_FILE`) at the first start. One that is there is never replaced, and one that is gone
 * is not made again: another would not open the keys that are stored. Returns false where it is gone.
 */
export function ensureMasterKey(home: StackHome): boolean {
  const mark = `${home.masterKeyFile}.made`;
  const isThere = existsSync(home.masterKeyFile);
  if (!isThere && existsSync(mark)) return false;
  if (!isThere) writeFileSync(home.masterKeyFile, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  writeFileSync(mark, '', { mode: 0o600 });
  return true;
}
