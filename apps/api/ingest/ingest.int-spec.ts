import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Client } from '@temporalio/client';
import { ulid } from 'ulid';
import { IngestLists } from '../../../infra/database/ingest/ingest-lists';
import { IngestRepository } from '../../../infra/database/ingest/ingest-repository';
import { TasksRepository } from '../../../infra/database/tasks-repository';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { MultipartUploads } from '../../../infra/object-store/multipart-uploads';
import { ingestWorkflowId } from '../../../temporal/contract/ids';
import { WebhookSecrets } from '../../../infra/webhooks/webhook-secrets';
import { WebhooksRepository } from '../../../infra/webhooks/webhooks-repository';
import { MIB } from '../../../temporal/contract/units';
import { openOwnNamespace, type OwnNamespace } from '../../../temporal/testing/own-namespace';
import { TEMPORAL_CLIENT } from '../dependencies/tokens';
import { startApi, type Answer, type RunningApi } from '../testing/running-api';

const ANNA = { authorization: 'Bearer key-of-anna' };
const BERT = { authorization: 'Bearer key-of-bert' };
const PULLS_PER_CREATOR = 2;

let api: RunningApi;
let temporal: Client;
let own: OwnNamespace;
let web: Server;
let port: number;
const started: string[] = [];

beforeAll(async () => {
  // It is there to be named: pulls are the business of workers, and none serves this namespace.
  web = createServer((_request, response) => response.end());
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  port = (web.address() as AddressInfo).port;
  own = await openOwnNamespace(process.env['TEMPORAL_ADDRESS'] ?? '');
  api = await startApi({
    TEMPORAL_NAMESPACE: own.namespace,
    API_KEYS: 'key-of-anna:anna,key-of-bert:bert',
    OUTBOUND_ALLOWED_PORTS: `443,${port}`,
    OUTBOUND_ALLOWED_NETWORKS: '127.0.0.1',
    INGEST_S3_SOURCES: 'films/in/',
    INGEST_PULLS_PER_CREATOR: String(PULLS_PER_CREATOR),
  });
  temporal = api.app.get<Client>(TEMPORAL_CLIENT);
});

afterAll(async () => {
  for (const videoId of started) await terminate(videoId);
  await api.stop();
  await own.close();
  web.close();
});

describe('POST /videos/ingest', () => {
  it('starts a pull and shows no secret of its URL', async () => {
    const answer = await order({ source_url: url('/My%20film.mp4?sig=secret') });
    expect(answer).toMatchObject({ status: 202, body: { status: 'uploading', source: url('/My%20film.mp4') } });
    const id = answer.body.video_id;
    expect((await api.call('GET', `/api/v1/videos/${id}`, undefined, ANNA)).body).toMatchObject({
      title: 'My film.mp4',
      filename: 'My film.mp4',
    });
    const status = await api.call('GET', `/api/v1/videos/${id}/status`, undefined, ANNA);
    expect(status.body).toMatchObject({ status: 'uploading', ingest: { state: 'pulling', bytes_received: 0, bytes_total: null } });
    const workflow = temporal.workflow.getHandle(ingestWorkflowId({ videoId: id, attempt: 1 }));
    expect((await workflow.describe()).status.name).toBe('RUNNING');
    expect(JSON.stringify([status.body, await workflow.fetchHistory()])).not.toMatch(/secret|sig=/);
    expect((await api.call('POST', `/api/v1/videos/${id}/upload/complete`, undefined, ANNA)).body.code).toBe('NoUpload');
    await end(id);
  });

  it('is one with its Idempotency-Key, and refuses another request with it', async () => {
    const headers = { ...ANNA, 'Idempotency-Key': ulid() };
    const request = { source_url: url('/a.mp4?sig=1') };
    const answers = await Promise.all([order(request, headers), order(request, headers)]);
    expect(answers[1]).toMatchObject({ status: 202, body: { video_id: answers[0].body.video_id } });
    expect(await order({ source_url: url('/a.mp4?sig=2') }, headers)).toMatchObject({
      status: 422,
      body: { code: 'IdempotencyKeyReused' },
    });
    await end(answers[0].body.video_id);
    expect(await order(request, headers)).toMatchObject({ status: 409, body: { code: 'UploadEnded' } });
  });

  it.each([
    ['a private address', { source_url: 'https://10.0.0.1/a.mp4' }, 422, 'SourceRefused'],
    ['the metadata of a cloud', { source_url: 'https://169.254.169.254/latest' }, 422, 'SourceRefused'],
    ['a port that is not open', { source_url: 'https://93.184.216.34:8443/a.mp4' }, 422, 'SourceRefused'],
    ['a password', { source_url: 'https://a:b@93.184.216.34/a.mp4' }, 422, 'SourceRefused'],
    ['a file', { source_url: 'file:///etc/passwd' }, 422, 'ValidationFailed'],
    ['no source', {}, 422, 'ValidationFailed'],
    ['two sources', { source_url: 'https://93.184.216.34/a.mp4', s3_key: 'in/a.mp4' }, 422, 'ValidationFailed'],
    ['a key outside', { s3_key: 'out/a.mp4' }, 403, 'SourceForbidden'],
    ['a bucket that is not open', { s3_key: 'in/a.mp4', bucket: 'other' }, 403, 'SourceForbidden'],
    ['a path trick', { s3_key: 'in/../a.mp4' }, 422, 'SourceKeyInvalid'],
    ['an unknown preset', { s3_key: 'in/a.mp4', preset: 'nothing' }, 422, 'PresetUnknown'],
    ['another kind of file', { s3_key: 'in/a.mp4', content_type: 'text/html' }, 415, 'ContentTypeUnsupported'],
    ['a hash that is none', { s3_key: 'in/a.mp4', sha256: 'abc' }, 422, 'ValidationFailed'],
  ])('refuses %s', async (_name, request, status, code) => {
    expect(await order(request)).toMatchObject({ status, body: { code } });
  });
});

describe('a pull', () => {
  it('that failed goes on after a retry, as the next attempt', async () => {
    const id = (await order({ source_url: url('/b.mp4') })).body.video_id;
    await terminate(id);
    const videos = api.app.get(VideosRepository);
    await videos.setFailed(
      { videoId: id, generation: 1 },
      { step: null, failureType: 'SourceDenied', message: 'The server of the source answers 403.' },
    );
    expect((await api.call('GET', `/api/v1/videos/${id}/status`, undefined, ANNA)).body).toMatchObject({
      status: 'failed',
      error: { code: 'SourceDenied', advice: expect.stringContaining('login') },
    });
    const retry = () => api.call('POST', `/api/v1/videos/${id}/retry`, {}, ANNA);
    expect(await retry()).toMatchObject({ status: 200, body: { retry_from: 'ingest' } });
    const workflow = temporal.workflow.getHandle(ingestWorkflowId({ videoId: id, attempt: 2 }));
    expect((await workflow.describe()).status.name).toBe('RUNNING');
    expect(await retry()).toMatchObject({ status: 409, body: { code: 'NothingToRetry' } });
    await workflow.terminate();
    await end(id);
  });

  it.each([
    ['cancelled', 'POST', '/cancel'],
    ['removed', 'DELETE', ''],
  ])('that is %s stops and leaves no upload behind', async (status, method, path) => {
    const id = (await order({ source_url: url('/c.mp4') })).body.video_id;
    const key = `${id}/original.mp4`;
    const uploads = api.app.get(MultipartUploads);
    const upload = await uploads.create(key, 'video/mp4');
    const base = { ...upload, validator: null, partSize: 5 * MIB, bytesTotal: null };
    expect(await api.app.get(IngestRepository).setBase(id, base)).toBe(true);
    for (let time = 0; time < 2; time++) {
      expect(await api.call(method, `/api/v1/videos/${id}${path}`, undefined, ANNA)).toMatchObject({ status: 202, body: { status } });
    }
    expect(await uploads.listParts(upload)).toBeNull();
    // A worker that hears of it late begins nothing.
    expect(await api.app.get(IngestRepository).setBase(id, base)).toBe(false);
    const { raw } = await temporal.workflow.getHandle(ingestWorkflowId({ videoId: id, attempt: 1 })).describe();
    expect(raw.workflowExtendedInfo?.cancelRequested).toBe(true);
    await terminate(id);
  });
});

describe('a batch', () => {
  it('is one with its key, reports its items, and starts a few of each creator', async () => {
    const request = { items: Array.from({ length: 300 }, (_, index) => ({ source_url: url(`/${index}.mp4?sig=${'x'.repeat(500)}`) })) };
    const headers = { ...ANNA, 'Idempotency-Key': ulid() };
    const answer = await batch(request, headers);
    expect(answer).toMatchObject({ status: 202, body: { items: 300 } });
    expect((await batch(request, headers)).body).toEqual(answer.body);
    expect(await batch({ items: request.items.slice(1) }, headers)).toMatchObject({ status: 422, body: { code: 'IdempotencyKeyReused' } });
    const path = `/api/v1/videos/ingest/batches/${answer.body.batch_id}`;
    const report = await api.call('GET', `${path}?limit=100`, undefined, ANNA);
    expect(report.body).toMatchObject({ total: 300, counts: { uploading: 300 } });
    expect(JSON.stringify(report.body)).not.toContain('sig=');
    const next = await api.call('GET', `${path}?limit=100&cursor=${report.body.next_cursor}`, undefined, ANNA);
    expect(next.body.items[0].source).toBe(url('/100.mp4'));
    expect((await api.call('GET', path, undefined, BERT)).body.code).toBe('BatchNotFound');

    const ids = (report.body.items as { video_id: string }[]).map((item) => item.video_id);
    const running = async () => {
      await api.app.get(IngestLists).admit({ perCreator: PULLS_PER_CREATOR, limit: 100 });
      const rows = await Promise.all(ids.map((id) => api.app.get(IngestRepository).find(id)));
      return rows.filter((row) => row?.state === 'pulling').map((row) => row!.videoId);
    };
    expect(await running()).toEqual(ids.slice(0, 2));
    const other = await order({ source_url: url('/d.mp4') }, BERT);
    expect((await api.app.get(IngestRepository).find(other.body.video_id))?.state).toBe('pulling');
    await end(ids[0]!);
    expect(await running()).toEqual(ids.slice(0, 3));
    const ref = { videoId: ids[1]!, generation: 1, taskType: 'ingest' } as const;
    const attempt = (number: number) => api.app.get(TasksRepository).start(ref, { workerId: 'worker', attempt: number });
    const fail = () => api.app.get(TasksRepository).fail(ref, { attempt: 1, willRetry: true, errorMessage: 'The source is away.' });
    await attempt(1);
    await fail();
    // The attempt that failed has no place until the next one.
    expect(await running()).toEqual(ids.slice(0, 4));
    const ingest = async () => (await api.call('GET', `/api/v1/videos/${ids[1]}/status`, undefined, ANNA)).body.ingest;
    expect(await ingest()).toMatchObject({ state: 'pulling', problem: 'The source is away.' });
    await attempt(2);
    expect(await ingest()).toMatchObject({ state: 'pulling', problem: null });
    expect(await running()).toEqual(ids.slice(0, 4));
    started.push(...ids.slice(1, 4), other.body.video_id);
    expect((await api.call('GET', `${path}?status=cancelled`, undefined, ANNA)).body).toMatchObject({
      counts: { uploading: 299, cancelled: 1 },
      items: [{ video_id: ids[0], status: 'cancelled' }],
    });
  });

  it('has one secret for the webhooks of its videos, and shows it once', async () => {
    const request = { items: [{ source_url: url('/e.mp4') }, { source_url: url('/f.mp4') }], webhook_url: url('/hook') };
    const headers = { ...ANNA, 'Idempotency-Key': ulid() };
    const { body } = await batch(request, headers);
    expect((await batch(request, headers)).body).toEqual({ batch_id: body.batch_id, items: 2 });
    const report = await api.call('GET', `/api/v1/videos/ingest/batches/${body.batch_id}`, undefined, ANNA);
    const ids = (report.body.items as { video_id: string }[]).map((item) => item.video_id);
    started.push(...ids);
    const [secrets, webhooks] = [api.app.get(WebhookSecrets), api.app.get(WebhooksRepository)];
    for (const id of ids) {
      const { webhookId, url: address, wrappedSecret: wrapped, masterKeyId } = (await webhooks.findOfVideo(id))!;
      expect([address, secrets.open(webhookId, { wrapped, masterKeyId })]).toEqual([request.webhook_url, body.webhook_secret]);
    }
    expect(await batch({ ...request, webhook_url: 'http://10.0.0.1/' })).toMatchObject({
      status: 422,
      body: { code: 'WebhookUrlRefused' },
    });
  });

  it.each([
    ['no items', { items: [] }, 422, 'ValidationFailed'],
    ['items and a prefix', { items: [{ s3_key: 'in/a.mp4' }], s3_prefix: 'in/' }, 422, 'ValidationFailed'],
    ['a prefix outside', { s3_prefix: 'out/' }, 403, 'SourceForbidden'],
    ['a bucket beside a URL', { items: [{ source_url: 'https://media.example/a.mp4', bucket: 'films' }] }, 422, 'ValidationFailed'],
  ])('of %s is refused', async (_name, request, status, code) => {
    expect(await batch(request)).toMatchObject({ status, body: { code } });
  });

  it.each([
    [{ s3_key: 'a.mp4' }, 403, 's3_key'],
    [{ s3_key: 'in/a.mp4', preset: 'nothing' }, 422, 'preset'],
    [{ source_url: 'ftp://media.example/a.mp4' }, 422, 'source_url'],
  ])('names the item and the field of %j', async (item, status, field) => {
    const { body, ...answer } = await batch({ items: [{ s3_key: 'in/a.mp4' }, item] });
    expect(answer.status).toBe(status);
    expect(body.detail).toContain(`items[1].${field}: `);
  });
});

function order(request: unknown, headers: Record<string, string> = ANNA): Promise<Answer> {
  return api.call('POST', '/api/v1/videos/ingest', request, headers);
}

function batch(request: unknown, headers: Record<string, string> = ANNA): Promise<Answer> {
  return api.call('POST', '/api/v1/videos/ingest/batch', request, headers);
}

function url(path: string): string {
  return `http://127.0.0.1:${port}${path}`;
}

async function end(videoId: string): Promise<void> {
  await api.call('POST', `/api/v1/videos/${videoId}/cancel`, undefined, ANNA);
  await terminate(videoId);
}

async function terminate(videoId: string): Promise<void> {
  await temporal.workflow
    .getHandle(ingestWorkflowId({ videoId, attempt: 1 }))
    .terminate()
    .catch(() => undefined);
}
