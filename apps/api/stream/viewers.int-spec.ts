import { get, type IncomingMessage } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { ulid } from 'ulid';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { MIB } from '../../../temporal/contract/units';
import { startApi, type RunningApi } from '../testing/running-api';

jest.setTimeout(90_000);

const ID = ulid();
const KEY = `${ID}/g1/h264/720p/segment_00001.m4s`;
const BODY = Buffer.alloc(24 * MIB, 'sprocket');
/** Longer than the time-out of a connection to the store that is silent. */
const PAUSE_MS = 33_000;

let link: StoreLink;
let api: RunningApi;
let logged: string[];

beforeAll(async () => {
  link = await StoreLink.to(process.env['S3_ENDPOINT'] ?? '');
  api = await startApi({ S3_ENDPOINT: link.endpoint });
  const store = api.app.get(ObjectStore);
  await store.put('transcoded', KEY, BODY, { contentType: 'video/mp4' });
  await store.put('transcoded', `${ID}/manifest.m3u8`, '#EXTM3U\ng1/h264/720p/playlist.m3u8\n', { contentType: 'text/plain' });
  const note = (message: unknown) => void logged.push(JSON.stringify(message));
  api.app.useLogger({ log: () => undefined, warn: note, error: note });
});

beforeEach(() => {
  logged = [];
  link.trouble = 'none';
});

afterAll(async () => {
  await api.stop();
  await link.close();
});

it('a client that leaves before the first byte, or in the middle, is no error', async () => {
  link.trouble = 'slow';
  const before = get(`${api.url}/stream/${KEY}`).on('error', () => undefined);
  await link.asked();
  before.destroy();
  await delay(1_500);
  link.trouble = 'none';
  const middle = await open();
  await once(middle, 'data');
  middle.destroy();
  await delay(500);
  expect(logged).toEqual([]);
});

it('a viewer who pauses in the middle of a segment gets the rest of it', async () => {
  const answer = await open();
  await once(answer, 'readable');
  await delay(PAUSE_MS);
  expect((await bytesOf(answer)).equals(BODY)).toBe(true);
  expect(logged).toEqual([]);
});

it('a store that breaks off once is asked for the rest', async () => {
  link.trouble = 'breaks off once';
  expect((await bytesOf(await open())).equals(BODY)).toBe(true);
  expect(logged).toEqual([]);
});

it('a store that breaks off in the middle for good ends the answer, and the log says so', async () => {
  link.trouble = 'breaks off';
  const answer = await open();
  await expect(bytesOf(answer)).rejects.toThrow(/aborted/);
  expect(answer.complete).toBe(false);
  expect(logged).toEqual([expect.stringContaining('StorageUnavailable')]);
});

async function open(): Promise<IncomingMessage> {
  const [answer] = (await once(get(`${api.url}/stream/${KEY}`), 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(200);
  return answer;
}

async function bytesOf(answer: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The way to the store, whose answers get into trouble. */
class StoreLink {
  /** Stores break off after a megabyte of an answer. */
  trouble: 'none' | 'slow' | 'breaks off once' | 'breaks off' | 'away' = 'none';
  private readonly sockets = new Set<Socket>();
  private heard: () => void = () => undefined;

  private constructor(private readonly server: Server) {}

  static async to(endpoint: string): Promise<StoreLink> {
    const { hostname, port } = new URL(endpoint);
    const server = createServer((socket) => link.join(socket, connect(Number(port), hostname)));
    const link = new StoreLink(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return link;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resolves when the store is asked for something next. */
  asked(): Promise<void> {
    return new Promise((resolve) => (this.heard = resolve));
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: Socket, store: Socket): void {
    for (const [from, to] of [
      [client, store],
      [store, client],
    ] as const) {
      this.sockets.add(from);
      from.on('error', () => undefined).on('close', () => to.destroy());
    }
    let passed = 0;
    client.on('data', () => {
      passed = 0;
      this.heard();
    });
    client.pipe(store);
    store.on('data', (bytes) => {
      if (this.trouble === 'slow') return void setTimeout(() => client.write(bytes), 1_000);
      passed += bytes.length;
      if (this.trouble.startsWith('breaks off') && passed > MIB) this.trouble = this.trouble === 'breaks off' ? 'away' : 'none';
      else if (this.trouble !== 'away') return void (client.write(bytes) || store.pause());
      client.destroy();
    });
    client.on('drain', () => store.resume());
  }
}
