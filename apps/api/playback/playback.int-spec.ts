import { ulid } from 'ulid';
import { newVideo } from '../../../infra/database/testing/new-video';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { startApi, type RunningApi } from '../testing/running-api';
import { signPlayback } from './playback-token';

const [SIGNED, OTHER, OPEN] = [ulid(), ulid(), ulid()];
const [SECRET, NEXT_SECRET] = ['first-secret-of-this-test-0123456789', 'second-secret-of-this-test-0123456789'];
const NAMES = ['manifest.m3u8', 'g1/h264/720p/playlist.m3u8', 'g1/h264/720p/segment_00001.m4s', 'g1/thumbnails/poster.jpg'];
const [MASTER = '', PLAYLIST = '', SEGMENT = '', POSTER = ''] = NAMES;

let api: RunningApi;

beforeAll(async () => {
  api = await startApi({ PLAYBACK_SECRETS: `${NEXT_SECRET}, ${SECRET}`, API_PUBLIC_URL: 'http://media.example' });
  const videos = api.app.get(VideosRepository);
  for (const videoId of [SIGNED, OTHER, OPEN]) {
    await videos.create(newVideo({ videoId, playback: videoId === OPEN ? 'public' : 'signed' }));
    const run = { videoId, generation: 1 };
    await videos.setThumbnail(run, `${videoId}/${POSTER}`);
    await videos.setReady(run, { manifestKey: `${videoId}/${MASTER}` });
    const contents = ['#EXTM3U\ng1/h264/720p/playlist.m3u8\n', '#EXTM3U\nsegment_00001.m4s\n', 'media', 'poster'];
    for (const [index, name] of NAMES.entries())
      await api.app.get(ObjectStore).put('transcoded', `${videoId}/${name}`, contents[index] ?? '', { contentType: 'text/plain' });
  }
});

afterAll(() => api.stop());

const seconds = () => Math.floor(Date.now() / 1000);
const get = (path: string) => api.call('GET', path);
const tokenFor = (body: unknown = {}, videoId = SIGNED) => api.call('POST', `/api/v1/videos/${videoId}/playback-token`, body);
const signed = (token: string, name = MASTER, videoId = SIGNED) => get(`/stream/t/${token}/${videoId}/${name}`);

it('plays a public video without a token, and a signed one with a token only', async () => {
  expect((await get(`/stream/${OPEN}/${MASTER}`)).status).toBe(200);
  for (const prefix of ['', '/api/v1']) {
    for (const name of NAMES) {
      expect(await get(`${prefix}/stream/${SIGNED}/${name}`)).toMatchObject({ status: 403, body: { code: 'PlaybackTokenNeeded' } });
      expect((await api.call('HEAD', `${prefix}/stream/${SIGNED.toLowerCase()}/${name}`)).status).toBe(403);
    }
  }
});

it('opens all that playlists name, by relative addresses that keep the token', async () => {
  const { status, body } = await tokenFor({ expires_in: 600 });
  expect([status, body.video_id, Date.parse(body.expires_at) - Date.now() > 590_000]).toEqual([200, SIGNED, true]);
  expect(body.dash_url).toBe(`http://media.example/stream/t/${body.token}/${SIGNED}/manifest.mpd`);
  let address = new URL(body.hls_url as string);
  for (const name of [MASTER, PLAYLIST, SEGMENT]) {
    expect(address.pathname).toBe(`/stream/t/${body.token}/${SIGNED}/${name}`);
    const answer = await get(address.pathname);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    expect(answer.headers.get('cache-control')).toMatch(/^private, max-age=(30|5\d\d|600)$/);
    const [, next] = String(answer.body).split('\n');
    if (next) address = new URL(next, address);
  }
  expect((await get(new URL(body.thumbnail_url as string).pathname)).body).toBe('poster');
});

it('refuses a token of another video, an expired one and a forged one', async () => {
  const { token } = (await tokenFor()).body as { token: string };
  const grant = { videoId: SIGNED, expiresAt: seconds() - 1, pathPrefix: '' };
  const forged = signPlayback({ ...grant, expiresAt: seconds() + 60 }, 'a-secret-that-is-not-of-this-service-');
  expect(await signed(token, MASTER, OTHER)).toMatchObject({ status: 403, body: { code: 'PlaybackTokenInvalid' } });
  expect(await signed(signPlayback(grant, SECRET))).toMatchObject({ status: 403, body: { code: 'PlaybackTokenExpired' } });
  for (const wrong of [forged, 'x', `${token}x`])
    expect(await signed(wrong)).toMatchObject({ status: 403, body: { code: 'PlaybackTokenInvalid' } });
  // An address without a video in it is none.
  expect((await get(`/stream/t/${token}`)).status).toBe(404);
});

it('takes tokens of the secret before', async () => {
  const grant = { videoId: SIGNED, expiresAt: seconds() + 60, pathPrefix: '' };
  const made = (await tokenFor({ expires_in: 60 })).body as { token: string; expires_at: string };
  expect(made.token).toBe(signPlayback({ ...grant, expiresAt: Date.parse(made.expires_at) / 1000 }, NEXT_SECRET));
  for (const secret of [SECRET, NEXT_SECRET]) expect((await signed(signPlayback(grant, secret))).status).toBe(200);
});

it('opens one folder where a prefix says so', async () => {
  const { body } = await tokenFor({ path_prefix: 'g1/thumbnails/' });
  expect([body.hls_url, body.dash_url, body.thumbnail_url]).toEqual([null, null, expect.stringContaining(POSTER)]);
  expect((await signed(body.token, POSTER)).status).toBe(200);
  expect(await signed(body.token, SEGMENT)).toMatchObject({ status: 403, body: { code: 'PlaybackTokenNarrow' } });
});

it('keeps the watch page of a signed video for those who have a token', async () => {
  const { token, watch_url: watchUrl } = (await tokenFor()).body as { token: string; watch_url: string };
  for (const path of ['info', 'events'])
    expect((await get(`/watch/${SIGNED}/${path}`)).body).toMatchObject({ code: 'PlaybackTokenNeeded' });
  expect((await get(`/watch/${SIGNED}`)).status).toBe(200);
  const page = new URL(watchUrl);
  const info = (await get(`${page.pathname}/info${page.search}`)).body as { playback: { hls: string; poster: string } };
  expect(info.playback).toMatchObject({
    hls: `/stream/t/${token}/${SIGNED}/${MASTER}`,
    poster: `/stream/t/${token}/${SIGNED}/${POSTER}`,
  });
  expect((await get(`/watch/${SIGNED}/info?token=${token}&token=${token}`)).status).toBe(403);
});

it.each([{ expires_in: 1 }, { expires_in: 1e9 }, { path_prefix: '../' }, { path_prefix: '/g1' }, { color: 'red' }])(
  'refuses the wish %j',
  async (wish) => expect((await tokenFor(wish)).status).toBe(422),
);

it('is asked for with the upload, and stays', async () => {
  const upload = (playback?: string) =>
    api.call(
      'POST',
      '/api/v1/videos/upload',
      { filename: 'a.mp4', file_size_bytes: 1, title: 'A', playback },
      { 'Idempotency-Key': 'one' },
    );
  const { video_id: id } = (await upload('signed')).body as { video_id: string };
  expect((await get(`/api/v1/videos/${id}`)).body.playback).toBe('signed');
  expect((await upload()).body.code).toBe('IdempotencyKeyReused');
  expect((await tokenFor({}, id)).body.code).toBe('VideoNotReady');
});

it('needs a secret of the operator', async () => {
  const without = await startApi({ PLAYBACK_SECRETS: '' });
  try {
    const answer = await without.call('POST', '/api/v1/videos/upload', {
      filename: 'a.mp4',
      file_size_bytes: 1,
      title: 'A',
      playback: 'signed',
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'PlaybackSigningOff' } });
  } finally {
    await without.stop();
  }
});
