import { z } from 'zod';
import { readCertificates, readPrivateKey, SecretFile, unusable } from '../secret-file';
import { url } from '../setting-types';

const SECOND_MS = 1000;
const file = z.string().min(1).optional();
const seconds = z.coerce.number().positive().max(3600);

/** Variables of the database. */
export const mysqlSettings = {
  MYSQL_URL: url('mysql:').meta({
    description: 'MySQL 8.4 or MariaDB 10.11.',
    example: 'mysql://sprocket:change-me@127.0.0.1:3306/sprocket',
  }),
  MYSQL_PASSWORD_FILE: file.meta({
    description:
      'File with the password, which MYSQL_URL leaves out then; read for each new connection, so it is replaced without a restart.',
  }),
  MYSQL_SSL_MODE: z.enum(['disabled', 'required', 'verify_ca', 'verify_identity']).default('disabled').meta({
    description:
      'TLS as the ssl-mode of MySQL names it. required: without a look at the certificate; verify_identity: with the name of the host.',
  }),
  MYSQL_SSL_CA_FILE: file.meta({ description: 'PEM file of the authority of the server; empty: those that Node trusts.' }),
  MYSQL_SSL_CERT_FILE: file.meta({ description: 'PEM file of a client certificate.' }),
  MYSQL_SSL_KEY_FILE: file.meta({ description: 'PEM file of the key of the client certificate.' }),
  MYSQL_POOL_SIZE: z.coerce.number().int().min(1).max(1000).default(10).meta({
    description: 'Most connections of one process.',
    unit: 'connections',
  }),
  MYSQL_CONNECT_TIMEOUT_SECONDS: seconds.default(5).meta({ description: 'How long a connection may take to come up.', unit: 'seconds' }),
  MYSQL_STATEMENT_TIMEOUT_SECONDS: seconds.optional().meta({
    description: 'After this the server ends a statement (MySQL: a SELECT only); empty: never. Callers give up after 10 seconds anyway.',
    unit: 'seconds',
  }),
};

type MysqlValues = z.infer<z.ZodObject<typeof mysqlSettings>>;

/** The database as its pool takes it. Throws `ConfigError` for what contradicts itself, and files that cannot be read. */
export function mysqlOf(values: MysqlValues) {
  const passwordFile = values.MYSQL_PASSWORD_FILE ? new SecretFile('MYSQL_PASSWORD_FILE', values.MYSQL_PASSWORD_FILE) : null;
  if (passwordFile && new URL(values.MYSQL_URL).password)
    throw unusable('MYSQL_PASSWORD_FILE', 'must not be set where MYSQL_URL has a password');
  return {
    url: values.MYSQL_URL,
    /** Asked for at each new connection. */
    password: passwordFile ? () => passwordFile.reveal() : undefined,
    tls: tlsOf(values),
    poolSize: values.MYSQL_POOL_SIZE,
    connectTimeoutMs: values.MYSQL_CONNECT_TIMEOUT_SECONDS * SECOND_MS,
    statementTimeoutMs: values.MYSQL_STATEMENT_TIMEOUT_SECONDS ? values.MYSQL_STATEMENT_TIMEOUT_SECONDS * SECOND_MS : undefined,
  };
}

function tlsOf(values: MysqlValues) {
  const { MYSQL_SSL_MODE: mode, MYSQL_SSL_CERT_FILE: cert, MYSQL_SSL_KEY_FILE: key } = values;
  if (!cert !== !key) throw unusable('MYSQL_SSL_CERT_FILE', 'needs MYSQL_SSL_KEY_FILE, and the other way round');
  const certificates = (name: 'MYSQL_SSL_CA_FILE' | 'MYSQL_SSL_CERT_FILE') =>
    values[name] === undefined ? undefined : readCertificates(name, values[name]).toString('utf8');
  const files = {
    ca: certificates('MYSQL_SSL_CA_FILE'),
    cert: certificates('MYSQL_SSL_CERT_FILE'),
    key: key === undefined ? undefined : readPrivateKey('MYSQL_SSL_KEY_FILE', key).toString('utf8'),
  };
  if (mode === 'disabled') {
    if (files.ca ?? files.cert) throw unusable('MYSQL_SSL_MODE', 'must turn TLS on where MYSQL_SSL_CA_FILE or MYSQL_SSL_CERT_FILE is set');
    return undefined;
  }
  return {
    ...files,
    verify: mode === 'required' ? ('nothing' as const) : mode === 'verify_ca' ? ('authority' as const) : ('identity' as const),
  };
}
