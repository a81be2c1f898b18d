import type { Request, Response } from 'express';
import type { Video } from '../../../infra/database/video';
import { beginEvents, keepEventsAlive, setEventHeaders, writeEvents } from '../http/event-stream-parts';
import type { VideoProgress } from './video-progress';
import { progressEvent, type WatchedVideos } from './watched-videos';

/** Where progress is read once, and where it is followed. */
export interface ProgressSources {
  progress: VideoProgress;
  watched: WatchedVideos;
}

/**
 * Answers with the progress of a video as server-sent events until the client leaves or nothing will change any more. A client that has
 * the last event gets 204, which ends its reconnecting (HTML Standard 9.2, "Server-sent events"). Throws `DatabaseUnavailable` before
 * anything is written.
 */
export async function sendProgress(
  { request, response }: { request: Request; response: Response },
  { progress, watched }: ProgressSources,
  video: Video,
): Promise<void> {
  const lastId = request.get('last-event-id');
  if (lastId !== undefined) {
    const { id, isLast } = progressEvent(await progress.view(video));
    if (isLast && id === lastId) {
      response.status(204).set('Cache-Control', 'no-store').end();
      return;
    }
  }
  setEventHeaders(response);
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  if (response.destroyed) return;
  beginEvents(response);
  keepEventsAlive(response);
  const subscription = watched.watch(video.videoId).subscribe(({ id, text, isLast }) => {
    // The client has it from the connection before.
    if (id !== lastId) writeEvents(response, `id: ${id}\ndata: ${text}\n\n`);
    if (isLast) response.end();
  });
  response.once('close', () => subscription.unsubscribe());
}
