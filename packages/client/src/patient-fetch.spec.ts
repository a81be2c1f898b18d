import { patientFetch } from './patient-fetch.ts';
import { UnreachableError } from './problem-error.ts';

const get = () => new Request('http://127.0.0.1:1/a');
const post = (headers: Record<string, string> = {}) => new Request('http://127.0.0.1:1/a', { method: 'POST', body: 'b', headers });

/** Answers with each of these in turn; null is a broken connection. */
function sender(statuses: (number | null)[]) {
  const bodies: string[] = [];
  return {
    bodies,
    send: async (request: Request) => {
      bodies.push(await request.text());
      const status = statuses[bodies.length - 1] ?? null;
      if (status === null) throw new TypeError('fetch failed');
      return new Response(null, { status });
    },
  };
}

it.each([
  ['a GET', get(), ['', '', '']],
  ['a call with an Idempotency-Key', post({ 'Idempotency-Key': 'k' }), ['b', 'b', 'b']],
])('repeats %s until there is an answer', async (_what, request, bodies) => {
  const api = sender([null, 503, 200]);
  expect((await patientFetch(api.send, 5_000)(request)).status).toBe(200);
  expect(api.bodies).toEqual(bodies);
});

it('does not repeat a call that may count twice', async () => {
  const api = sender([null, 200]);
  await expect(patientFetch(api.send, 5_000)(post())).rejects.toThrow(UnreachableError);
  expect(api.bodies).toEqual(['b']);
});

it('hands a refusal on, and a 503 when its patience is over', async () => {
  expect((await patientFetch(sender([409]).send, 5_000)(get())).status).toBe(409);
  expect((await patientFetch(sender([503]).send, 0)(get())).status).toBe(503);
});
