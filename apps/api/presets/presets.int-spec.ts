import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { startApi, type RunningApi } from '../testing/running-api';

const FILE = { filename: 'film.mp4', content_type: 'video/mp4', title: 'A film', file_size_bytes: 700 };
const OWN =
  'presets:\n  mobile: { codecs: [h264, av1], highest_rung: 480p, subtitles: auto, families: { h264: { speed: fast, crf: 27 } } }\n';

let folder: string;
let api: RunningApi;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'presets-'));
  const file = join(folder, 'presets.yaml');
  await writeFile(file, OWN);
  api = await startApi({ PRESETS_FILE: file, DEFAULT_PRESET: 'standard' });
});
afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true });
});

const upload = (request: object, headers = {}) => api.call('POST', '/api/v1/videos/upload', { ...FILE, ...request }, headers);

async function uploaded(request: object) {
  const { status, body } = await upload(request);
  expect(status).toBe(200);
  const view = await api.call('GET', `/api/v1/videos/${body.video_id}`);
  const row = await api.app.get(VideosRepository).find(String(body.video_id));
  return { view: view.body, encoding: row?.encoding };
}

it('lists the built-in presets and those of the operator', async () => {
  const { presets } = (await api.call('GET', '/api/v1/presets')).body as { presets: { name: string; is_default: boolean }[] };
  expect(presets.map(({ name, is_default }) => [name, is_default])).toEqual([
    ['fast', false],
    ['standard', true],
    ['premium', false],
    ['archive', false],
    ['mobile', false],
  ]);
  expect(presets.at(-1)).toMatchObject({
    codecs: ['h264', 'av1'],
    highest_rung: '480p',
    lowest_rung: null,
    families: { h264: { speed: 'fast', crf: 27, cap_percent: 100 } },
  });
});

it('records with the video what its preset says', async () => {
  const usual = await uploaded({});
  expect(usual.view).toMatchObject({ preset: 'standard', strict: false, codecs: ['h264'], highest_rung: null, lowest_rung: null });
  expect(usual.encoding).toMatchObject({ families: { h264: { speed: 'faster' } } });
  const mobile = await uploaded({ preset: 'mobile' });
  expect(mobile.view).toMatchObject({ preset: 'mobile', codecs: ['h264', 'av1'], highest_rung: '480p' });
  expect(mobile.encoding).toMatchObject({ families: { h264: { speed: 'fast', crf: 27 } } });
});

it('makes MPEG-TS segments where the upload asks for them', async () => {
  expect((await uploaded({})).view).toMatchObject({ hls_ts: false, hls_ts_url: null });
  const asked = await uploaded({ hls_ts: true });
  expect(asked.view).toMatchObject({ hls_ts: true, hls_ts_url: null });
  expect(asked.encoding).toMatchObject({ hlsTs: true });
});

it('makes subtitles of what is said where the upload or its preset asks for them', async () => {
  expect((await uploaded({})).view).toMatchObject({ subtitles: 'off' });
  const { view, encoding } = await uploaded({ subtitles: 'auto', subtitles_language: 'ENG-gb' });
  expect([view, encoding]).toMatchObject([{ subtitles: 'auto' }, { speech: { language: 'en-GB' } }]);
  expect((await uploaded({ preset: 'mobile' })).encoding).toMatchObject({ speech: {} });
  expect((await uploaded({ preset: 'mobile', subtitles: 'off' })).encoding).not.toHaveProperty('speech');
});

it('takes what the upload says before what its preset says', async () => {
  const sound = { audio_codecs: ['aac', 'opus'], loudness: -23 };
  const picture = { codecs: ['vp9'], strict: true, highest_rung: '720p', lowest_rung: '360p' };
  const { view, encoding } = await uploaded({ preset: 'mobile', ...picture, ...sound });
  expect(encoding?.sound).toEqual({ codecs: ['aac', 'opus'], loudnessLufs: -23 });
  expect(view).toMatchObject({ preset: 'mobile', codecs: ['vp9'], strict: true, highest_rung: '720p', lowest_rung: '360p' });
});

it.each<[string, object, number, string, string]>([
  ['a preset that there is not', { preset: 'warp' }, 422, 'PresetUnknown', 'the presets are fast, standard, premium, archive, mobile'],
  ['strict as a preset', { preset: 'strict' }, 422, 'PresetUnknown', 'strict is a flag of its own'],
  ['a ladder without rungs', { highest_rung: '360p', lowest_rung: '480p' }, 422, 'LadderEmpty', 'highest_rung is below lowest_rung'],
  ['bounds that a preset turns into none', { preset: 'mobile', lowest_rung: '720p' }, 422, 'LadderEmpty', 'highest_rung is below'],
  ['a rung that there is not', { highest_rung: '4k' }, 422, 'ValidationFailed', 'highest_rung'],
  ['a preset that is no name', { preset: '../etc' }, 422, 'ValidationFailed', 'preset'],
  ['sound that not every player has', { audio_codecs: ['opus'] }, 422, 'ValidationFailed', 'has to name aac'],
  ['a loudness above all others', { loudness: 0 }, 422, 'ValidationFailed', 'is off, or a number of LUFS from -31 to -10'],
  ['a flag that is none', { strict: 'yes' }, 422, 'ValidationFailed', 'strict'],
])('refuses %s', async (_, request, status, code, sentence) => {
  const answer = await upload(request);
  expect(answer).toMatchObject({ status, body: { code } });
  expect(JSON.stringify(answer.body)).toContain(sentence);
});

it('counts what a preset is asked for as part of a repeated request', async () => {
  const key = { 'idempotency-key': 'film-1' };
  const first = await upload({ preset: 'fast', highest_rung: '720p' }, key);
  const again = await upload({ preset: 'fast', highest_rung: '720p' }, key);
  expect(again.body.video_id).toBe(first.body.video_id);
  expect((await upload({ preset: 'fast' }, key)).body.code).toBe('IdempotencyKeyReused');
  expect((await upload({ preset: 'premium', highest_rung: '720p' }, key)).body.code).toBe('IdempotencyKeyReused');
});
