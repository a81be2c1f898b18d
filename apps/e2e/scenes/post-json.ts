import { apiUrl } from './published-video';

/** Posts JSON to a path of the API under test. */
export function postJson(path: string, body: unknown): Promise<Response> {
  return fetch(`${apiUrl()}/api/v1/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}
