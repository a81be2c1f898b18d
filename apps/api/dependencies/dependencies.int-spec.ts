import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { createEmptyDatabase, type EmptyDatabase } from '../../../infra/database/testing/empty-database';
import { processVideoWorkflowId, WORKFLOW_TYPES } from '../../../temporal/contract/ids';
import { terminateRun } from '../../../temporal/testing/terminate-run';
import { startApi, type RunningApi } from '../testing/running-api';
import { TEMPORAL_CLIENT } from './tokens';

/** A door in front of a server: closed, it refuses connections and ends those it has. */
class Door {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();

  constructor(
    private readonly target: { host: string; port: number },
    readonly port: number,
  ) {}

  static async before(address: string): Promise<Door> {
    const [host = '', port = ''] = address.split(':');
    const probe = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => probe.once('listening', resolve));
    const free = (probe.address() as AddressInfo).port;
    await new Promise((resolve) => probe.close(resolve));
    return new Door({ host, port: Number(port) }, free);
  }

  async open(): Promise<void> {
    this.server = createServer((socket) => {
      const upstream = connect(this.target);
      for (const [from, to] of [
        [socket, upstream],
        [upstream, socket],
      ] as const) {
        this.sockets.add(from);
        from.on('error', () => undefined).on('close', () => to.destroy());
        from.pipe(to);
      }
    });
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
  }

  close(): void {
    this.server?.close();
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }
}

let api: RunningApi;
let database: EmptyDatabase;
let mysql: Door;
let store: Door;
let temporal: Door;

beforeAll(async () => {
  database = await createEmptyDatabase();
  const mysqlUrl = new URL(database.url);
  const storeUrl = new URL(process.env.S3_ENDPOINT!);
  mysql = await Door.before(mysqlUrl.host);
  store = await Door.before(storeUrl.host);
  temporal = await Door.before(process.env.TEMPORAL_ADDRESS!);
  const env = {
    MYSQL_URL: Object.assign(mysqlUrl, { port: String(mysql.port) }).href,
    S3_ENDPOINT: `http://127.0.0.1:${store.port}`,
    TEMPORAL_ADDRESS: `127.0.0.1:${temporal.port}`,
    DRM_MASTER_KEY: 'too-short',
    DRM_MASTER_KEY_FILE: '',
  };
  api = await startApi(env, false);
});

afterAll(async () => {
  await api.stop();
  for (const door of [mysql, store, temporal]) door.close();
  await database.drop();
});

it('serves before its dependencies are up, says so, and becomes ready when they are', async () => {
  expect((await api.call('GET', '/health/live')).status).toBe(200);
  const down = await api.call('GET', '/health/ready');
  expect(down).toMatchObject({
    status: 503,
    body: { code: 'NotReady', checks: { mysql: 'down', object_store: 'down', temporal: 'down' } },
  });
  expect(down.headers.get('retry-after')).toBe('2');
  const list = await api.call('GET', '/api/v1/videos');
  expect(list).toMatchObject({ status: 503, body: { code: 'DatabaseUnavailable' } });
  expect(list.headers.get('retry-after')).toBe('5');
  expect((await api.call('GET', '/api/v1/queues')).body.code).toBe('WorkflowUnavailable');

  await Promise.all([mysql.open(), store.open(), temporal.open()]);
  await ready();
}, 60_000);

it('is ready with a master key that is none, and says so', async () => {
  const { body } = await api.call('GET', '/health/ready');
  expect(body).toMatchObject({ status: 'ok', key_providers: { local: 'unusable' } });
  expect(JSON.stringify(body)).not.toContain('too-short');
});

it('leaves nothing when object storage is away', async () => {
  store.close();
  const answer = await api.call('POST', '/api/v1/videos/upload', {
    filename: 'a.mp4',
    content_type: 'video/mp4',
    title: 'A',
    file_size_bytes: 3,
  });
  expect(answer).toMatchObject({ status: 503, body: { code: 'StorageUnavailable' } });
  expect((await api.call('GET', '/api/v1/videos')).body.videos).toEqual([]);
  await store.open();
  await ready();
}, 60_000);

it('loses no upload that is completed while Temporal is away', async () => {
  const created = await api.call('POST', '/api/v1/videos/upload', {
    filename: 'a.mp4',
    content_type: 'video/mp4',
    title: 'A',
    file_size_bytes: 3,
  });
  await fetch(created.body.upload_url, { method: 'PUT', body: 'abc' });
  temporal.close();
  const completed = await api.call('POST', `/api/v1/videos/${created.body.video_id}/upload/complete`);
  expect(completed).toMatchObject({ status: 202, body: { status: 'uploaded' } });
  const row = () => api.app.get(VideosRepository).find(created.body.video_id);
  expect((await row())?.workflowStartedAt).toBeNull();

  await temporal.open();
  while ((await row())?.workflowStartedAt === null) await delay(100);
  const client = api.app.get<Client>(TEMPORAL_CLIENT);
  const workflowId = processVideoWorkflowId(created.body.video_id);
  // Workers of the stack may have ended it by now: its row is in a database that they do not know.
  expect((await client.workflow.getHandle(workflowId).describe()).type).toBe(WORKFLOW_TYPES.processVideo);
  await terminateRun(client, workflowId);
}, 60_000);

async function ready(): Promise<void> {
  while ((await api.call('GET', '/health/ready')).status !== 200) await delay(100);
}
