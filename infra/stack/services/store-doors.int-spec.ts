import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { createS3Client } from '../../object-store/s3-client';
import { s3OfEnvironment } from '../../object-store/testing/s3-of-environment';
import { openCredentials } from '../home/credentials';
import { openStackHome } from '../home/stack-home';
import { rememberedPorts } from './stack-ports';
import { markedProcesses } from '../processes/stray-processes';
import { grpcCall, signedToken, textField, trueField } from '../testing/grpc-call';
import { listeningPorts } from '../testing/listening-ports';
import { storeEnvironment } from './store-secrets';

const home = openStackHome(process.env['SPROCKET_HOME'] ?? '');
const ports = rememberedPorts(home)!;
const secrets = storeEnvironment({ home, credentials: openCredentials(home) });
const identity = { cert: readPem('WEED_GRPC_CLIENT_CERT'), key: readPem('WEED_GRPC_CLIENT_KEY') };
const s3 = s3OfEnvironment();

const BUCKET = `doors-${randomBytes(4).toString('hex')}`;
const FOLDER = 'a-video';
const NAME = `original-${randomBytes(8).toString('hex')}.mp4`;
/** Larger than what the filer keeps beside the entry, so that it is in a volume. */
const CONTENT = randomBytes(200_000).toString('hex');
/** A key that a caller tries to bring along. */
const INTRUDER = { accessKeyId: 'INTRUDERKEY', secretAccessKey: 'intruder-secret' };

let fileId = '';

beforeAll(async () => {
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: `${FOLDER}/${NAME}`, Body: CONTENT }));
  const entry = await grpcCall({ port: ports.s3FilerGrpc, isEncrypted: true, identity }, ...lookUp());
  fileId = /\d+,[0-9a-f]{9,}/.exec(entry.toString('latin1'))?.[0] ?? '';
});

afterAll(() => s3.destroy());

it('opens to the certificate of the stack: the calls below are real ones', async () => {
  expect(fileId).not.toBe('');
  const shown = await grpcCall({ port: ports.s3FilerGrpc, isEncrypted: true, identity }, ...list());
  expect(shown.toString('latin1')).toContain(NAME);
});

it('has no listening port at which a caller without credentials reads, lists or deletes an original', async () => {
  const open = listeningPorts(markedProcesses(home.folder));
  expect(open).toEqual(expect.arrayContaining([ports.s3, ports.s3Volume, ports.s3FilerGrpc, ports.s3MasterGrpc, ports.s3VolumeGrpc]));
  const told: string[] = [];
  for (const port of open) {
    for (const [call, answer] of await everyAttempt(port)) {
      if ([CONTENT.slice(0, 64), NAME].some((secret) => answer.includes(secret))) told.push(`${port} ${call}`);
    }
  }
  expect(told).toEqual([]);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: `${FOLDER}/${NAME}` }));
  expect(await Body!.transformToString()).toBe(CONTENT);
});

it('has no HTTP API of Temporal that a page in a browser can call', async () => {
  const terminate = `http://127.0.0.1:${ports.temporalHttp}/api/v1/namespaces/default/workflows/none/terminate`;
  expect((await fetch(terminate, { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: '{}' })).status).toBe(403);
  expect((await fetch(`http://127.0.0.1:${ports.temporalHttp}/api/v1/namespaces`)).status).toBe(403);
});

it('takes no key that a caller without credentials brings along', async () => {
  const client = createS3Client({ endpoint: process.env['S3_ENDPOINT'] ?? '', region: 'us-east-1', ...INTRUDER });
  const [method, message] = grpcCalls().find(([name]) => name.endsWith('PutIdentity'))!;
  for (const isEncrypted of [false, true]) await grpcCall({ port: ports.s3Grpc, isEncrypted }, method, message);
  const get = () => client.send(new GetObjectCommand({ Bucket: BUCKET, Key: `${FOLDER}/${NAME}` }));
  await expect(get()).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
  // The same call with the certificate and the token of the stack does let the key in.
  const known = { port: ports.s3Grpc, isEncrypted: true, identity, token: signedToken(secrets['WEED_JWT_FILER_SIGNING_KEY'] ?? '') };
  await grpcCall(known, method, message);
  expect((await get()).$metadata.httpStatusCode).toBe(200);
  await grpcCall(known, 'messaging_pb.SeaweedS3IamCache/RemoveIdentity', textField(1, 'intruder'));
  client.destroy();
});

/** What came back of each call that reads, lists or deletes. Deletions come last. */
async function everyAttempt(port: number): Promise<[call: string, answer: string][]> {
  const answers: [string, string][] = [];
  for (const method of ['GET', 'DELETE', 'POST']) {
    for (const path of httpPaths()) answers.push([`${method} ${path}`, await httpAnswer(port, method, path)]);
  }
  for (const [method, message] of grpcCalls()) {
    for (const isEncrypted of [false, true]) {
      answers.push([`${method} ${isEncrypted ? 'TLS' : ''}`, (await grpcCall({ port, isEncrypted }, method, message)).toString('latin1')]);
    }
  }
  return answers;
}

function httpPaths(): string[] {
  const path = `${BUCKET}/${FOLDER}/${NAME}`;
  return [
    ...[`/${path}`, `/buckets/${path}`, `/buckets/${BUCKET}/${FOLDER}/?limit=10`, `/${BUCKET}/?list-type=2`, `/${fileId}`],
    ...[`/${fileId.replace(',', '/')}`, `/buckets/${path}?metadata=true`, `/buckets/${BUCKET}?recursive=true&ignoreRecursiveError=true`],
    ...[`/col/delete?collection=${BUCKET}`, '/dir/status', '/vol/status', `/dir/lookup?fileId=${fileId}`, `/delete?fid=${fileId}`],
  ];
}

function list(): [method: string, message: Buffer] {
  return ['filer_pb.SeaweedFiler/ListEntries', textField(1, `/buckets/${BUCKET}/${FOLDER}`)];
}

function lookUp(): [method: string, message: Buffer] {
  return ['filer_pb.SeaweedFiler/LookupDirectoryEntry', Buffer.concat([list()[1], textField(2, NAME)])];
}

/** Field numbers are those of filer.proto, master.proto and volume_server.proto of SeaweedFS. */
function grpcCalls(): [method: string, message: Buffer][] {
  return [
    list(),
    lookUp(),
    ['volume_server_pb.VolumeServer/ReadNeedleBlob', Buffer.from([8, Number(fileId.split(',')[0])])],
    [
      'messaging_pb.SeaweedS3IamCache/PutIdentity',
      textField(1, Buffer.concat([textField(1, 'intruder'), intruderKey(), textField(3, 'Admin')])),
    ],
    ['filer_pb.SeaweedFiler/DeleteEntry', Buffer.concat([lookUp()[1], trueField(4), trueField(5)])],
    ['volume_server_pb.VolumeServer/BatchDelete', Buffer.concat([textField(1, fileId), trueField(2)])],
    ['filer_pb.SeaweedFiler/DeleteCollection', textField(1, BUCKET)],
    ['master_pb.Seaweed/CollectionDelete', textField(1, BUCKET)],
  ];
}

/** Message Credential of iam.proto. */
function intruderKey(): Buffer {
  return textField(2, Buffer.concat([textField(1, INTRUDER.accessKeyId), textField(2, INTRUDER.secretAccessKey)]));
}

async function httpAnswer(port: number, method: string, path: string): Promise<string> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, redirect: 'manual', signal: AbortSignal.timeout(3_000) });
    // Error pages repeat the address that was asked for.
    return answer.ok ? await answer.text() : '';
  } catch {
    return '';
  }
}

function readPem(variable: string): string {
  return readFileSync(secrets[variable] ?? '', 'utf8');
}
