import { setTimeout as sleep } from 'node:timers/promises';
import { SprocketClient } from '../../../packages/client/src/sprocket-client';
import { apiUrl } from './published-video';

const POLL_MS = 200;

/** Makes a second generation of a ready video from its original. Resolves once it is published. */
export async function republish(videoId: string): Promise<void> {
  const response = await fetch(`${apiUrl()}/api/v1/videos/${videoId}/retry`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ from_step: 'probe' }),
  });
  if (!response.ok) throw new Error(`the retry was refused: ${response.status}`);
  const api = new SprocketClient({ url: apiUrl() });
  while ((await api.progress(videoId)).status !== 'ready') await sleep(POLL_MS);
}
