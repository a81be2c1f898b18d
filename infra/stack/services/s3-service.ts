import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { endpointsOf, STACK_BUCKETS, STACK_REGION } from '../home/endpoints';
import { openFleetCredentials, type Credentials } from '../home/credentials';
import { isLoopback, LOOPBACK } from '../home/listen-address';
import type { Service, StackBase, StackContext } from './service';
import { createStoreCertificate, storeEnvironment } from './store-secrets';

/** Carries one object that is written and read back to see that storage works, not only listens. */
const PROBE_BUCKET = 'sprocket-stack-probe';
const PROBE_KEY = 'ready';
const PROBE_TIMEOUT_MS = 3_000;
const WORKER_ACTIONS = ['Read', 'List', 'Tagging', 'Write'];
const VOLUME_SIZE_LIMIT_MB = 1024;
/** Volumes grow as they fill: this bounds the store, it reserves nothing. Every bucket begins with seven, and tests have buckets of their own. */
const VOLUME_COUNT_LIMIT = 4_000;

/**
 * SeaweedFS: master, volume, filer and S3 gateway in one process. Only the gateway serves clients, on the address of the stack. The other ports are on the
 * loopback address for any process and any web page of the machine, so each of them is switched off or asks for a secret.
 */
export const s3Service: Service = {
  name: 's3',
  ports: ['s3', 's3Grpc', 's3Master', 's3MasterGrpc', 's3Volume', 's3VolumeGrpc', 's3Filer', 's3FilerGrpc'],
  prepare: async (stack) => {
    await mkdir(stack.home.data('s3'), { recursive: true });
    await writeFile(identitiesFile(stack), JSON.stringify(identities(stack)), { mode: 0o600 });
    await createStoreCertificate(stack.home);
  },
  command: (stack) => ({
    file: stack.tools.weed.path,
    args: serverArgs(stack),
    env: storeEnvironment(stack),
    version: stack.tools.weed.version,
  }),
  isReady: writesAndReads,
  // After an unclean stop the master takes up to 15 s to know its volumes again.
  readyWithinMs: 90_000,
  // The filer waits fifteen seconds for its own streams before it stops.
  stopWithinMs: 30_000,
};

function serverArgs(stack: StackContext): string[] {
  const { home, host, ports } = stack;
  return [
    '-logtostderr=true',
    'server',
    `-dir=${home.data('s3')}`,
    `-ip=${LOOPBACK}`,
    `-ip.bind=${LOOPBACK}`,
    // The master speaks gRPC only, and so does the filer below: neither asks for a token before it lists or deletes over HTTP.
    '-disableHttp',
    `-master.port=${ports.s3Master}`,
    `-master.port.grpc=${ports.s3MasterGrpc}`,
    // A single master has no peers to wait for; the default of ten seconds is for clusters.
    '-master.electionTimeout=1s',
    '-master.telemetry=false',
    `-master.volumeSizeLimitMB=${VOLUME_SIZE_LIMIT_MB}`,
    `-volume.port=${ports.s3Volume}`,
    `-volume.port.grpc=${ports.s3VolumeGrpc}`,
    `-volume.max=${VOLUME_COUNT_LIMIT}`,
    '-volume.preStopSeconds=0',
    '-filer',
    '-filer.disableHttp',
    `-filer.port=${ports.s3Filer}`,
    `-filer.port.grpc=${ports.s3FilerGrpc}`,
    `-filer.localSocket=${join(home.socketFolder, 'filer.sock')}`,
    '-s3',
    `-s3.ip.bind=${host}`,
    `-s3.port=${ports.s3}`,
    `-s3.port.grpc=${ports.s3Grpc}`,
    `-s3.localSocket=${join(home.socketFolder, 's3.sock')}`,
    '-s3.port.iceberg=0',
    '-s3.port.lance=0',
    `-s3.config=${identitiesFile(stack)}`,
  ];
}

/** The format of SeaweedFS's `-s3.config`. There is no anonymous access; workers of other machines see the buckets of the service only. */
function identities({ credentials, home, host }: StackContext) {
  const inBuckets = Object.values(STACK_BUCKETS).flatMap((bucket) => WORKER_ACTIONS.map((action) => `${action}:${bucket}`));
  return {
    identities: [
      identity('sprocket', credentials, ['Admin', ...WORKER_ACTIONS]),
      ...(isLoopback(host) ? [] : [identity('fleet', openFleetCredentials(home), inBuckets)]),
    ],
  };
}

function identity(name: string, { s3AccessKeyId, s3SecretAccessKey }: Credentials, actions: readonly string[]) {
  return { name, credentials: [{ accessKey: s3AccessKeyId, secretKey: s3SecretAccessKey }], actions };
}

async function writesAndReads(stack: StackBase): Promise<boolean> {
  const client = new S3Client({
    endpoint: endpointsOf(stack).s3_endpoint,
    region: STACK_REGION,
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: stack.credentials.s3AccessKeyId, secretAccessKey: stack.credentials.s3SecretAccessKey },
  });
  const abortSignal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
  try {
    await client.send(new CreateBucketCommand({ Bucket: PROBE_BUCKET }), { abortSignal }).catch(ignoreExisting);
    // The object of the last run first: old data counts, not only new.
    await client.send(new GetObjectCommand({ Bucket: PROBE_BUCKET, Key: PROBE_KEY }), { abortSignal }).then(drain, ignoreAbsent);
    await client.send(new PutObjectCommand({ Bucket: PROBE_BUCKET, Key: PROBE_KEY, Body: new Date().toISOString() }), { abortSignal });
    await client.send(new GetObjectCommand({ Bucket: PROBE_BUCKET, Key: PROBE_KEY }), { abortSignal }).then(drain);
    return true;
  } finally {
    client.destroy();
  }
}

async function drain(response: { Body?: { transformToString(): Promise<string> } }): Promise<void> {
  await response.Body?.transformToString();
}

function ignoreExisting(error: Error): void {
  if (error.name !== 'BucketAlreadyOwnedByYou' && error.name !== 'BucketAlreadyExists') throw error;
}

function ignoreAbsent(error: Error): void {
  if (error.name !== 'NoSuchKey') throw error;
}

function identitiesFile(stack: StackContext): string {
  return join(stack.home.folder, 'secrets', 's3-identities.json');
}
