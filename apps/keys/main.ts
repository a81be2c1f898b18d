import { createApiKey } from '../../infra/api-keys/api-key';
import { ApiKeysRepository, type ApiKeyRequest, type ApiKeyRow } from '../../infra/api-keys/api-keys-repository';
import { createDatabase } from '../../infra/database/database';
import { runProgram } from '../run-program';
import { ConfigError } from '../settings/config-error';
import { visibleText } from '../visible-text';
import { parseKeyCommand, USAGE } from './key-arguments';
import { parseKeysConfig } from './keys-config';

const MOST_LISTED = 1000;

/** Makes, lists and revokes API keys in the database that the API reads. */
async function main(): Promise<void> {
  const command = parseKeyCommand(process.argv.slice(2), new Date());
  const db = createDatabase(parseKeysConfig(process.env).database);
  const keys = new ApiKeysRepository(db);
  try {
    if (command.name === 'create') await create(keys, command.request);
    else if (command.name === 'list') await list(keys);
    else await revoke(keys, command.keyId);
  } finally {
    await db.destroy();
  }
}

/** Only the key goes to stdout, so that a script can keep it. */
async function create(keys: ApiKeysRepository, request: ApiKeyRequest): Promise<void> {
  const made = createApiKey();
  const { keyId } = await keys.add(made, request);
  process.stderr.write(`The key ${keyId} is shown this once:\n`);
  process.stdout.write(`${made.key}\n`);
}

async function list(keys: ApiKeysRepository): Promise<void> {
  const rows = await keys.list(MOST_LISTED);
  process.stdout.write(rows.map((row) => `${describe(row)}\n`).join('') || 'There are no keys; "create" makes one.\n');
}

function describe({ keyId, prefix, name, scopes, creatorId, expiresAt, revokedAt, lastUsedAt }: ApiKeyRow): string {
  const isExpired = expiresAt !== null && expiresAt.getTime() <= Date.now();
  const state = revokedAt ? 'revoked' : isExpired ? 'expired' : 'valid';
  const words = [keyId, `spk_${prefix}`, state, scopes.join(','), creatorId ?? 'all creators', name];
  return visibleText([...words, `last used ${lastUsedAt?.toISOString() ?? 'never'}`].join('  '));
}

async function revoke(keys: ApiKeysRepository, keyId: string): Promise<void> {
  if (!(await keys.revoke(keyId))) throw new ConfigError('There is no API key with this id; "npm run keys -- list" shows them.');
  process.stdout.write(`The key ${keyId} is revoked; every API process refuses it within seconds.\n`);
}

runProgram(main, USAGE);
