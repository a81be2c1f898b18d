import { Option } from 'commander';
import { failureSentence, videoRows } from '../../cli/terminal/video-rows';
import type { Video, VideoQuery } from '../../../packages/client/src/api-bodies';
import { VIDEO_STATUSES } from '../../../temporal/contract/steps';
import { UsageError } from '../exit-code';
import type { Session } from '../session';
import { megabytes, stateLine } from '../terminal/output';
import type { AddCommands } from './act';

/** The API gives so many videos a page. */
const PAGE = 100;

interface ListChoice {
  status?: Video['status'];
  limit: string;
}

/** `list` and `status`. */
export const addVideoCommands: AddCommands = (program, act) => {
  program
    .command('list')
    .description('Videos, newest first')
    .addOption(new Option('--status <status>', 'only those in this status').choices(VIDEO_STATUSES))
    .option('--limit <count>', 'how many', '20')
    .action(act(list));
  program.command('status <id>').description('Steps and codec families of a video').action(act(status));
};

async function list(session: Session, { status, limit }: ListChoice): Promise<void> {
  const wanted = Number(limit);
  if (!Number.isInteger(wanted) || wanted < 1) throw new UsageError('--limit is a number of videos, 1 or more.');
  const videos = await firstVideos(session, wanted, status ? { status } : {});
  session.out.list(videos, ['id', 'status', 'size', 'created', 'title'], (video) => [
    ...[video.video_id, video.status, megabytes(video.file_size_bytes), video.created_at, video.title],
  ]);
}

async function firstVideos({ client }: Session, wanted: number, query: VideoQuery): Promise<Video[]> {
  const found: Video[] = [];
  for (let cursor: string | null | undefined; found.length < wanted && cursor !== null;) {
    const limit = String(Math.min(PAGE, wanted - found.length));
    const page = await client.videos({ ...query, limit, ...(cursor ? { cursor } : {}) });
    found.push(...page.videos);
    cursor = page.next_cursor;
  }
  return found;
}

async function status({ client, out }: Session, videoId: string): Promise<void> {
  const progress = await client.progress(videoId);
  if (out.options.isJson) return out.result(progress, '');
  out.say(stateLine(videoId, progress.status, `, ${progress.percent}%${failureSentence(progress)}`));
  if (progress.estimated_completion) out.say(`ready at about ${progress.estimated_completion}`);
  out.list(videoRows(progress), ['step', 'state', 'percent'], ({ name, state, percent }) => [name, state, `${percent}%`]);
  for (const { message } of progress.warnings) out.say(`warning: ${message}`);
}
