import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { MINUTE_MS } from '../../../temporal/contract/units';
import { openFleetCredentials } from '../home/credentials';
import { FLEET_ACCOUNT, mysqlUrl } from '../home/endpoints';
import { isLoopback, LOOPBACK } from '../home/listen-address';
import type { Service, StackContext } from './service';
import { lastLines, runCommand, type CommandResult } from '../tools/run-command';
import { mariadbSystemSql } from './mariadb-system-sql';

const BUFFER_POOL = '128M';

/** A private MySQL or MariaDB on a data folder of its own. */
export const mysqlService: Service = {
  name: 'mysql',
  ports: ['mysql'],
  prepare: async (stack) => {
    await createDataFolder(stack);
    await writeFile(accountsFile(stack), accountsSql(stack), { mode: 0o600 });
  },
  command: (stack) => ({
    file: stack.tools.mysqld.path,
    args: serverArgs(stack),
    env: {},
    version: stack.tools.mysqld.version,
  }),
  isReady: async (stack) => {
    const connection = await createConnection({ uri: mysqlUrl(stack.ports, stack.credentials), connectTimeout: 2_000 });
    try {
      await connection.query('SELECT 1');
      return true;
    } finally {
      connection.destroy();
    }
  },
  readyWithinMs: MINUTE_MS,
  stopWithinMs: 20_000,
};

function serverArgs(stack: StackContext): string[] {
  return [
    ...baseArgs(dataFolder(stack)),
    `--port=${stack.ports.mysql}`,
    `--bind-address=${[...new Set([LOOPBACK, stack.host])].join(',')}`,
    `--socket=${join(stack.home.socketFolder, 'mysql.sock')}`,
    `--pid-file=${join(stack.home.socketFolder, 'mysql.pid')}`,
    `--init-file=${accountsFile(stack)}`,
    // Accounts name addresses, so no name server is asked.
    '--skip-name-resolve',
    '--character-set-server=utf8mb4',
    `--innodb-buffer-pool-size=${BUFFER_POOL}`,
    // The embedded stack has no replicas. `loose`: options that only one of MySQL and MariaDB knows.
    '--skip-log-bin',
    '--loose-mysqlx=OFF',
  ];
}

function baseArgs(folder: string): string[] {
  const args = ['--no-defaults', `--datadir=${folder}`];
  // The server refuses to run as root unless told so.
  return process.getuid?.() === 0 ? [...args, '--user=root'] : args;
}

/** Made in a folder beside it and renamed, so that an interrupted start leaves no half of one. */
async function createDataFolder(stack: StackContext): Promise<void> {
  const target = dataFolder(stack);
  if (existsSync(target)) return;
  const draft = `${target}.new`;
  await rm(draft, { recursive: true, force: true });
  const { path } = stack.tools.mysqld;
  const isMariadb = (await runCommand(path, ['--no-defaults', '--version'])).output.includes('MariaDB');
  const result = isMariadb ? await bootstrapMariadb(path, draft) : await runCommand(path, [...baseArgs(draft), '--initialize-insecure']);
  if (result.exitCode !== 0) throw new Error(`The MySQL data folder could not be created.\n${lastLines(result.output)}`);
  await rename(draft, target);
}

/** What mariadb-install-db does, without the client package that script depends on. */
async function bootstrapMariadb(path: string, folder: string): Promise<CommandResult> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const args = [
    ...baseArgs(folder),
    '--bootstrap',
    '--log-warnings=0',
    '--enforce-storage-engine=',
    '--max-allowed-packet=8M',
    '--net-buffer-length=16K',
  ];
  return runCommand(path, args, { input: await mariadbSystemSql(path) });
}

/** Run by the server at every start, before it accepts connections: one statement a line. */
function accountsSql({ credentials, home, host }: StackContext): string {
  const password = credentials.mysqlPassword;
  return [
    'CREATE DATABASE IF NOT EXISTS sprocket CHARACTER SET utf8mb4;',
    `CREATE USER IF NOT EXISTS 'sprocket'@'127.0.0.1' IDENTIFIED BY '${password}';`,
    // Tests make databases of their own beside the service's.
    "GRANT ALL ON `sprocket%`.* TO 'sprocket'@'127.0.0.1';",
    `ALTER USER 'root'@'localhost' IDENTIFIED BY '${password}';`,
    "DROP USER IF EXISTS 'root'@'127.0.0.1', 'root'@'::1';",
    // Made anew, so that a join file with other credentials opens nothing.
    `DROP USER IF EXISTS '${FLEET_ACCOUNT}'@'%';`,
    ...(isLoopback(host) ? [] : fleetAccountSql(openFleetCredentials(home).mysqlPassword)),
    '',
  ].join('\n');
}

/** Workers of other machines read and write rows, and change neither the schema nor other databases. */
function fleetAccountSql(password: string): string[] {
  return [
    `CREATE USER '${FLEET_ACCOUNT}'@'%' IDENTIFIED BY '${password}';`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON \`sprocket\`.* TO '${FLEET_ACCOUNT}'@'%';`,
  ];
}

function dataFolder(stack: StackContext): string {
  return stack.home.data('mysql');
}

function accountsFile(stack: StackContext): string {
  return join(stack.home.folder, 'secrets', 'mysql-accounts.sql');
}
