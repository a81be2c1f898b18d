import { startApi, type RunningApi } from '../testing/running-api';

const VIDEO_ID = '01KB3Q4M7ZF4PXBDQ3QAZSNXTC';

describe('the log of requests', () => {
  let api: RunningApi;
  const lines: Record<string, unknown>[] = [];

  beforeAll(async () => {
    const keep = (line: unknown) => void (typeof line === 'object' && lines.push(line as Record<string, unknown>));
    const silent = () => undefined;
    api = await startApi({}, false, { log: keep, warn: keep, debug: keep, error: silent });
  });

  afterAll(async () => {
    await api.stop();
  });

  beforeEach(() => void lines.splice(0));

  /** The line is written when the connection is done with the answer. */
  async function lineOf(requestId: string): Promise<Record<string, unknown>> {
    for (;;) {
      const line = lines.find(({ request_id }) => request_id === requestId);
      if (line) return line;
      await new Promise(setImmediate);
    }
  }

  it('names route, video, status and problem of a refusal, and no query', async () => {
    const path = `/api/v1/videos/not-${VIDEO_ID}/status?token=secret`;
    const { headers, body } = await api.call('GET', path, undefined, { 'X-Request-Id': 'req-1' });
    expect(headers.get('x-request-id')).toBe('req-1');
    const line = await lineOf('req-1');
    expect(line).toMatchObject({ method: 'GET', route: '/api/v1/videos/:id/status', status: 404, creator_id: 'local' });
    expect(line).toMatchObject({ code: 'VideoNotFound', error_id: body.error_id });
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it.each(['a b', 'x'.repeat(65), '{"level":"fatal"}'])('makes an id of its own where %j was sent', async (sent) => {
    const { headers } = await api.call('GET', '/health/live', undefined, { 'X-Request-Id': sent });
    const id = headers.get('x-request-id') ?? '';
    expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(await lineOf(id)).toMatchObject({ route: '/health/live', status: 200 });
  });
});
