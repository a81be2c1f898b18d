import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { ulid } from 'ulid';
import type { Database } from '../../infra/database/database';
import { migrate } from '../../infra/database/migrate';
import { createEmptyDatabase, type EmptyDatabase } from '../../infra/database/testing/empty-database';
import { newVideo } from '../../infra/database/testing/new-video';
import { VideosRepository } from '../../infra/database/videos-repository';
import { DeliveriesRepository } from '../../infra/webhooks/deliveries-repository';
import { WebhookPost } from '../../infra/webhooks/post-webhook';
import { WebhookSecrets } from '../../infra/webhooks/webhook-secrets';
import { WebhooksRepository } from '../../infra/webhooks/webhooks-repository';
import { PIPELINE } from '../../temporal/contract/pipeline';
import { dispatch } from './deliver-webhooks';
import type { NotifyDependencies } from './notify-dependencies';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

interface Received {
  path: string;
  id: string;
  headers: Record<string, string>;
  body: string;
}

const MASTER = { key: { reveal: () => '5a'.repeat(32) }, file: null, old: [] };

let empty: EmptyDatabase;
let db: Database;
let videos: VideosRepository;
let deps: NotifyDependencies;
let posts: WebhookPost;
let server: Server;
let received: Received[];
let handlers: Record<string, Handler>;

beforeAll(async () => {
  empty = await createEmptyDatabase();
  db = empty.connect();
  await migrate(db);
  videos = new VideosRepository(db);
  server = createServer((request, response) => void receive(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  posts = new WebhookPost({ ports: [portOf()], networks: ['127.0.0.1'] }, 500);
  const silent = { log: () => undefined, warn: () => undefined };
  deps = {
    ...{ webhooks: new WebhooksRepository(db), deliveries: new DeliveriesRepository(db), secrets: new WebhookSecrets(MASTER) },
    ...{ post: (url, headers, body) => posts.send(url, headers, body), stopping: new AbortController().signal, logger: silent },
  };
});

afterAll(async () => {
  await posts.close();
  server.closeAllConnections();
  server.close();
  await empty.drop();
});

beforeEach(() => {
  received = [];
  handlers = {};
});

const portOf = () => (server.address() as AddressInfo).port;

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const [path, body] = [request.url ?? '', Buffer.concat(chunks).toString('utf8')];
  const headers = request.headers as Record<string, string>;
  received.push({ path, id: headers['webhook-id'] ?? '', headers, body });
  (handlers[path] ?? ((_request, answer) => answer.writeHead(204).end()))(request, response, body);
}

async function newWebhook(path: string, creatorId: string): Promise<{ webhookId: string; secret: string }> {
  const webhookId = ulid();
  const { secret, ...wrapped } = deps.secrets.create(webhookId);
  const request = { url: `http://127.0.0.1:${portOf()}${path}`, eventTypes: [], description: '' };
  await deps.webhooks.add(webhookId, { creatorId, videoId: null }, request, wrapped);
  return { webhookId, secret };
}

async function uploadedVideo(creatorId: string): Promise<{ videoId: string; generation: number }> {
  const video = newVideo({ creatorId });
  await videos.create(video);
  await videos.setUploaded(video.videoId, PIPELINE);
  return { videoId: video.videoId, generation: 1 };
}

/** Runs a dispatcher until the condition holds. */
async function dispatchUntil(isDone: () => boolean | Promise<boolean>, on: NotifyDependencies = deps): Promise<void> {
  const stop = new AbortController();
  const running = dispatch(on, stop.signal);
  while (!(await isDone())) await pause(20);
  stop.abort();
  await running;
}

const statusOf = async (webhookId: string) => (await deps.deliveries.list(webhookId, 10)).map(({ status }) => status);
const hasEnded = async (webhookId: string) => {
  const [first] = await deps.deliveries.list(webhookId, 1);
  return first !== undefined && (first.attempts > 0 || first.status !== 'waiting');
};
const typesAt = (path: string) =>
  received.filter((one) => one.path === path).map(({ body }) => (JSON.parse(body) as { type: string }).type);

it('delivers the events of each video in order, signed and with one id, past a webhook that hangs', async () => {
  const creatorId = ulid();
  const [{ secret }] = [await newWebhook('/good', creatorId), await newWebhook('/hangs', creatorId), await newWebhook('/other', ulid())];
  handlers['/hangs'] = () => undefined;
  const run = await uploadedVideo(creatorId);
  await videos.setReady(run, { manifestKey: 'm' });
  await videos.setRemoved(run.videoId);
  await dispatchUntil(() => typesAt('/good').length === 4);
  expect(typesAt('/good')).toEqual(['video.uploaded', 'video.playable', 'video.ready', 'video.removed']);
  expect(typesAt('/hangs')).toEqual(['video.uploaded']);
  expect(typesAt('/other')).toEqual([]);
  for (const { body, headers } of received.filter(({ path }) => path === '/good')) new Webhook(secret).verify(body, headers);
  const { body, headers } = received[0]!;
  expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow();
  const { eventId } = await db.selectFrom('videoEvents').select('eventId').where('videoId', '=', run.videoId).executeTakeFirstOrThrow();
  expect(received[0]!.id).toBe(eventId);
});

it('sends an event again, with its id, after a dispatcher was killed before it could write the answer', async () => {
  const { webhookId } = await newWebhook('/killed', 'killed');
  await uploadedVideo('killed');
  const sentByTheDead: string[] = [];
  const dying: NotifyDependencies = {
    ...deps,
    post: async (url, headers, body) => {
      await posts.send(url, headers, body);
      sentByTheDead.push(headers['webhook-id'] ?? '');
      return new Promise<never>(() => undefined);
    },
  };
  void dispatch(dying, AbortSignal.timeout(100));
  while (sentByTheDead.length === 0) await pause(20);
  expect(await deps.deliveries.due(webhookId, new Date(), 5)).toEqual([]);
  // A minute later.
  await db
    .updateTable('webhookDeliveries')
    .set({ leasedUntil: new Date(0) })
    .where('webhookId', '=', webhookId)
    .execute();
  await dispatchUntil(() => hasEnded(webhookId));
  expect(received.map(({ id }) => id)).toEqual([sentByTheDead[0], sentByTheDead[0]]);
  expect(await statusOf(webhookId)).toEqual(['delivered']);
});

it('writes one delivery for each webhook, also when several processes read the same events', async () => {
  const creatorId = ulid();
  const { webhookId } = await newWebhook('/once', creatorId);
  await uploadedVideo(creatorId);
  await Promise.all([deps.deliveries.fanOut(100), deps.deliveries.fanOut(100), deps.deliveries.fanOut(100)]);
  const [only, ...more] = await deps.deliveries.list(webhookId, 10);
  expect(more).toEqual([]);
  const leases = [1, 2, 3].map(() => deps.deliveries.lease(only!, new Date(), new Date(Date.now() + 60_000)));
  expect((await Promise.all(leases)).filter(Boolean)).toHaveLength(1);
  await deps.deliveries.drop(only!);
});

it.each<[string, Handler, object]>([
  ['500', (_request, response) => response.writeHead(500).end('broken'), { responseStatus: 500, responseBody: 'broken' }],
  ['a hanging receiver', () => undefined, { responseStatus: null, problem: 'The answer did not come in time.' }],
  ['a broken connection', (request) => request.socket.destroy(), { responseStatus: null, problem: 'The request failed (UND_ERR_SOCKET).' }],
  [
    'a redirect to a private address',
    (_request, response) => response.writeHead(307, { location: 'http://10.0.0.1/', 'set-cookie': 'secret=1' }).end(),
    { responseStatus: 307, responseHeaders: expect.not.stringContaining('secret') },
  ],
])('tries again after %s', async (name, handler, logged) => {
  const { webhookId } = await newWebhook('/fails', name.replaceAll(' ', '-'));
  handlers['/fails'] = handler;
  await uploadedVideo(name.replaceAll(' ', '-'));
  await dispatchUntil(() => hasEnded(webhookId));
  const [delivery] = await deps.deliveries.list(webhookId, 1);
  expect(delivery).toMatchObject({ status: 'waiting', attempts: 1, leasedUntil: null });
  expect(delivery!.nextAttemptAt.getTime()).toBeGreaterThan(Date.now() + 8_000);
  const [attempt] = await deps.deliveries.attempts([delivery!.deliveryId]);
  expect(attempt).toMatchObject({ attempt: 1, ...logged });
  expect(attempt!.requestHeaders).not.toContain('signature');
  expect((await deps.webhooks.find(webhookId))!.failingSince).not.toBeNull();
  await deps.webhooks.remove(webhookId);
});

it('keeps a kilobyte of a huge answer', async () => {
  const { webhookId } = await newWebhook('/huge', 'huge');
  let written = 0;
  handlers['/huge'] = (_request, response) => {
    const more = () => {
      while (written < 1e9 && response.write(Buffer.alloc(65_536, 'x'))) written += 65_536;
    };
    response.writeHead(200).on('drain', more);
    more();
  };
  await uploadedVideo('huge');
  await dispatchUntil(() => hasEnded(webhookId));
  const [delivery] = await deps.deliveries.list(webhookId, 1);
  expect((await deps.deliveries.attempts([delivery!.deliveryId]))[0]!.responseBody).toBe('x'.repeat(1024));
  expect(delivery!.status).toBe('delivered');
  expect(written).toBeLessThan(50e6);
});

it('disables a webhook that answers 410, or that has failed for a week, and drops what waits', async () => {
  const gone = await newWebhook('/gone', 'gone');
  handlers['/gone'] = (_request, response) => response.writeHead(410).end();
  const run = await uploadedVideo('gone');
  await videos.setReady(run, { manifestKey: 'm' });
  const dead = await newWebhook('/dead', 'dead');
  handlers['/dead'] = (_request, response) => response.writeHead(503).end();
  const weekAgo = new Date(Date.now() - 7 * 86_400_000);
  await db.updateTable('webhooks').set({ failingSince: weekAgo }).where('webhookId', '=', dead.webhookId).execute();
  await uploadedVideo('dead');
  await dispatchUntil(async () => (await hasEnded(gone.webhookId)) && (await hasEnded(dead.webhookId)));
  expect((await statusOf(gone.webhookId)).sort()).toEqual(['dropped', 'dropped', 'failed']);
  expect(await deps.webhooks.find(gone.webhookId)).toMatchObject({ disabledReason: 'gone' });
  expect(await deps.webhooks.find(dead.webhookId)).toMatchObject({ disabledReason: 'failing' });
  expect(await statusOf(dead.webhookId)).toEqual(['dropped']);
  await uploadedVideo('gone');
  await deps.deliveries.fanOut(100);
  expect(await statusOf(gone.webhookId)).toHaveLength(3);
});

it('signs with both secrets for a while after a rotation', async () => {
  const { webhookId, secret } = await newWebhook('/rotated', 'rotated');
  const { secret: next, ...wrapped } = deps.secrets.create(webhookId);
  await deps.webhooks.rotate((await deps.webhooks.find(webhookId))!, wrapped, new Date(Date.now() + 60_000));
  await uploadedVideo('rotated');
  await dispatchUntil(() => hasEnded(webhookId));
  const { body, headers } = received[0]!;
  for (const each of [secret, next]) new Webhook(each).verify(body, headers);
});
