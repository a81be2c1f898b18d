import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { Connection } from '@temporalio/client';
import { createConnection } from 'mysql2/promise';
import { isRefused as isRefusedByDatabase } from '../../database/database';
import { STACK_BUCKETS, STACK_REGION } from '../home/endpoints';
import type { Connections } from '../services/service-environment';

const ANSWER_WITHIN_MS = 5_000;
/** HTTP status of credentials that the store does not take; the answer to HEAD has no body that would say more. */
const FORBIDDEN = 403;

export interface ServiceFault {
  service: 'MySQL' | 'object store' | 'Temporal';
  /** `host:port` */
  address: string;
  /** Whether it answered, and did not take the credentials. */
  refused: boolean;
  /** Of the network; empty where it is not known. */
  code: string;
}

/** Calls each service that a worker needs, once. Resolves to those that do not answer, or refuse the credentials. */
export async function findServiceFaults(connections: Connections): Promise<ServiceFault[]> {
  const { mysqlUrl, s3Endpoint, temporalAddress } = connections;
  const checks = [
    faultOf({ service: 'Temporal', address: temporalAddress }, () => callTemporal(connections)),
    faultOf({ service: 'object store', address: new URL(s3Endpoint).host }, () => callStore(connections)),
    faultOf({ service: 'MySQL', address: new URL(mysqlUrl).host }, () => callMysql(mysqlUrl)),
  ];
  return (await Promise.all(checks)).filter((fault) => fault !== null);
}

/** What the user of a joining machine reads: which service, at which address, and what to do. */
export function describeServiceFaults(faults: readonly ServiceFault[]): string {
  const lines = faults.map(({ service, address, refused, code }) =>
    refused
      ? `${service} at ${address} refuses the credentials of the join file.`
      : `${service} at ${address} does not answer${code && ` (${code})`}.`,
  );
  if (faults.some(({ refused }) => !refused))
    lines.push(
      'Look at "npm run status" on the machine of the stack, whether this machine is in its network, and whether a firewall between them lets these ports through.',
    );
  if (faults.some(({ refused }) => refused))
    lines.push('The stack has other credentials by now: copy its .sprocket/secrets/join.json again.');
  return lines.join('\n');
}

async function faultOf(of: Pick<ServiceFault, 'service' | 'address'>, call: () => Promise<void>): Promise<ServiceFault | null> {
  try {
    await call();
    return null;
  } catch (error) {
    const { code, $metadata } = error as { code?: unknown; $metadata?: { httpStatusCode?: number } };
    const refused = isRefusedByDatabase(error) || $metadata?.httpStatusCode === FORBIDDEN;
    return { ...of, refused, code: typeof code === 'string' ? code : '' };
  }
}

async function callTemporal({ temporalAddress: address, temporalTls }: Connections): Promise<void> {
  const tls = temporalTls && {
    serverNameOverride: temporalTls.serverName,
    serverRootCACertificate: Buffer.from(temporalTls.ca),
    clientCertPair: { crt: Buffer.from(temporalTls.certificate), key: Buffer.from(temporalTls.key) },
  };
  // It asks for the capabilities of the server.
  const connection = await Connection.connect({ address, ...(tls ? { tls } : {}), connectTimeout: ANSWER_WITHIN_MS });
  await connection.close();
}

async function callStore({ s3Endpoint, s3AccessKeyId, s3SecretAccessKey }: Connections): Promise<void> {
  const credentials = { accessKeyId: s3AccessKeyId, secretAccessKey: s3SecretAccessKey };
  // Repeated calls would hide the first error behind the end of the time for an answer.
  const client = new S3Client({ endpoint: s3Endpoint, region: STACK_REGION, forcePathStyle: true, maxAttempts: 1, credentials });
  try {
    await client.send(new HeadBucketCommand({ Bucket: STACK_BUCKETS.segments }), { abortSignal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  } finally {
    client.destroy();
  }
}

async function callMysql(uri: string): Promise<void> {
  const connection = await createConnection({ uri, connectTimeout: ANSWER_WITHIN_MS });
  try {
    await connection.query('SELECT 1');
  } finally {
    connection.destroy();
  }
}
