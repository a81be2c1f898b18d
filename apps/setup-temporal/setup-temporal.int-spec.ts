import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { OwnAuthority, type CertificateFiles } from '../../infra/certificates/own-authority';
import { openTlsDoor, type TlsDoor } from '../../infra/certificates/tls-door';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { runCommand } from '../../infra/stack/tools/run-command';
import { createTemporalClient } from '../../temporal/client';
import { HOUSEKEEPING_TASKS } from '../../temporal/contract/housekeeping';
import { housekeepingScheduleId, WEBHOOKS_SCHEDULE_ID } from '../../temporal/contract/ids';
import { connectNative, keepApiKey } from '../../temporal/native-connection';
import { checkSetup, missingSetup, serverWarnings } from '../../temporal/setup';
import { registerNamespace } from '../../temporal/testing/own-namespace';
import { parseSetupTemporalConfig } from './setup-temporal-settings';

const LIMIT_MS = 60_000;
const SERVER_NAME = 'temporal.test';

let folder: string;
let authority: OwnAuthority;
let server: CertificateFiles;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'setup-temporal-'));
  authority = await OwnAuthority.create(folder);
  server = await authority.sign(SERVER_NAME);
});
afterAll(() => rm(folder, { recursive: true }));

describe('Temporal behind mutual TLS', () => {
  const namespace = `tls-${randomUUID().slice(0, 8)}`;
  let door: TlsDoor;
  let environment: Record<string, string>;

  beforeAll(async () => {
    const [host = '', port = ''] = (process.env['TEMPORAL_ADDRESS'] ?? '').split(':');
    door = await openTlsDoor({ host, port: Number(port) }, server, { alpn: 'h2', clientCaFile: authority.caFile });
    const client = await authority.sign('client.test');
    environment = {
      TEMPORAL_ADDRESS: `127.0.0.1:${door.port}`,
      TEMPORAL_NAMESPACE: namespace,
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: authority.caFile,
      TEMPORAL_TLS_SERVER_NAME: SERVER_NAME,
      TEMPORAL_TLS_CLIENT_CERT_PATH: client.certFile,
      TEMPORAL_TLS_CLIENT_KEY_PATH: client.keyFile,
    };
    const connection = await Connection.connect({ address: `${host}:${port}` });
    await registerNamespace(connection, namespace);
    await connection.close();
  }, LIMIT_MS);
  afterAll(() => door.close());

  it(
    'is told to lack attributes and schedules until the program has run, which can run again',
    async () => {
      const client = createTemporalClient(parseSetupTemporalConfig(environment).temporal);
      const missing = await missingSetup(client);
      expect(missing.searchAttributes).toEqual(['VideoStatus', 'FailedStep', 'CreatorId']);
      expect(missing.schedules.sort()).toEqual([...HOUSEKEEPING_TASKS.map(housekeepingScheduleId), WEBHOOKS_SCHEDULE_ID].sort());
      await expect(checkSetup(client, () => undefined)).rejects.toThrow(
        `the namespace "${namespace}" has no search attributes VideoStatus, FailedStep, CreatorId: run "npm run setup-temporal"`,
      );
      for (const time of ['first', 'second']) {
        const message = `The namespace "${namespace}" has the search attributes and schedules of the service.`;
        const { exitCode, output } = await setUp(environment);
        expect([time, exitCode, JSON.parse(output)]).toMatchObject([time, 0, { level: 'info', msg: message }]);
      }
      while ((await missingSetup(client)).searchAttributes.length > 0) await sleep(200);
      expect(await missingSetup(client)).toEqual({ searchAttributes: [], schedules: [] });
      expect(await serverWarnings(client)).toEqual([]);
      await client.connection.close();
    },
    LIMIT_MS,
  );

  it('takes the connection of a worker', async () => {
    const connection = await connectNative(parseSetupTemporalConfig(environment).temporal);
    expect((await connection.workflowService.getSystemInfo({})).serverVersion).toMatch(/^\d/);
    await connection.close();
  });

  it(
    'is not reached without the client certificate',
    async () => {
      const { TEMPORAL_TLS_CLIENT_CERT_PATH: _cert, TEMPORAL_TLS_CLIENT_KEY_PATH: _key, ...anonymous } = environment;
      const { exitCode, output } = await setUp(anonymous);
      expect(exitCode).toBe(1);
      expect(JSON.parse(output)).toMatchObject({ level: 'fatal', error: { message: 'The workflow service did not answer.' } });
    },
    LIMIT_MS,
  );

  function setUp(env: Record<string, string>) {
    const main = join(projectRoot(), 'dist', 'apps', 'setup-temporal', 'main.js');
    return runCommand(process.execPath, [main], { env: { PATH: process.env['PATH'] ?? '', ...env } });
  }
});

describe('an API key in a file', () => {
  const seen: string[] = [];
  let stub: Http2SecureServer;

  beforeAll(async () => {
    stub = createSecureServer({ cert: readFileSync(server.certFile), key: readFileSync(server.keyFile) }, (request, response) => {
      seen.push(request.headers.authorization ?? '');
      request.resume();
      // An empty message, which is one byte of flags and four of length, and the status OK.
      response.writeHead(200, { 'content-type': 'application/grpc' });
      response.addTrailers({ 'grpc-status': '0' });
      response.end(Buffer.alloc(5));
    });
    await new Promise<void>((resolve) => stub.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => stub.close());

  it(
    'is replaced without a restart, for clients and for workers',
    async () => {
      const keyFile = join(folder, 'api-key');
      await writeFile(keyFile, 'key-1');
      const { temporal } = parseSetupTemporalConfig({
        TEMPORAL_ADDRESS: `127.0.0.1:${(stub.address() as AddressInfo).port}`,
        TEMPORAL_API_KEY_FILE: keyFile,
        TEMPORAL_TLS_SERVER_CA_CERT_PATH: authority.caFile,
        TEMPORAL_TLS_SERVER_NAME: SERVER_NAME,
      });
      const client = createTemporalClient(temporal);
      const native = await connectNative(temporal);
      const stop = keepApiKey(native, temporal, 50);
      const askBoth = async () => {
        seen.length = 0;
        await client.workflowService.getClusterInfo({}).catch(() => undefined);
        await native.workflowService.getClusterInfo({}).catch(() => undefined);
        return [...new Set(seen)];
      };
      expect(await askBoth()).toEqual(['Bearer key-1']);
      await writeFile(keyFile, 'key-2');
      while (!(await askBoth()).every((header) => header === 'Bearer key-2')) await sleep(50);
      stop();
      await client.connection.close();
      await native.close();
    },
    LIMIT_MS,
  );
});
