import { failureSentence, isOver, videoRows } from '../../cli/terminal/video-rows';
import type { VideoProgress } from '../../../packages/client/src/api-bodies';
import { watchVideo } from '../../../packages/client/src/watch-video';
import { stopSignal } from '../../stop-signal';
import { EXIT } from '../exit-code';
import type { Session } from '../session';
import { stateLine } from '../terminal/output';
import { openProgress } from '../terminal/progress';
import type { AddCommands } from './act';

/** `watch`: steps, codec families and the time that is left, as they change. */
export const addWatchCommand: AddCommands = (program, act) => {
  program.command('watch <id>').description('Follow a video until it is ready, failed, cancelled or removed').action(act(follow));
};

/** Follows a video to its end. Resolves to 0 when it is ready, else to 1. */
export async function follow(session: Session, videoId: string): Promise<number> {
  const { out } = session;
  const signal = stopSignal();
  const view = openProgress(session);
  let last: VideoProgress | null = null;
  try {
    for await (const progress of watchVideo(session.client, videoId, signal)) {
      last = progress;
      if (out.options.isJson) out.result(progress, '');
      else show(view, progress);
    }
  } finally {
    view.close();
  }
  if (last === null || !isOver(last)) return EXIT.failed;
  out.say(stateLine(videoId, last.status, failureSentence(last)));
  for (const { message } of last.warnings) out.say(`warning: ${message}`);
  return last.status === 'ready' ? EXIT.done : EXIT.failed;
}

function show(view: ReturnType<typeof openProgress>, progress: VideoProgress): void {
  const { percent, status, estimated_completion: end } = progress;
  const left = end === null ? '' : `, ready at ${new Date(end).toLocaleTimeString()}`;
  view.show({ name: 'all', percent, state: `${status}${left}` });
  for (const row of videoRows(progress)) view.show(row);
}
