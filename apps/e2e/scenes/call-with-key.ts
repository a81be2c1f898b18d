const API_PATH = '/api/v1/';
const LOOPBACK = '127.0.0.1';

/** Calls of a test to an API of this machine carry the operator's key, unless the test sends one itself. Jest runs this before each file. */
const fetchWithoutKey = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const request = new Request(input, init);
  const { hostname, pathname } = new URL(request.url);
  const key = process.env['SPROCKET_API_KEY'];
  if (!key || hostname !== LOOPBACK || !pathname.startsWith(API_PATH) || request.headers.has('authorization')) {
    return fetchWithoutKey(input, init);
  }
  const headers = new Headers(request.headers);
  headers.set('authorization', `Bearer ${key}`);
  return fetchWithoutKey(input, { ...init, headers });
};
