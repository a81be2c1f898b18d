import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { MIB } from '../../../temporal/contract/units';
import { OwnAuthority } from '../../certificates/own-authority';
import { ObjectStore } from '../object-store';
import { createPresignClient, createS3Client, type S3Config } from '../s3-client';

interface Seen {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
}

/** What stores answer to the requests of these tests. */
const ANSWERS: readonly [pattern: RegExp, answer: string][] = [
  [/\?uploads/, '<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>'],
  [/^POST /, '<CompleteMultipartUploadResult><ETag>"e"</ETag></CompleteMultipartUploadResult>'],
];
const BUCKETS = { originals: 'originals', segments: 'segments', transcoded: 'transcoded' };
const TEXT = { contentType: 'text/plain' };
const KEYS = { accessKeyId: 'AKID', secretAccessKey: 'secret-word' };

const seen: Seen[] = [];
const answer: RequestListener = (request, response) => {
  const [method = '', url = ''] = [request.method, request.url];
  seen.push({ method, url, headers: request.headers });
  request.resume().on('end', () => {
    const body = ANSWERS.find(([pattern]) => pattern.test(`${method} ${url}`))?.[1] ?? '';
    response.writeHead(200, { etag: '"e"' }).end(body);
  });
};

let folder: string;
let server: Server;
let endpoint: string;
const clients: S3Client[] = [];
const before = { ...process.env };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's3-client-'));
  server = createServer(answer);
  endpoint = `http://127.0.0.1:${await listening(server)}`;
});
beforeEach(() => void seen.splice(0));
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
  process.env = { ...before };
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

async function listening(listener: Server): Promise<number> {
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return (listener.address() as AddressInfo).port;
}

function store(config: Partial<S3Config>): ObjectStore {
  const client = createS3Client({ endpoint, region: 'eu-central-1', ...config });
  clients.push(client);
  return new ObjectStore(client, BUCKETS);
}

const put = (objects: ObjectStore) => objects.put('segments', 'a.txt', Buffer.from('a'), TEXT);
/** Access key and session token of the last request. */
const signedBy = () => {
  const { authorization = '', 'x-amz-security-token': token } = seen.at(-1)?.headers ?? {};
  return [/Credential=([^/]+)/.exec(authorization)?.[1], token];
};

describe('credentials', () => {
  it('are those of the settings, with a session token where there is one', async () => {
    await put(store(KEYS));
    expect(signedBy()).toEqual(['AKID', undefined]);
    await put(store({ ...KEYS, sessionToken: 'session' }));
    expect(signedBy()).toEqual(['AKID', 'session']);
  });

  it("are those of the SDK's default chain where there are none: variables, then a profile", async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'OF_ROLE', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 'of-role' });
    await put(store({}));
    expect(signedBy()).toEqual(['OF_ROLE', 'of-role']);
    process.env = { ...before, AWS_PROFILE: 'studio', AWS_SHARED_CREDENTIALS_FILE: join(folder, 'shared'), AWS_CONFIG_FILE: '/nowhere' };
    await writeFile(join(folder, 'shared'), '[studio]\naws_access_key_id = OF_STUDIO\naws_secret_access_key = s\n');
    await put(store({}));
    expect(signedBy()).toEqual(['OF_STUDIO', undefined]);
  });

  it('are read from a file again when it is replaced', async () => {
    const credentialsFile = join(folder, 'credentials');
    const objects = store({ credentialsFile });
    for (const id of ['KEY_1', 'KEY_2']) {
      await writeFile(credentialsFile, `[default]\naws_access_key_id = ${id}\naws_secret_access_key = s\n`);
      await put(objects);
      expect(signedBy()).toEqual([id, undefined]);
    }
  });
});

describe('encryption at rest', () => {
  const asked = () => seen.map(({ method, url, headers }) => [method, url.replace(/\?.*/, ''), headers['x-amz-server-side-encryption']]);

  it.each([
    ['SSE-S3', 'AES256', undefined],
    ['SSE-KMS', 'aws:kms', 'key-1'],
  ] as const)('%s is asked for by every write: small ones, conditional ones and uploads of clients', async (kind, header, kmsKeyId) => {
    const objects = store({ ...KEYS, encryption: { kind, kmsKeyId } });
    await put(objects);
    await objects.putIfAbsent('segments', 'b.txt', 'b', TEXT);
    await objects.uploads().create('upload', 'video/mp4');
    expect(asked()).toEqual([
      ['PUT', '/segments/a.txt', header],
      ['PUT', '/segments/b.txt', header],
      ['POST', '/originals/upload', header],
    ]);
    const keys = seen.map(({ headers }) => headers['x-amz-server-side-encryption-aws-kms-key-id']);
    expect(keys).toEqual([kmsKeyId, kmsKeyId, kmsKeyId]);
  });

  it('is asked for where a large file begins, whose parts follow it', async () => {
    const large = join(folder, 'large');
    await writeFile(large, '');
    await truncate(large, 64 * MIB);
    await store({ ...KEYS, encryption: { kind: 'SSE-S3' } }).putFile('segments', 'large', large, TEXT);
    expect(asked()[0]).toEqual(['POST', '/segments/large', 'AES256']);
    expect(
      new Set(
        asked()
          .slice(1)
          .map(([, , header]) => header),
      ),
    ).toEqual(new Set([undefined]));
  }, 60_000);

  it('is left to the bucket where nothing is set', async () => {
    await put(store(KEYS));
    expect(asked()).toEqual([['PUT', '/segments/a.txt', undefined]]);
  });
});

describe('URLs for uploaders', () => {
  const sign = async (config: Partial<S3Config>) => {
    const presign = createPresignClient({ endpoint: 'http://inside:9000', region: 'eu-central-1', ...config }, 'https://store.example');
    clients.push(presign);
    const uploads = store(KEYS).uploads(presign);
    const [part] = await uploads.signParts({ key: 'a', uploadId: 'u' }, [{ partNumber: 1, sizeBytes: 5 }]);
    return { url: new URL(part!.url), lastsSeconds: Math.round((part!.expiresAt.getTime() - Date.now()) / 1000) };
  };

  it('name the bucket in the path or in the host', async () => {
    const inPath = await sign(KEYS);
    expect([inPath.url.host, inPath.url.pathname, inPath.lastsSeconds]).toEqual(['store.example', '/originals/a', 3600]);
    const inHost = await sign({ ...KEYS, isVirtualHosted: true });
    expect([inHost.url.host, inHost.url.pathname]).toEqual(['originals.store.example', '/a']);
  });

  it('end with the credentials that signed them', async () => {
    const credentialsFile = join(folder, 'temporary');
    await writeFile(credentialsFile, '[default]\naws_access_key_id = K\naws_secret_access_key = s\naws_session_token = t\n');
    const { url, lastsSeconds } = await sign({ credentialsFile });
    expect(url.searchParams.get('X-Amz-Security-Token')).toBe('t');
    expect(lastsSeconds).toBeLessThanOrEqual(240);
  });
});

it('trusts a store whose authority a file names, and no other', async () => {
  const authority = await OwnAuthority.create(folder);
  const { certFile, keyFile } = await authority.sign('store.test');
  const tls = createTlsServer({ cert: await readFile(certFile), key: await readFile(keyFile) }, answer);
  try {
    const secure = { ...KEYS, endpoint: `https://127.0.0.1:${await listening(tls)}` };
    await put(store({ ...secure, ca: await readFile(authority.caFile, 'utf8') }));
    expect(seen).toHaveLength(1);
    await expect(put(store(secure))).rejects.toThrow('Object storage did not answer.');
  } finally {
    tls.close();
  }
});
