import { ListMultipartUploadsCommand, ListObjectsV2Command, UploadPartCommand } from '@aws-sdk/client-s3';
import type { Client } from '@temporalio/client';
import { ulid } from 'ulid';
import { VideoLists } from '../../../infra/database/video-lists';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { s3OfEnvironment } from '../../../infra/object-store/testing/s3-of-environment';
import { processVideoWorkflowId } from '../../../temporal/contract/ids';
import { terminateRun } from '../../../temporal/testing/terminate-run';
import { TEMPORAL_CLIENT } from '../dependencies/tokens';
import { startApi, type Answer, type RunningApi } from '../testing/running-api';

const PART_BYTES = 5 * 1024 * 1024;
const s3 = s3OfEnvironment();
const FILE = { filename: 'film.mp4', content_type: 'video/mp4', title: 'A film' };

let api: RunningApi;
let store: ObjectStore;
let temporal: Client;

beforeAll(async () => {
  api = await startApi();
  store = api.app.get(ObjectStore);
  temporal = api.app.get<Client>(TEMPORAL_CLIENT);
});

afterAll(async () => {
  s3.destroy();
  await api.stop();
});

describe('an upload', () => {
  it('takes parts in any order, tells what is missing, and starts one workflow however often it is completed', async () => {
    const file = bytes(2 * PART_BYTES + 1000);
    const { video_id: id, ...created } = await create(file.length);
    expect(created).toMatchObject({ max_chunk_size: PART_BYTES, parts_total: 3 });

    await putPart(id, file, 3);
    await putPart(id, file, 1);
    const state = await api.call('GET', `/api/v1/videos/${id}/upload`);
    expect(state.body).toMatchObject({ received_parts: [1, 3], missing_parts: [2], bytes_received: PART_BYTES + 1000 });
    await putPart(id, file, 2);

    const answers = await Promise.all([complete(id), complete(id), complete(id)]);
    expect(answers.map((answer) => answer.status)).toEqual([202, 202, 202]);
    expect((await complete(id)).body).toEqual({ video_id: id, status: 'uploaded' });

    const original = await store.get('originals', `${id}/original.mp4`);
    expect(Buffer.from(original!).equals(file)).toBe(true);
    const workflow = await temporal.workflow.getHandle(processVideoWorkflowId(id)).describe();
    expect(workflow).toMatchObject({ type: 'processVideo', taskQueue: 'pipeline', priority: { priorityKey: 3, fairnessKey: 'local' } });
    expect(await workflow.staticSummary()).toBe('A film (10.5 MB)');
    const row = await api.app.get(VideosRepository).find(id);
    expect(row?.workflowStartedAt).not.toBeNull();
    await terminateRun(temporal, processVideoWorkflowId(id));
  });

  it('keeps a ladder and pairs of its own, and refuses a ladder that has bounds', async () => {
    const ladder = [
      { height: 720, bitrate_kbps: 3000 },
      { width: 640, bitrate_kbps: 900 },
    ];
    const { video_id: id } = await create(10, { ladder, metadata: { campaign: 'spring' } });
    expect((await api.call('GET', `/api/v1/videos/${id}`)).body).toMatchObject({ ladder, metadata: { campaign: 'spring' } });
    const recorded = (await api.app.get(VideosRepository).find(id))?.encoding;
    expect(recorded).toMatchObject({ ladder: [{ shortSide: 720, maxrateBps: 3_000_000 }, { longSide: 640 }] });
    const request = { filename: 'a.mp4', file_size_bytes: 10, title: 'A', ladder };
    const bounded = await api.call('POST', '/api/v1/videos/upload', { ...request, highest_rung: '480p' });
    expect(bounded).toMatchObject({ status: 422, body: { code: 'LadderBounded' } });
    const wrong = await api.call('POST', '/api/v1/videos/upload', { ...request, ladder: [{ height: 720, bitrate_kbps: 1 }] });
    expect(wrong.body.errors).toEqual([{ field: 'ladder[0].bitrate_kbps', message: 'is out of bounds for this size: 230 to 11059' }]);
  });

  it('of one part needs only upload_url', async () => {
    const file = bytes(700);
    const { video_id: id, upload_url: url } = await create(file.length, { filename: 'C:\\clips\\..\\holiday.MOV' });
    expect((await fetch(url, { method: 'PUT', body: new Uint8Array(file) })).status).toBe(200);
    expect((await complete(id)).status).toBe(202);
    expect((await api.call('GET', `/api/v1/videos/${id}`)).body).toMatchObject({ filename: 'holiday.MOV', status: 'uploaded' });
    expect(await store.head('originals', `${id}/original.mov`)).toMatchObject({ sizeBytes: 700 });
    await terminateRun(temporal, processVideoWorkflowId(id));
  });

  it('is not completed while parts are missing, and leaves no object', async () => {
    const { video_id: id } = await create(2 * PART_BYTES);
    await putPart(id, bytes(2 * PART_BYTES), 2);
    const answer = await complete(id);
    expectProblem(answer, 409, 'UploadIncomplete');
    expect(answer.body).toMatchObject({ missing_parts: [1], detail: expect.stringContaining('Part 1 is missing') });
    expect(await store.head('originals', `${id}/original.mp4`)).toBeNull();
    await expect(temporal.workflow.getHandle(processVideoWorkflowId(id)).describe()).rejects.toThrow();
  });

  it('is not completed with another size than announced, and can be corrected', async () => {
    const { video_id: id } = await create(PART_BYTES + 10);
    const file = bytes(PART_BYTES + 10);
    await putPart(id, file, 1);
    await putAnySize(id, 2, file.subarray(0, 3));
    const answer = await complete(id);
    expectProblem(answer, 422, 'UploadIncomplete');
    expect(answer.body).toMatchObject({ wrong_parts: [2], detail: expect.stringContaining(`${PART_BYTES + 3} bytes`) });
    expect(await store.head('originals', `${id}/original.mp4`)).toBeNull();
    await putPart(id, file, 2);
    expect((await complete(id)).status).toBe(202);
    await terminateRun(temporal, processVideoWorkflowId(id));
  });

  it('given up frees its parts, twice is the same as once, and it cannot be completed', async () => {
    const { video_id: id } = await create(10);
    await put(id, 1, bytes(10));
    expect((await api.call('DELETE', `/api/v1/videos/${id}/upload`)).status).toBe(204);
    expect((await api.call('DELETE', `/api/v1/videos/${id}/upload`)).status).toBe(204);
    expectProblem(await complete(id), 409, 'UploadEnded');
    expectProblem(await signParts(id, [1]), 409, 'UploadEnded');
    const { Uploads } = await s3.send(new ListMultipartUploadsCommand({ Bucket: store.buckets.originals, Prefix: id }));
    expect(Uploads ?? []).toEqual([]);
  });

  it('is the same one under the same Idempotency-Key, also for calls at the same time', async () => {
    const request = { ...FILE, file_size_bytes: 10 };
    const headers = { 'Idempotency-Key': ulid() };
    const answers = await Promise.all([1, 2, 3].map(() => api.call('POST', '/api/v1/videos/upload', request, headers)));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map((answer) => `${answer.body.video_id} ${answer.body.upload_id}`)).size).toBe(1);
    const other = await api.call('POST', '/api/v1/videos/upload', { ...request, title: 'Another' }, headers);
    expectProblem(other, 422, 'IdempotencyKeyReused');
  });

  it('is complete when a part was sent twice in a second', async () => {
    const file = bytes(PART_BYTES + 7);
    const { video_id: id } = await create(file.length);
    await Promise.all([putPart(id, file, 1), putPart(id, file, 2)]);
    await Promise.all([putPart(id, file, 1), putPart(id, file, 2)]);
    expect((await complete(id)).status).toBe(202);
    expect(Buffer.from((await store.get('originals', `${id}/original.mp4`))!).equals(file)).toBe(true);
    await terminateRun(temporal, processVideoWorkflowId(id));
  });

  it('takes parts of the announced size only', async () => {
    const { video_id: id, upload_url: url } = await create(10);
    for (const size of [9, 11, 5_000_000]) expect((await fetch(url, { method: 'PUT', body: new Uint8Array(size) })).status).toBe(403);
    expect((await api.call('GET', `/api/v1/videos/${id}/upload`)).body).toMatchObject({ received_parts: [], bytes_received: 0 });
    expect((await fetch(url, { method: 'PUT', body: new Uint8Array(10) })).status).toBe(200);
  });

  it('that was given up takes no retry, and its Idempotency-Key no repeat', async () => {
    const request = { ...FILE, file_size_bytes: 10 };
    const headers = { 'Idempotency-Key': ulid() };
    const { video_id: id } = (await api.call('POST', '/api/v1/videos/upload', request, headers)).body;
    await api.call('DELETE', `/api/v1/videos/${id}/upload`);
    expectProblem(await api.call('POST', `/api/v1/videos/${id}/retry`, { from_step: 'probe' }), 409, 'NothingToRetry');
    expect((await api.call('GET', `/api/v1/videos/${id}/upload`)).body).toMatchObject({ status: 'cancelled', bytes_received: 0 });
    expectProblem(await api.call('POST', '/api/v1/videos/upload', request, headers), 409, 'UploadEnded');
    await expect(temporal.workflow.getHandle(processVideoWorkflowId(id)).describe()).rejects.toThrow();
  });

  it('is the same one when a title with half of a surrogate pair is repeated, which is cleaned', async () => {
    const request = { ...FILE, file_size_bytes: 10, title: 'a \ud83d film\u202e', filename: 'f\udc00.mp4' };
    const headers = { 'Idempotency-Key': ulid() };
    const answers = [1, 2].map(() => api.call('POST', '/api/v1/videos/upload', request, headers));
    const [first, second] = await Promise.all(answers);
    expect([first!.status, second!.status, second!.body.video_id]).toEqual([200, 200, first!.body.video_id]);
    expect((await api.call('GET', `/api/v1/videos/${first!.body.video_id}`)).body).toMatchObject({ title: 'a  film', filename: 'f.mp4' });
  });

  it.each([
    ['', 'application/octet-stream'],
    [undefined, 'application/octet-stream'],
    ['video/mp4; title="f\u00fcr"', 'video/mp4'],
    ['video/mp4\r\nx: y', 'application/octet-stream'],
    ['video/mp4\u0000', 'application/octet-stream'],
    ['audio/x-matroska', 'audio/x-matroska'],
  ])('takes the content type %j as a hint', async (contentType, stored) => {
    const { video_id: id } = await create(10, { content_type: contentType });
    expect((await api.call('GET', `/api/v1/videos/${id}`)).body.content_type).toBe(stored);
  });

  it('signs parts on demand within its own range', async () => {
    const { video_id: id } = await create(PART_BYTES + 1);
    const signed = await signParts(id, [2, 1]);
    expect(signed.body.urls).toMatchObject([{ part_number: 2 }, { part_number: 1 }]);
    expectProblem(await signParts(id, [3]), 422, 'PartNumberInvalid');
    expectProblem(await signParts(id, []), 422, 'ValidationFailed');
    expectProblem(
      await signParts(
        id,
        Array.from({ length: 101 }, (_, index) => index + 1),
      ),
      422,
      'ValidationFailed',
    );
  });
});

describe('bad input', () => {
  const cases: [name: string, status: number, code: string, differences: Record<string, unknown>][] = [
    ['an empty file', 422, 'ValidationFailed', { file_size_bytes: 0 }],
    ['a size of 6 TB', 413, 'SourceTooLarge', { file_size_bytes: 6e12 }],
    ['a size that is no whole number', 422, 'ValidationFailed', { file_size_bytes: 1.5 }],
    ['a size as text', 422, 'ValidationFailed', { file_size_bytes: '10' }],
    ['a content type that is no video', 415, 'ContentTypeUnsupported', { content_type: 'image/jpeg' }],
    ['a page', 415, 'ContentTypeUnsupported', { content_type: 'text/html; charset=utf-8' }],
    ['JSON', 415, 'ContentTypeUnsupported', { content_type: 'application/json' }],
    ['a title that cannot be seen', 422, 'TitleInvalid', { title: '\u0000\ud800' }],
    ['a playlist', 415, 'ContentTypeUnsupported', { content_type: 'application/vnd.apple.mpegurl' }],
    ['a filename that is only a path', 422, 'FilenameInvalid', { filename: '../../' }],
    ['no title', 422, 'ValidationFailed', { title: undefined }],
    ['an unknown field', 422, 'ValidationFailed', { titel: 'A film' }],
    ['an unknown priority', 422, 'ValidationFailed', { priority: 'now' }],
    ['an unknown protection scheme', 422, 'ValidationFailed', { drm: { scheme: 'cens' } }],
    ['FairPlay with cenc', 422, 'ValidationFailed', { drm: { scheme: 'cenc', systems: ['fairplay'] } }],
    ['a key system twice', 422, 'ValidationFailed', { drm: { systems: ['widevine', 'widevine'] } }],
    ['no key system', 422, 'ValidationFailed', { drm: { systems: [] } }],
    ['MPEG-TS with protection', 422, 'TsNotProtected', { hls_ts: true, drm: { scheme: 'cbcs' } }],
    ['MPEG-TS without H.264', 422, 'TsNeedsH264', { hls_ts: true, codecs: ['av1'] }],
    ['MPEG-TS as text', 422, 'ValidationFailed', { hls_ts: 'yes' }],
    ['subtitles that there are not', 422, 'ValidationFailed', { subtitles: true }],
    ['a spoken language that there is not', 422, 'ValidationFailed', { subtitles: 'auto', subtitles_language: 'english' }],
    ['protection as text', 422, 'ValidationFailed', { drm: 'cbcs' }],
    ['a key provider that is an address', 422, 'ValidationFailed', { drm: { key_provider: 'http://127.0.0.1/' } }],
  ];

  it.each(cases)('%s is refused with %i and leaves nothing', async (_name, status, code, differences) => {
    const before = await everything();
    const request = { ...FILE, file_size_bytes: 10, ...differences };
    expectProblem(await api.call('POST', '/api/v1/videos/upload', request), status, code);
    expect(await everything()).toEqual(before);
  });

  it('a filename with ../ keeps its base name and never reaches a key', async () => {
    const { video_id: id } = await create(10, { filename: '../../etc/cron.d/film.mp4/../../x.sh' });
    const row = await api.app.get(VideosRepository).find(id);
    expect(row).toMatchObject({ filename: 'x.sh', originalS3Key: `${id}/original.bin` });
  });

  it('malformed JSON gets 400 and hears nothing of itself', async () => {
    const answer = await api.call('POST', '/api/v1/videos/upload', '{"title": secret-word');
    expectProblem(answer, 400, 'MalformedRequest');
    expect(JSON.stringify(answer.body)).not.toContain('secret-word');
  });

  it.each([
    ['POST', '/api/v1/videos/upload', '{"metadata": {"__proto__": "a"}}'],
    ['POST', '/api/v1/videos/upload', '{"\\u005f_proto__": "a"}'],
    ['POST', '/api/v1/videos/upload', `${'['.repeat(40_000)}{"__proto__": 1}${']'.repeat(40_000)}`],
    ['GET', '/api/v1/videos?metadata.__proto__=a', undefined],
    ['GET', '/api/v1/videos?__proto__=a', undefined],
  ])('a name that JavaScript would leave out gets 422: %s %s %#', async (method, path, body) => {
    expectProblem(await api.call(method, path, body), 422, 'ValidationFailed');
  });

  it('text that is not UTF-8 gets 400', async () => {
    const body = Buffer.concat([Buffer.from('{"title": "a'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`${api.url}/api/v1/videos/upload`, { method: 'POST', headers, body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'MalformedRequest', detail: 'The body is not valid UTF-8.' });
  });

  it('a size beyond all numbers hears what a size is', async () => {
    const text = JSON.stringify({ ...FILE, file_size_bytes: 10 }).replace('10', '1e400');
    const answer = await api.call('POST', '/api/v1/videos/upload', text);
    expectProblem(answer, 422, 'ValidationFailed');
    expect(answer.body.detail).toBe('Correct the request: file_size_bytes: is a whole number of bytes.');
  });

  it('a body that is no JSON object gets 422', async () => {
    expectProblem(await api.call('POST', '/api/v1/videos/upload', '[]'), 422, 'ValidationFailed');
    expectProblem(await api.call('POST', '/api/v1/videos/upload'), 422, 'ValidationFailed');
  });

  it('a body of megabytes gets 413', async () => {
    const request = { ...FILE, file_size_bytes: 10, title: 'x'.repeat(2e6) };
    expectProblem(await api.call('POST', '/api/v1/videos/upload', request), 413, 'BodyTooLarge');
  });

  it.each([
    ['GET', ''],
    ['GET', '/status'],
    ['GET', '/events'],
    ['GET', '/manifest'],
    ['GET', '/upload'],
    ['POST', '/upload/complete'],
    ['DELETE', '/upload'],
  ])('%s of an unknown video%s gets 404', async (method, path) => {
    for (const id of [ulid(), 'x', '..%2f..%2fetc', "'or'1'='1"]) {
      expectProblem(await api.call(method, `/api/v1/videos/${id}${path}`), 404, 'VideoNotFound');
    }
  });

  it('an unknown address gets 404', async () => {
    expectProblem(await api.call('GET', '/api/v1/nothing'), 404, 'NotFound');
  });
});

async function create(fileSizeBytes: number, differences: Record<string, unknown> = {}): Promise<{ video_id: string; upload_url: string }> {
  const answer = await api.call('POST', '/api/v1/videos/upload', { ...FILE, file_size_bytes: fileSizeBytes, ...differences });
  expect(answer.status).toBe(200);
  return answer.body;
}

function complete(id: string): Promise<Answer> {
  return api.call('POST', `/api/v1/videos/${id}/upload/complete`);
}

function signParts(id: string, partNumbers: number[]): Promise<Answer> {
  return api.call('POST', `/api/v1/videos/${id}/upload/parts`, { part_numbers: partNumbers });
}

function putPart(id: string, file: Buffer, number: number): Promise<void> {
  return put(id, number, file.subarray((number - 1) * PART_BYTES, number * PART_BYTES));
}

async function put(id: string, number: number, body: Buffer): Promise<void> {
  const signed = await signParts(id, [number]);
  const response = await fetch(signed.body.urls[0].url, { method: 'PUT', body: new Uint8Array(body) });
  expect(response.status).toBe(200);
}

/** Sent with the store's own keys: the signed address takes no other size. */
async function putAnySize(id: string, number: number, body: Buffer): Promise<void> {
  const row = await api.app.get(VideosRepository).find(id);
  const address = { Bucket: store.buckets.originals, Key: row!.originalS3Key, UploadId: row!.uploadId!, PartNumber: number };
  await s3.send(new UploadPartCommand({ ...address, Body: new Uint8Array(body) }));
}

async function everything() {
  const { originals } = store.buckets;
  const uploads = await s3.send(new ListMultipartUploadsCommand({ Bucket: originals }));
  const objects = await s3.send(new ListObjectsV2Command({ Bucket: originals }));
  const { videos: rows } = await api.app.get(VideoLists).list({ limit: 1000 });
  return { uploads: uploads.Uploads?.length ?? 0, objects: objects.KeyCount, rows: rows.length };
}

function bytes(count: number): Buffer {
  return Buffer.from(Uint8Array.from({ length: count }, (_, index) => (index * 31 + (index >> 8)) & 255));
}

function expectProblem(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({ type: expect.any(String), title: expect.any(String), detail: expect.any(String), status });
  expect(answer.body.error_id).toMatch(/^[0-9A-Z]{26}$/);
}
