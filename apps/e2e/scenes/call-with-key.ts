const API_PATH = '/api/v1/';
const LOOPBACK = '127.0.0.1';

/** Calls of a test to an API of this machine carry the operator's key, unless the test sends one itself. Jest runs this before each file. */
const fetchWithoutKey = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const { hostname, pathname } = new URL(input instanceof Request ? input.url : input);
  const key = process.env['SPROCKET_API_KEY'];
  if (!key || hostname !== LOOPBACK || !pathname.startsWith(API_PATH)) return fetchWithoutKey(input, init);
  const request = new Request(input, init);
  if (!request.headers.has('authorization')) request.headers.set('authorization', `Bearer ${key}`);
  return fetchWithoutKey(request);
};
