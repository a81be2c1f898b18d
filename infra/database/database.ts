import { CamelCasePlugin, Kysely, MysqlDialect } from 'kysely';
import { createPool, type Pool, type SslOptions } from 'mysql2';
import { Failure } from '../../temporal/contract/failures';
import type { Schema } from './schema';

const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 5_000;
const CALL_DEADLINE_MS = 10_000;
const DEADLOCK_REPEATS = 3;

/** Errors of a server that is there but cannot serve this yet: a schema on its way, a shutdown, no free connection. */
const NOT_READY_CODES = new Set([
  'ER_NO_SUCH_TABLE',
  'ER_BAD_DB_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_LOCK_DEADLOCK',
  'ER_OPTION_PREVENTS_STATEMENT',
]);

/**
 * Errors of a server that does not take the credentials or does not permit the statement: an operator mends that, no caller does.
 * Codes of mysql2's list of MySQL and MariaDB errors.
 */
const REFUSED_CODES = new Set([
  'ER_ACCESS_DENIED_ERROR',
  'ER_ACCESS_DENIED_CHANGE_USER_ERROR',
  'ER_ACCESS_DENIED_NO_PASSWORD_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_COLUMNACCESS_DENIED_ERROR',
  'ER_SPECIFIC_ACCESS_DENIED_ERROR',
  'ER_ACCOUNT_HAS_BEEN_LOCKED',
  'ER_MUST_CHANGE_PASSWORD',
  'ER_MUST_CHANGE_PASSWORD_LOGIN',
  'ER_HOST_NOT_PRIVILEGED',
  'ER_HOST_IS_BLOCKED',
  'ER_NOT_SUPPORTED_AUTH_MODE',
]);

export type Database = Kysely<Schema>;

export interface DatabaseConfig {
  /** `mysql://user:password@host:port/database`; works with MySQL 8.4 and MariaDB 10.11. */
  url: string;
  /** In place of the password of the URL; asked for at each new connection, so that it can be replaced. */
  password?: (() => string) | undefined;
  /** Absent: plain text. */
  tls?: DatabaseTls | undefined;
  poolSize?: number;
  connectTimeoutMs?: number;
  /** After this the server ends a statement; absent: never. */
  statementTimeoutMs?: number | undefined;
}

/** PEM texts, and what of the server's certificate is verified. */
interface DatabaseTls {
  ca?: string | undefined;
  cert?: string | undefined;
  key?: string | undefined;
  verify: 'nothing' | 'authority' | 'identity';
}

/** A pool that connects when first used. The caller owns it and calls `destroy()`. */
export function createDatabase(config: DatabaseConfig): Database {
  const pool = createPool({
    uri: config.url,
    connectionLimit: config.poolSize ?? POOL_SIZE,
    connectTimeout: config.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    ...(config.tls ? { ssl: sslOf(config.tls) } : {}),
    enableKeepAlive: true,
    timezone: 'Z',
    charset: 'utf8mb4_unicode_ci',
    jsonStrings: true,
  });
  // Upserts by many workers deadlock on the gap locks of REPEATABLE READ.
  pool.on('connection', (connection) => {
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED', () => undefined);
    for (const statement of limitStatements(config.statementTimeoutMs)) connection.query(statement, () => undefined);
  });
  if (config.password) askForPassword(pool, config.password);
  return new Kysely<Schema>({ dialect: new MysqlDialect({ pool }), plugins: [new CamelCasePlugin()] });
}

function sslOf({ ca, cert, key, verify }: DatabaseTls): SslOptions {
  return {
    ...(ca ? { ca } : {}),
    ...(cert && key ? { cert, key } : {}),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: verify !== 'nothing',
    verifyIdentity: verify === 'identity',
  };
}

/** MariaDB and MySQL each refuse the variable of the other, which changes nothing. */
function limitStatements(timeoutMs: number | undefined): string[] {
  if (timeoutMs === undefined) return [];
  return [`SET SESSION max_statement_time = ${timeoutMs / 1000}`, `SET SESSION max_execution_time = ${timeoutMs}`];
}

/** The pool hands one configuration to all connections, and each reads the password of it when the server asks. */
function askForPassword(pool: Pool, password: () => string): void {
  const { connectionConfig } = (pool as unknown as { config: { connectionConfig: object } }).config;
  Object.defineProperty(connectionConfig, 'password', { get: password });
}

/**
 * Runs one statement or transaction, again when the server chose it as a deadlock's victim.
 * Throws `DatabaseUnavailable` when the server does not answer within ten seconds, is not ready or refuses the credentials.
 */
export async function database<T>(call: () => Promise<T>): Promise<T> {
  for (let repeats = 0; ; repeats++) {
    try {
      return await answered(call);
    } catch (error) {
      const isVictim = error instanceof Failure && codeOf(error.cause) === 'ER_LOCK_DEADLOCK';
      if (!isVictim || repeats === DEADLOCK_REPEATS) throw error;
    }
  }
}

/** Whether the server answered, and does not take the credentials or does not permit the statement. */
export function isRefused(error: unknown): boolean {
  return REFUSED_CODES.has(codeOf(error instanceof Failure ? error.cause : error));
}

/** True when an insert met an existing row. */
export function isDuplicateKey(error: unknown): boolean {
  return codeOf(error) === 'ER_DUP_ENTRY';
}

async function answered<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await withinDeadline(call());
  } catch (error) {
    if (isRefused(error))
      throw new Failure('DatabaseUnavailable', 'The database refuses the credentials of this process.', { cause: error });
    if (!(error instanceof LateError) && !isUnavailable(error)) throw error;
    throw new Failure('DatabaseUnavailable', 'The database did not answer.', { cause: error });
  }
}

class LateError extends Error {}

/** Makes its error when it is thrown: the stack trace of one for each statement costs more than the rest of this module. */
async function withinDeadline<T>(call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LateError()), CALL_DEADLINE_MS);
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Connection errors carry `fatal` (mysql2) or no SQL state at all (the network). */
function isUnavailable(error: unknown): boolean {
  const { fatal, syscall } = error as { fatal?: boolean; syscall?: string };
  return fatal === true || syscall !== undefined || NOT_READY_CODES.has(codeOf(error));
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}
