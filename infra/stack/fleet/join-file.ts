import { readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { openFleetCredentials } from '../home/credentials';
import { DOOR_NAME, doorFiles } from './door-files';
import { endpointsOf, FLEET_ACCOUNT } from '../home/endpoints';
import type { StackHome } from '../home/stack-home';
import { writeJson } from '../home/write-json';
import type { StackBase } from '../services/service';
import type { Connections } from '../services/service-environment';

const OWNER_ONLY = 0o600;

const port = z.int().min(1).max(65_535);
const pem = z.string().startsWith('-----BEGIN ', 'must be in PEM format');
const secret = z.string().regex(/^[0-9a-f]{16,}$/, 'must be the hex digits that were made with the file');

const joinFileSchema = z.strictObject({
  /** Grows when a reader of the last one could not use the file. */
  sprocket_join: z.literal(1),
  /** Address of the stack, as other machines reach it. */
  host: z.ipv4(),
  /** What people and clients call; workers do not. */
  api_url: z.url({ protocol: /^http$/ }),
  temporal_port: port,
  temporal_ca: pem,
  temporal_certificate: pem,
  temporal_key: pem,
  s3_port: port,
  s3_access_key_id: secret,
  s3_secret_access_key: secret,
  mysql_port: port,
  mysql_password: secret,
});

/** Everything that a worker on another machine needs to work for a stack. No key of the API and no master key of content keys. */
export type JoinFile = z.infer<typeof joinFileSchema>;

/** Writes the join file of a stack that listens for other machines, for its owner only. */
export function writeJoinFile({ home, host, ports }: Pick<StackBase, 'home' | 'host' | 'ports'>): void {
  const { s3AccessKeyId, s3SecretAccessKey, mysqlPassword } = openFleetCredentials(home);
  const door = doorFiles(home);
  const file: JoinFile = {
    sprocket_join: 1,
    host,
    api_url: endpointsOf({ host, ports }).api_url,
    temporal_port: ports.fleetDoor,
    temporal_ca: textOf(door.ca),
    temporal_certificate: textOf(door.worker.certFile),
    temporal_key: textOf(door.worker.keyFile),
    s3_port: ports.s3,
    s3_access_key_id: s3AccessKeyId,
    s3_secret_access_key: s3SecretAccessKey,
    mysql_port: ports.mysql,
    mysql_password: mysqlPassword,
  };
  writeJson(home.joinFile, file, OWNER_ONLY);
}

/** A stack that other machines do not reach has none. */
export function removeJoinFile(home: StackHome): void {
  rmSync(home.joinFile, { force: true });
}

/** Reads a join file. Throws with a sentence that names what is wrong with it and shows no value of it. */
export function readJoinFile(path: string): JoinFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`The join file ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`, { cause: error });
  }
  return parseJoinFile(text);
}

/** As {@link readJoinFile}, of a text. */
export function parseJoinFile(text: string): JoinFile {
  const result = joinFileSchema.safeParse(jsonOf(text), { error: ({ input }) => (input === undefined ? 'is missing' : undefined) });
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `  ${[...path, message].join(': ')}`);
  throw new Error(
    `This is no join file that this release can use:\n${faults.join('\n')}\nCopy .sprocket/secrets/join.json from the machine of the stack again; "npm run up -- --listen ADDRESS" writes it there.`,
  );
}

/** Where the services of the stack are, with the credentials of its fleet. */
export function connectionsOf(file: JoinFile): Connections {
  return {
    mysqlUrl: `mysql://${FLEET_ACCOUNT}:${file.mysql_password}@${file.host}:${file.mysql_port}/sprocket`,
    s3Endpoint: `http://${file.host}:${file.s3_port}`,
    s3AccessKeyId: file.s3_access_key_id,
    s3SecretAccessKey: file.s3_secret_access_key,
    temporalAddress: `${file.host}:${file.temporal_port}`,
    temporalTls: { serverName: DOOR_NAME, ca: file.temporal_ca, certificate: file.temporal_certificate, key: file.temporal_key },
  };
}

function textOf(file: string): string {
  return readFileSync(file, 'utf8');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
