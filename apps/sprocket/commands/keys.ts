import type { Answer, Body } from '../../../packages/client/src/api-bodies';
import { byId, dataOf } from '../../../packages/client/src/sprocket-client';
import type { Session } from '../session';
import { stateLine } from '../terminal/output';
import type { AddCommands } from './act';

type Key = Answer<'/api/v1/keys', 'get'>['keys'][number];
type NewKey = Body<'/api/v1/keys', 'post'>;

interface KeyChoice {
  name: string;
  scopes: string;
  creator?: string;
  expires?: string;
}

/** `keys create`, `keys list` and `keys revoke`; they need the scope admin. */
export const addKeyCommands: AddCommands = (program, act) => {
  const keys = program.command('keys').description('API keys');
  keys
    .command('create')
    .description('Make a key; it is printed this once')
    .requiredOption('--name <name>', 'what the key is for')
    .requiredOption('--scopes <scopes>', 'such as videos:read,videos:write')
    .option('--creator <id>', 'the creator whose videos it covers; those of all when left out')
    .option('--expires <time>', 'ISO 8601, such as 2027-01-31T00:00:00Z; never when left out')
    .action(act(create));
  keys.command('list').description('Keys, newest first').action(act(list));
  keys.command('revoke <id>').description('Revoke a key: within seconds no process takes it any more').action(act(revoke));
};

async function create({ client, out }: Session, choice: KeyChoice): Promise<void> {
  const scopes = choice.scopes.split(',').map((scope) => scope.trim()) as NewKey['scopes'];
  const body = { name: choice.name, scopes, creator_id: choice.creator ?? null, expires_at: choice.expires ?? null };
  const made = await dataOf(client.http.POST('/api/v1/keys', { body }));
  // Only the key goes to stdout, so that a script can keep it.
  if (!out.options.isJson) process.stderr.write(`The key ${made.key_id} is shown this once:\n`);
  out.result(made, made.key);
}

async function list({ client, out }: Session): Promise<void> {
  const keys: Key[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await dataOf(client.http.GET('/api/v1/keys', { params: { query: cursor ? { cursor } : {} } }));
    keys.push(...page.keys);
    cursor = page.next_cursor;
  }
  out.list(keys, ['id', 'prefix', 'state', 'scopes', 'creator', 'last used', 'name'], (key) => [
    ...[key.key_id, key.prefix, stateOf(key), key.scopes.join(','), key.creator_id ?? 'all', key.last_used_at, key.name],
  ]);
}

async function revoke({ client, out }: Session, id: string): Promise<void> {
  const key = await dataOf(client.http.POST('/api/v1/keys/{id}/revoke', byId(id)));
  out.result(key, stateLine(`The key ${id}`, stateOf(key), '.'));
}

function stateOf({ revoked_at: revokedAt, expires_at: expiresAt }: Key): string {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now() ? 'expired' : 'valid';
}
