import { ulid } from 'ulid';
import { SubtitlesRepository } from '../../../infra/database/subtitles/subtitles-repository';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { newVideo } from '../../../infra/database/testing/new-video';
import { ObjectStore } from '../../../infra/object-store/object-store';
import type { CueFile } from '../../../temporal/contract/media/text-tracks';
import { textKeys } from '../../../temporal/contract/object-keys';
import { startApi, type Answer, type RunningApi } from '../testing/running-api';

jest.setTimeout(60_000);

const ANNA = { authorization: 'Bearer key-of-anna' };
const BERT = { authorization: 'Bearer key-of-bert' };
const VTT = 'WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n';
const ENGLISH = { language: 'eng', format: 'vtt', content: VTT };

let api: RunningApi;
let videoId: string;

beforeAll(async () => {
  api = await startApi({ API_KEYS: 'key-of-anna:anna,key-of-bert:bert' });
  const video = newVideo({ creatorId: 'anna' });
  await api.app.get(VideosRepository).create(video);
  ({ videoId } = video);
});
afterAll(() => api.stop());

const path = (id = videoId) => `/api/v1/videos/${id}/subtitles`;
const add = (body: unknown, headers = ANNA) => api.call('POST', path(), body, headers);
const list = async () => (await api.call('GET', path(), undefined, ANNA)).body.subtitles as { subtitle_id: string; label: string }[];

/** A form with a file. */
async function send(file: Uint8Array<ArrayBuffer> | string, name: string, fields: Record<string, string>): Promise<Answer> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set('file', new Blob([file]), name);
  const response = await fetch(`${api.url}${path()}`, { method: 'POST', headers: ANNA, body: form });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

it('takes subtitles before the video is ready, lists them, and removes them', async () => {
  const added = await add(ENGLISH);
  expect(added).toMatchObject({
    status: 201,
    body: { language: 'en', label: 'English', kind: 'subtitles', origin: 'uploaded', cue_count: 1, encoding: 'utf-8', warnings: [] },
  });
  const { subtitle_id: id } = added.body;
  expect(await list()).toMatchObject([{ subtitle_id: id }]);
  expect(await api.app.get(ObjectStore).getJson<CueFile>('transcoded', textKeys.cues(videoId, id))).toEqual({
    formatVersion: 1,
    cues: [{ startMs: 1000, endMs: 2000, text: 'Hello', settings: '' }],
  });
  expect((await api.call('DELETE', `${path()}/${id}`, undefined, BERT)).status).toBe(404);
  expect((await api.call('DELETE', `${path()}/${id}`, undefined, ANNA)).status).toBe(204);
  expect((await api.call('DELETE', `${path()}/${id}`, undefined, ANNA)).body.code).toBe('SubtitlesNotFound');
  expect(await list()).toEqual([]);
});

it('keeps to the most text tracks of a video when many are added at the same time', async () => {
  const video = newVideo({ creatorId: 'anna' });
  await api.app.get(VideosRepository).create(video);
  const rows = api.app.get(SubtitlesRepository);
  const place = { videoId: video.videoId, origin: 'uploaded', generation: null, sourceTrack: null, removedAt: null } as const;
  const about = { language: 'en', label: 'English', kind: 'subtitles', cueCount: 1, createdAt: new Date() } as const;
  const add20 = (most: number) =>
    Promise.all(Array.from({ length: 20 }, () => rows.addWithin({ subtitleId: ulid(), ...place, ...about }, most)));
  expect((await add20(3)).filter(Boolean)).toHaveLength(3);
  await rows.remove((await rows.list(video.videoId))[0]!);
  expect((await add20(3)).filter(Boolean)).toHaveLength(1);
  expect(await rows.list(video.videoId)).toHaveLength(3);
});

it('takes forms with a file, in the encodings of files', async () => {
  const srt = '1\n00:00:01,000 --> 00:00:02,000\nGröße\n';
  const latin = new Uint8Array(Buffer.from(srt, 'latin1'));
  expect(await send(latin, 'film.srt', { language: 'de', kind: 'captions', label: 'Für Gehörlose' })).toMatchObject({
    status: 201,
    body: { label: 'Für Gehörlose', kind: 'captions', encoding: 'windows-1252' },
  });
  const wide = new Uint8Array(Buffer.from(`\ufeff${srt}`, 'utf16le'));
  expect(await send(wide, 'film.SRT', { language: 'de' })).toMatchObject({ status: 201, body: { encoding: 'utf-16le' } });
  expect(await send(srt, 'film.txt', { language: 'de', format: 'srt' })).toMatchObject({ status: 201 });
  expect(await send(srt, 'film.txt', { language: 'de' })).toMatchObject({ status: 422, body: { code: 'ValidationFailed' } });
});

it.each<[string, object, string, RegExp]>([
  ['a language that is none', { language: 'xx' }, 'LanguageUnknown', /language tag/],
  ['nonsense', { content: 'WEBVTT\n\nsoon --> later\nx' }, 'SubtitlesInvalid', /^Line 3 is wrong/],
  ['a negative time', { content: 'WEBVTT\n\n-00:01.000 --> 00:02.000\nx' }, 'SubtitlesInvalid', /^Line 3 .*negative/],
  ['another format', { format: 'srt' }, 'SubtitlesInvalid', /^Line 1 /],
  ['no text at all', { content: 'WEBVTT\u0000 and more' }, 'SubtitlesUnreadable', /UTF-8/],
  ['a label that hides', { label: 'a\u202eb' }, 'ValidationFailed', /label/],
  ['a format of its own', { format: 'ssa' }, 'ValidationFailed', /format/],
])('says what is wrong with %s', async (_, change, code, detail) => {
  const before = await list();
  const answer = await add({ ...ENGLISH, ...change });
  expect(answer).toMatchObject({ status: 422, body: { code, detail: expect.stringMatching(detail) } });
  expect(await list()).toEqual(before);
});

it('names every line that is wrong, and lines that may be', async () => {
  const wrong = 'WEBVTT\n\n00:99.000 --> 00:02.000\nx\n\n00:02.000 --> 00:01.000\ny\n';
  expect((await add({ ...ENGLISH, content: wrong })).body.errors).toMatchObject([{ line: 3 }, { line: 6 }]);
  const crossed = 'WEBVTT\n\n00:01.000 --> 00:03.000\nx\n\n00:02.000 --> 00:04.000\ny\n';
  expect((await add({ ...ENGLISH, content: crossed })).body.warnings).toMatchObject([{ line: 6 }]);
});

it('refuses what is too large, of another type, of another caller and for no video', async () => {
  const large = await add({ ...ENGLISH, content: `WEBVTT\n\n${'x'.repeat(9 * 1024 * 1024)}` });
  expect([large.status, large.body.code]).toEqual([413, 'BodyTooLarge']);
  expect((await send('x'.repeat(5 * 1024 * 1024), 'a.vtt', { language: 'en' })).status).toBe(413);
  expect((await api.call('POST', path(), VTT, { ...ANNA, 'Content-Type': 'text/plain' })).status).toBe(415);
  expect((await api.call('POST', path(), 'x', { ...ANNA, 'Content-Type': 'multipart/form-data; boundary=y' })).status).toBe(400);
  expect((await add(ENGLISH, BERT)).status).toBe(404);
  expect((await api.call('POST', path(ulid()), ENGLISH, ANNA)).status).toBe(404);
});
