import { createDatabase, type Database } from '../../infra/database/database';
import { KeyRows } from '../../infra/content-keys/key-rows';
import { readMasterKeys } from '../../infra/content-keys/local/master-keys';
import { rotateMaster } from '../../infra/content-keys/local/rotate-master';
import { openContentKeys } from '../../infra/content-keys/open-content-keys';
import { WebhookSecrets } from '../../infra/webhooks/webhook-secrets';
import { WebhooksRepository } from '../../infra/webhooks/webhooks-repository';
import { forbidCoreDumps } from '../../infra/machine/core-dumps';
import { runProgram } from '../run-program';
import { ConfigError } from '../settings/config-error';
import { describeKeys } from './describe-keys';
import { parseContentKeysConfig } from './content-keys-config';

const USAGE = 'Usage: npm run content-keys -- status\n       npm run content-keys -- rotate-master';

const COMMANDS: Record<string, (config: Config, rows: KeyRows, db: Database) => Promise<boolean>> = { status, 'rotate-master': rotate };

type Config = ReturnType<typeof parseContentKeysConfig>;

/** The exit code says whether every key can be used. */
async function main(): Promise<void> {
  forbidCoreDumps();
  const [name = ''] = process.argv.slice(2);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new ConfigError(USAGE);
  const config = parseContentKeysConfig(process.env);
  const db = createDatabase(config.database);
  try {
    // Providers that are not set up are told on stderr.
    openContentKeys(db, config.contentKeys, say);
    process.exitCode = (await command(config, new KeyRows(db), db)) ? 0 : 1;
  } finally {
    await db.destroy();
  }
}

async function status({ contentKeys }: Config, rows: KeyRows): Promise<boolean> {
  const read = readMasterKeys(contentKeys.masterKeys);
  const { lines, isSound } = describeKeys(await rows.count(), 'keys' in read ? read.keys : null);
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return isSound;
}

async function rotate({ contentKeys }: Config, rows: KeyRows, db: Database): Promise<boolean> {
  const read = readMasterKeys(contentKeys.masterKeys);
  if ('problem' in read) throw new ConfigError(read.problem);
  const { keys } = read;
  const counts = await rows.count();
  const total = counts
    .filter(({ masterKeyId }) => masterKeyId !== null && masterKeyId !== keys.current.id)
    .reduce((sum, count) => sum + count.keys, 0);
  const { rewrapped, unopened } = await rotateMaster(rows, keys, (so) => say(`${so.rewrapped + so.unopened} of ${total} keys`));
  const secrets = new WebhookSecrets(contentKeys.masterKeys);
  const webhooks = await new WebhooksRepository(db).rewrapAll((webhookId, secret) => secrets.rewrap(webhookId, secret));
  if (webhooks > 0) process.stdout.write(`The secrets of ${webhooks} webhooks are wrapped anew, too.\n`);
  process.stdout.write(`${rewrapped} keys are wrapped anew with the master key ${keys.current.id}.\n`);
  if (unopened > 0) process.stdout.write(`${unopened} keys do not open with any master key at hand and stay as they are.\n`);
  return unopened === 0;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

runProgram(main, USAGE);
