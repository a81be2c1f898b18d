import { setTimeout as sleep } from 'node:timers/promises';
import { SprocketClient } from '../../packages/client/src/sprocket-client';
import { uploadPath } from '../../packages/client/src/node';

const POLL_MS = 100;

export interface ProcessedClip {
  videoId: string;
  /** From the end of the upload to `ready`. */
  wallSeconds: number;
}

/** Uploads a file and waits until it is ready. Throws when it ends otherwise. */
export async function processClip(apiUrl: string, path: string): Promise<ProcessedClip> {
  const api = new SprocketClient({ url: apiUrl });
  const videoId = await uploadPath(api, path);
  const startedAt = performance.now();
  for (;;) {
    const { status, failed_step: failedStep } = await api.progress(videoId);
    if (status === 'ready') return { videoId, wallSeconds: (performance.now() - startedAt) / 1000 };
    if (['failed', 'cancelled', 'removed'].includes(status)) throw new Error(`video ${videoId} ended ${status} at ${failedStep}`);
    await sleep(POLL_MS);
  }
}
