import { chmod, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newVideo } from '../../infra/database/testing/new-video';
import { VideosRepository } from '../../infra/database/videos-repository';
import { openOwnNamespace, type OwnNamespace } from '../../temporal/testing/own-namespace';
import { USUAL_WALK } from '../../temporal/testing/usual-walk';
import { startApi, type RunningApi } from '../api/testing/running-api';
import { openCountingDoor, type CountingDoor } from './testing/counting-door';
import { serveOneAnswer, type OneAnswer } from './testing/one-answer';
import { objectsIn, Sprocket, type Ended } from './testing/run-sprocket';

jest.setTimeout(120_000);

const KEY = 'key-of-the-operator-of-this-test-spec';
const VTT = 'WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n';
const LARGE_BYTES = 300_000_000;
const PARTS_BEFORE_THE_END = 8;
const GREEN = '\u001b[32m';

let own: OwnNamespace;
let door: CountingDoor;
let api: RunningApi;
let videos: VideosRepository;
let folder: string;
let sprocket: Sprocket;
let standIn: OneAnswer;

beforeAll(async () => {
  own = await openOwnNamespace(process.env['TEMPORAL_ADDRESS'] ?? '');
  door = await openCountingDoor(process.env['S3_ENDPOINT'] ?? '');
  api = await startApi({ API_ADMIN_KEY: KEY, TEMPORAL_NAMESPACE: own.namespace, S3_PUBLIC_ENDPOINT: door.url });
  videos = api.app.get(VideosRepository);
  folder = await mkdtemp(join(tmpdir(), 'sprocket-cli-'));
  await writeFile(join(folder, 'film.mp4'), 'not a film');
  await writeFile(join(folder, 'en.vtt'), VTT);
  sprocket = new Sprocket({ PATH: process.env['PATH'] ?? '', HOME: folder, SPROCKET_URL: api.url, SPROCKET_API_KEY: KEY });
  standIn = await serveOneAnswer(200, { video_id: '01VIDEO', status: 'retrying', retry_from: 'package', generation: 1 });
});

afterAll(async () => {
  await Promise.all([api.stop(), door.close(), standIn.close()]);
  await own.close();
  await rm(folder, { recursive: true });
});

const file = (name: string) => join(folder, name);
const words = (line: string) => line.split(' ');

/** Runs a command for a person and for a script. */
async function both(line: string): Promise<[person: string, objects: Record<string, unknown>[]]> {
  const [person, script] = [await sprocket.onTerminal(...words(line)), await sprocket.run(...words(line), '--json')];
  expect([person.code, person.stderr, script.code]).toEqual([0, '', 0]);
  return [person.stdout, objectsIn(script.stdout)];
}

async function stored(status: 'uploading' | 'failed' | 'ready'): Promise<string> {
  const { videoId } = newVideo({});
  const run = { videoId, generation: 1 };
  await videos.create(newVideo({ videoId, title: `A ${status} title` }));
  if (status === 'uploading') return videoId;
  await videos.setUploaded(videoId, USUAL_WALK);
  await videos.setWorkflowStarted(videoId);
  await videos.advance(run, 'transcoding');
  if (status === 'ready') await videos.setReady(run, { manifestKey: 'k' });
  else await videos.setFailed(run, { step: 'probe', failureType: 'SourceUnreadable', message: 'The file is damaged.' });
  return videoId;
}

async function opened(): Promise<string> {
  const body = { filename: 'a.mp4', content_type: 'video/mp4', file_size_bytes: 10, title: 'A' };
  const answer = await api.call('POST', '/api/v1/videos/upload', body, { authorization: `Bearer ${KEY}` });
  return answer.body.video_id as string;
}

describe('for a person on a terminal, and as JSON for a script', () => {
  it('upload', async () => {
    const [person, [object]] = await both(`upload ${file('film.mp4')} --title film`);
    expect(person).toMatch(/film\.mp4 .*100%/);
    expect(object).toMatchObject({ file: file('film.mp4'), resumed: false });
    expect(await videos.find(object!['video_id'] as string)).toMatchObject({ title: 'film', status: 'uploaded', fileSizeBytes: 10 });
  });

  it('list', async () => {
    const id = await stored('ready');
    const [person, objects] = await both('list --status ready');
    expect(person).toMatch(/^id +status +size +created +title\r\n/);
    expect(person).toContain(`${id}  ${GREEN}ready`);
    expect(objects).toMatchObject([{ video_id: id, status: 'ready' }]);
    expect((await sprocket.run('list')).stdout).not.toContain('\u001b');
  });

  it('status and watch', async () => {
    const id = await stored('failed');
    const [status, [progress]] = await both(`status ${id}`);
    expect(status).toMatch(/is .*failed.* at step probe: The file is damaged\./);
    expect(progress).toMatchObject({ video_id: id, failed_step: 'probe', pipeline_progress: { split: 'pending' } });
    const [person, script] = await Promise.all([sprocket.onTerminal('watch', id), sprocket.run('watch', id, '--json')]);
    expect([person.code, script.code]).toEqual([1, 1]);
    expect(person.stdout).toContain('The file is damaged.');
    expect(objectsIn(script.stdout)).toMatchObject([{ status: 'failed' }]);
  });

  it('retry and ingest', async () => {
    const toStandIn = (line: string) => both(`${line} --url ${standIn.url}`);
    const [retried, [retry]] = await toStandIn('retry 01VIDEO --from package');
    expect(retried).toContain('01VIDEO is retrying from package');
    expect(retry).toMatchObject({ retry_from: 'package' });
    const [ingested, [ingest]] = await toStandIn('ingest https://example.org/film.mp4 --codecs h264,av1');
    expect([ingested.trim(), ingest!['video_id']]).toEqual(['01VIDEO', '01VIDEO']);
    expect(standIn.asked.slice(-1)).toEqual([
      ['POST /api/v1/videos/ingest', { source_url: 'https://example.org/film.mp4', codecs: ['h264', 'av1'] }],
    ]);
    expect(standIn.asked[0]).toEqual(['POST /api/v1/videos/01VIDEO/retry', { from_step: 'package' }]);
  });

  it('cancel and rm', async () => {
    const id = await opened();
    const [cancelled, [object]] = await both(`cancel ${id}`);
    expect(cancelled).toMatch(/is .*cancelled/);
    expect(object).toEqual({ video_id: id, status: 'cancelled' });
    const [removed, objects] = await both(`rm ${id} ${await opened()}`);
    expect(removed.match(/removed/g)).toHaveLength(2);
    expect(objects).toMatchObject([{ status: 'removed' }, { status: 'removed' }]);
  });

  it('subtitles', async () => {
    const id = await stored('uploading');
    const [added] = await both(`subtitles add ${id} ${file('en.vtt')} --language en`);
    expect(added).toContain('en  1 cues');
    const [person, objects] = await both(`subtitles list ${id}`);
    expect(person).toContain('English');
    expect(objects).toMatchObject([{ language: 'en' }, { language: 'en' }]);
  });

  it('drm', async () => {
    const id = await stored('ready');
    const [person, [object]] = await both(`drm ${id}`);
    expect(person).toContain('will be encrypted (cbcs: widevine, playready, fairplay)');
    expect(object).toMatchObject({ video_id: id, drm: { state: 'pending' } });
  });

  it('keys', async () => {
    const [made, [object]] = await both('keys create --name shop --scopes videos:read');
    expect(made).toMatch(/spk_[a-z0-9]{8}_[\w-]{43}/);
    const id = object!['key_id'] as string;
    const [revoked] = await both(`keys revoke ${id}`);
    expect(revoked).toContain('revoked');
    const [listed, keys] = await both('keys list');
    expect(listed).toMatch(new RegExp(`${id} .*revoked`));
    expect(keys).toContainEqual(expect.objectContaining({ key_id: id, name: 'shop' }));
  });

  it('workers and queues', async () => {
    const [workers, none] = await both('workers');
    expect(workers).toContain('slots');
    expect(none).toEqual([]);
    const [queues, objects] = await both('queues');
    expect(queues).toMatch(/transcode-cpu +0 /);
    expect(objects).toContainEqual(expect.objectContaining({ queue: 'transcode-cpu', backlog: 0 }));
  });

  it('doctor', async () => {
    const [person, script] = await Promise.all([sprocket.onTerminal('doctor', '--api-only'), sprocket.run('doctor', '--json')]);
    expect(person.stdout).toMatch(/MySQL +.*ok.* +answers the API/);
    const findings = objectsIn(script.stdout) as { check: string; state: string; mend: string | null }[];
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['node', 'ffmpeg', 'encoders', 'disk', 'API', 'MySQL', 'Temporal', 'API key']),
    );
    expect(findings.filter(({ state, mend }) => (state === 'ok') !== (mend === null))).toEqual([]);
  });

  it('completion', async () => {
    const shells = await Promise.all(['bash', 'zsh', 'fish'].map((shell) => sprocket.run('completion', shell)));
    expect(shells.map(({ code, stdout }) => code === 0 && stdout.includes('sprocket'))).toEqual([true, true, true]);
    expect((await sprocket.run('complete', '--', 'retry', '01VIDEO', '--from', '')).stdout).toContain('package');
  });
});

describe('what a script can rely on', () => {
  it('tells causes by the exit code, with a sentence on stderr', async () => {
    const codes = async (...lines: string[]) => Promise.all(lines.map((line) => sprocket.run(...words(line), '--json')));
    const ends = await codes(
      `status 01M7ZF4PXBDQ3QAZSNXTCAQ0H3`,
      `retry ${await stored('uploading')} --from probe`,
      'list --colour',
      `upload ${file('no-such-file')}`,
      'list --url http://127.0.0.1:1',
    );
    expect(ends.map(({ code }) => code)).toEqual([3, 4, 2, 2, 5]);
    expect(ends.map(({ stdout }) => stdout)).toEqual(['', '', '', '', '']);
    for (const { stderr } of ends) expect(stderr).toMatch(/\.|'--colour'/);
  });

  it('ends well before a reader that has seen enough', async () => {
    await stored('ready');
    const { code, stdout, stderr } = await sprocket.inShell('sprocket list | head -1');
    expect({ code, stderr, lines: stdout.split('\n').length }).toEqual({ code: 0, stderr: '', lines: 2 });
  });

  it('reads a file of its owner alone', async () => {
    const path = join(folder, '.config', 'sprocket', 'config.json');
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, JSON.stringify({ url: api.url, api_key: KEY }), { mode: 0o600 });
    const { HOME = '', PATH = '' } = sprocket.environment;
    const withFile = new Sprocket({ HOME, PATH });
    const good: Ended = await withFile.run('list', '--limit', '1');
    await chmod(path, 0o644);
    const open = await withFile.run('list');
    await rm(path);
    expect([good.code, good.stderr, open.code]).toEqual([0, '', 2]);
    expect(open.stderr).toContain('chmod 600');
    expect(open.stderr).not.toContain(KEY);
  });
});

it('goes on with an upload after it was killed, and sends only what is missing', async () => {
  const large = file('large.mp4');
  await writeFile(large, 'a');
  await truncate(large, LARGE_BYTES);
  door.taken.length = 0;
  const first = sprocket.start('upload', large);
  const gone = new Promise((resolve) => first.once('close', resolve));
  await door.hasTaken(PARTS_BEFORE_THE_END);
  first.kill('SIGKILL');
  await gone;
  const [page] = objectsIn((await sprocket.run('list', '--limit', '1', '--json')).stdout);
  const id = page!['video_id'] as string;
  const upload = () => api.call('GET', `/api/v1/videos/${id}/upload`, undefined, { authorization: `Bearer ${KEY}` });
  const { missing_parts: missing, parts_total: total } = (await upload()).body as { missing_parts: number[]; parts_total: number };
  expect(missing.length).toBeGreaterThan(0);
  expect(missing.length).toBeLessThanOrEqual(total - PARTS_BEFORE_THE_END);

  door.taken.length = 0;
  const second = await sprocket.run('upload', large, '--json');
  expect([second.code, objectsIn(second.stdout)]).toEqual([0, [{ file: large, video_id: id, resumed: true }]]);
  expect(door.taken.sort((a, b) => a - b)).toEqual(missing);
  expect(await videos.find(id)).toMatchObject({ status: 'uploaded' });
});
