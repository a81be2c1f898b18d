import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTlsDoor, type TlsDoor } from '../../certificates/tls-door';
import { freePort } from '../../machine/free-port';
import { openStackHome } from '../home/stack-home';
import type { Connections } from '../services/service-environment';
import { describeServiceFaults, findServiceFaults } from './check-services';
import { createDoorFiles, DOOR_NAME, doorFiles } from './door-files';
import { readFileSync } from 'node:fs';

const environment = (name: string) => process.env[name] ?? '';

describe('the services of a stack, as a joining machine finds them', () => {
  let folder: string;
  let door: TlsDoor;
  let connections: Connections;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sprocket-join-'));
    const home = openStackHome(folder);
    await createDoorFiles(home);
    const files = doorFiles(home);
    const port = Number(environment('TEMPORAL_ADDRESS').split(':')[1]);
    door = await openTlsDoor({ host: '127.0.0.1', port }, files.door, { alpn: 'h2', clientCaFile: files.ca });
    const text = (file: string) => readFileSync(file, 'utf8');
    connections = {
      mysqlUrl: environment('MYSQL_URL'),
      s3Endpoint: environment('S3_ENDPOINT'),
      s3AccessKeyId: environment('S3_ACCESS_KEY_ID'),
      s3SecretAccessKey: environment('S3_SECRET_ACCESS_KEY'),
      temporalAddress: `127.0.0.1:${door.port}`,
      temporalTls: {
        ...{ serverName: DOOR_NAME, ca: text(files.ca) },
        ...{ certificate: text(files.worker.certFile), key: text(files.worker.keyFile) },
      },
    };
  });

  afterAll(async () => {
    door.close();
    await rm(folder, { recursive: true });
  });

  it('answer with the credentials of the join file', async () => {
    expect(await findServiceFaults(connections)).toEqual([]);
  });

  it('refuse other credentials: no password, no key of the store and no certificate opens anything', async () => {
    const mysqlUrl = new URL(connections.mysqlUrl);
    mysqlUrl.password = '';
    const { temporalTls: _, ...withoutCertificate } = connections;
    const faults = await findServiceFaults({ ...withoutCertificate, mysqlUrl: mysqlUrl.href, s3SecretAccessKey: '0'.repeat(40) });
    expect(faults).toMatchObject([
      { service: 'Temporal', refused: false },
      { service: 'object store', refused: true },
      { service: 'MySQL', refused: true },
    ]);
    expect(describeServiceFaults(faults)).toContain('copy its .sprocket/secrets/join.json again');
  });

  it('are named with their address when they do not answer', async () => {
    const mysqlUrl = new URL(connections.mysqlUrl);
    mysqlUrl.port = String(await freePort('127.0.0.1'));
    const faults = await findServiceFaults({ ...connections, mysqlUrl: mysqlUrl.href });
    expect(faults).toEqual([{ service: 'MySQL', address: mysqlUrl.host, refused: false, code: 'ECONNREFUSED' }]);
    expect(describeServiceFaults(faults)).toContain(`MySQL at ${mysqlUrl.host} does not answer (ECONNREFUSED).`);
  });
});
