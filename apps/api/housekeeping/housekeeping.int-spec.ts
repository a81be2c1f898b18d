import { HousekeepingRepository } from '../../../infra/database/housekeeping-repository';
import { HOUSEKEEPING_TASKS } from '../../../temporal/contract/housekeeping';
import { startApi, type RunningApi } from '../testing/running-api';

interface Task {
  task: string;
  last_run: unknown;
}

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

it('shows the last report of each task, in the API and in the metrics', async () => {
  const before = await api.call('GET', '/api/v1/housekeeping');
  expect(before.status).toBe(200);
  expect((before.body.tasks as Task[]).map(({ task, last_run }) => [task, last_run])).toEqual(
    HOUSEKEEPING_TASKS.map((task) => [task, null]),
  );

  const rows = api.app.get(HousekeepingRepository, { strict: false });
  const startedAtMs = Date.now() - 1000;
  await rows.saveReport({ task: 'stuck-runs', startedAtMs, counts: { checked: 9, failed: 1, given_up: 3 }, examples: ['old'] });
  await rows.saveReport({ task: 'stuck-runs', startedAtMs, counts: { checked: 7, failed: 2 }, examples: ['01ABC'] });
  const after = await api.call('GET', '/api/v1/housekeeping');
  expect((after.body.tasks as Task[]).find(({ task }) => task === 'stuck-runs')).toEqual({
    task: 'stuck-runs',
    interval_seconds: 300,
    last_run: {
      started_at: new Date(startedAtMs).toISOString(),
      finished_at: expect.any(String),
      counts: { checked: 7, failed: 2 },
      examples: ['01ABC'],
    },
  });

  const metrics = (await api.call('GET', '/metrics')).body as string;
  const lines = metrics.split('\n').filter((line) => line.startsWith('sprocket_housekeeping'));
  expect(lines).toEqual([
    expect.stringMatching(/^sprocket_housekeeping_last_finished_timestamp_seconds\{task="stuck-runs"\} \d{10}/),
    'sprocket_housekeeping_last_count{task="stuck-runs",what="checked"} 7',
    'sprocket_housekeeping_last_count{task="stuck-runs",what="failed"} 2',
  ]);
});

it('is part of the description of the API', async () => {
  const { body } = await api.call('GET', '/docs/openapi.json');
  expect(body.paths['/api/v1/housekeeping'].get.responses['200'].content['application/json'].schema.$ref).toMatch(/Housekeeping/);
});
