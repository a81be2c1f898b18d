import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createConnection } from 'mysql2/promise';
import { z } from 'zod';
import { mysqlOf, mysqlSettings } from '../../apps/settings/services/mysql-settings';
import { parseSettings } from '../../apps/settings/parse-settings';
import { OwnAuthority, type CertificateFiles } from '../certificates/own-authority';
import { openStackHome, type StackHome } from '../stack/home/stack-home';
import { stopDaemon } from '../stack/processes/daemon';
import { ensureService } from '../stack/services/ensure-service';
import { mysqlService } from '../stack/services/mysql-service';
import type { Service, StackContext } from '../stack/services/service';
import { findTools } from '../stack/tools/find-tools';
import { createDatabase, database, type Database } from './database';

const LIMIT_MS = 60_000;
const FIRST_PASSWORD = 'first-password';

let folder: string;
let home: StackHome;
let authority: OwnAuthority;
let client: CertificateFiles;
let server: CertificateFiles;
let port: number;
const pools: Database[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secure-database-'));
  home = openStackHome(folder);
  authority = await OwnAuthority.create(folder);
  client = await authority.sign('client.test');
  server = await authority.sign('localhost');
  port = await freePort();
  const service: Service = {
    ...mysqlService,
    command: (stack) => {
      const command = mysqlService.command(stack);
      const tls = [`--ssl-ca=${authority.caFile}`, `--ssl-cert=${server.certFile}`, `--ssl-key=${server.keyFile}`];
      return { ...command, args: [...command.args, ...tls, '--require-secure-transport=ON'] };
    },
    isReady: async () => {
      await asRoot('SELECT 1');
      return true;
    },
  };
  const tools = await findTools(['mysqld'], { folder, environment: process.env, say: () => undefined });
  const credentials = { mysqlPassword: FIRST_PASSWORD };
  await mkdir(home.socketFolder, { recursive: true, mode: 0o700 });
  await ensureService(service, { home, tools, credentials, host: '127.0.0.1', ports: { mysql: port } } as unknown as StackContext);
}, LIMIT_MS);

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.destroy()));
  await stopDaemon(home, 'mysql', mysqlService.stopWithinMs);
  await rm(home.socketFolder, { recursive: true, force: true });
  await rm(folder, { recursive: true });
});

/** Over the socket, which counts as secure. */
async function asRoot(statement: string): Promise<void> {
  const socketPath = join(home.socketFolder, 'mysql.sock');
  const connection = await createConnection({ socketPath, user: 'root', password: FIRST_PASSWORD });
  await connection.query(statement).finally(() => connection.end());
}

function open(environment: Record<string, string>, password = `:${FIRST_PASSWORD}`): Database {
  const url = `mysql://sprocket${password}@localhost:${port}/sprocket`;
  const values = parseSettings(z.object(mysqlSettings), { MYSQL_URL: url, ...environment });
  const pool = createDatabase(mysqlOf(values));
  pools.push(pool);
  return pool;
}

/** Cipher of the connection, and how long the server works on a statement. */
async function look(db: Database) {
  const { rows } = await database(() =>
    sql<{ cipher: string; seconds: string }>`
      select variable_value as cipher, @@max_statement_time as seconds
      from information_schema.session_status where variable_name = 'Ssl_cipher'`.execute(db),
  );
  return { cipher: rows[0]?.cipher ?? '', seconds: Number(rows[0]?.seconds) };
}

it('speaks TLS with a server whose authority and name it verifies, within the time of a statement', async () => {
  const secure = { MYSQL_SSL_MODE: 'verify_identity', MYSQL_SSL_CA_FILE: authority.caFile, MYSQL_STATEMENT_TIMEOUT_SECONDS: '7' };
  expect(await look(open(secure))).toEqual({ cipher: expect.stringMatching(/^TLS_|^ECDHE/) as string, seconds: 7 });
});

it.each([
  ['plain text', {}],
  ['an authority that did not sign', { MYSQL_SSL_MODE: 'verify_ca' }],
])('does not speak %s', async (_what, environment) => {
  await expect(look(open(environment))).rejects.toMatchObject({ type: 'DatabaseUnavailable' });
});

it('does not speak with a server of another name, unless only its authority counts', async () => {
  const other = await authority.sign('other.test');
  await Promise.all([copyFile(other.certFile, server.certFile), copyFile(other.keyFile, server.keyFile)]);
  await asRoot('FLUSH SSL');
  const authorityOnly = { MYSQL_SSL_MODE: 'verify_ca', MYSQL_SSL_CA_FILE: authority.caFile };
  expect((await look(open(authorityOnly))).cipher).not.toBe('');
  const named = open({ ...authorityOnly, MYSQL_SSL_MODE: 'verify_identity' });
  await expect(look(named)).rejects.toMatchObject({ type: 'DatabaseUnavailable' });
});

it('shows a client certificate where the server wants one', async () => {
  const secure = { MYSQL_SSL_MODE: 'verify_ca', MYSQL_SSL_CA_FILE: authority.caFile };
  await asRoot("ALTER USER 'sprocket'@'127.0.0.1' REQUIRE X509");
  await expect(look(open(secure))).rejects.toThrow('refuses the credentials');
  const withCertificate = open({ ...secure, MYSQL_SSL_CERT_FILE: client.certFile, MYSQL_SSL_KEY_FILE: client.keyFile });
  expect((await look(withCertificate)).cipher).not.toBe('');
  await asRoot("ALTER USER 'sprocket'@'127.0.0.1' REQUIRE NONE");
});

it('takes a password that is replaced in its file, while the pool is in use', async () => {
  const file = join(folder, 'password');
  await writeFile(file, `${FIRST_PASSWORD}\n`);
  const db = open({ MYSQL_SSL_MODE: 'verify_ca', MYSQL_SSL_CA_FILE: authority.caFile, MYSQL_PASSWORD_FILE: file }, '');
  await look(db);
  await asRoot("ALTER USER 'sprocket'@'127.0.0.1' IDENTIFIED BY 'second-password'");
  // The open connection goes on; one more is made beside it.
  const twoAtOnce = () => Promise.all([database(() => sql`select sleep(0.2)`.execute(db)), look(db)]);
  await expect(twoAtOnce()).rejects.toThrow('refuses the credentials');
  await writeFile(file, 'second-password\n');
  await twoAtOnce();
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port: free } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return free;
}
