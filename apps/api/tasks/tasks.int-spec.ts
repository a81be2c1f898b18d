import { TasksRepository } from '../../../infra/database/tasks-repository';
import { startApi, type RunningApi } from '../testing/running-api';

let api: RunningApi;
let videoId: string;

beforeAll(async () => {
  api = await startApi({ COST_PER_CPU_HOUR: '3600', WATTS_PER_CORE: '10' });
  const { body } = await api.call('POST', '/api/v1/videos/upload', { filename: 'a.mp4', file_size_bytes: 10, title: 'A' });
  videoId = body.video_id;
  const tasks = api.app.get(TasksRepository);
  const chunk = (segmentIndex: number) => ({ videoId, generation: 1, taskType: 'transcode', codec: 'h264', segmentIndex }) as const;
  await tasks.planChunks({ videoId, generation: 1 }, 'h264', 3, { inputKey: 'in' });
  await tasks.start(chunk(0), { workerId: 'w1', attempt: 1 });
  const stored = {
    attempt: 1,
    failedAt: '2026-11-01T00:00:00.000Z',
    worker: 'w1',
    host: 'h',
    failureType: 'EncodeFailed',
    message: 'It broke.',
  };
  const tool = { tool: 'ffmpeg', signal: 'SIGSEGV', lastWords: 'Invalid data in <path>' };
  await tasks.fail(chunk(0), {
    ...{ attempt: 1, errorMessage: 'It broke.', willRetry: true },
    stored: { ...stored, ...tool, durationMs: 900, cpuMs: 1_000 },
  });
  await tasks.start(chunk(0), { workerId: 'w2', attempt: 2 });
  await tasks.complete(chunk(0), { outputKey: 'out', cpuMs: 5_000, bytesIn: 10, bytesOut: 20 });
});

afterAll(() => api.stop());

it('shows attempts, workers and the last words of tools', async () => {
  const { status, body } = await api.call('GET', `/api/v1/videos/${videoId}/tasks?limit=1`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ video_id: videoId, generation: 1, next_cursor: `${videoId}/g1/transcode/h264/0` });
  expect(body.tasks).toEqual([
    expect.objectContaining({ step: 'transcode', family: 'h264', chunk: 0, status: 'completed', attempts: 2, worker: 'w2', cpu_ms: 6_000 }),
  ]);
  expect(body.tasks[0].failures).toEqual([
    {
      ...{ attempt: 1, failed_at: '2026-11-01T00:00:00.000Z', worker: 'w1', host: 'h', type: 'EncodeFailed', message: 'It broke.' },
      ...{ duration_ms: 900, cpu_ms: 1_000, tool: 'ffmpeg', exit_code: null, signal: 'SIGSEGV', last_words: 'Invalid data in <path>' },
    },
  ]);
});

it('goes on behind a cursor, and knows the other generations', async () => {
  const cursor = encodeURIComponent(`${videoId}/g1/transcode/h264/0`);
  const { body } = await api.call('GET', `/api/v1/videos/${videoId}/tasks?cursor=${cursor}`);
  const shown = body.tasks as { chunk: number; attempts: number }[];
  expect(shown.map(({ chunk, attempts }) => [chunk, attempts])).toEqual([
    [1, 0],
    [2, 0],
  ]);
  expect(body.next_cursor).toBeNull();
  expect((await api.call('GET', `/api/v1/videos/${videoId}/tasks?generation=2`)).body.tasks).toEqual([]);
});

it('adds up what was used, with cost and energy', async () => {
  const { status, body } = await api.call('GET', `/api/v1/videos/${videoId}/usage`);
  expect(status).toBe(200);
  const used = {
    tasks: 1,
    attempts: 2,
    cpu_seconds: 6,
    bytes_in: 10,
    bytes_out: 20,
    estimated_cost: 6,
    estimated_energy_watt_hours: 0.016667,
  };
  expect(body).toMatchObject({ video_id: videoId, currency: 'USD', ...used });
  expect(body.steps).toEqual([{ step: 'transcode', family: 'h264', ...used }]);
});
