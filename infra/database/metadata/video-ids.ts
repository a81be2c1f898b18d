import { decodeTime, encodeTime } from 'ulid';
import { HOUR_MS } from '../../../temporal/contract/units';
import type { VideoStatus } from '../../../temporal/contract/steps';
import type { Database } from '../database';
import type { VideoMetadata } from './metadata-tables';

/** Titles that one query looks at: with a part that no title has, a page costs so much and no more. */
const SCANNED_TITLES = 5_000;
/** An id is made before its row, and after the store has begun an upload for it. */
const LONGEST_BETWEEN_MS = HOUR_MS;
const ULID_TIME_CHARS = 10;
const ULID_RANDOM_CHARS = 16;

export interface VideoFilter extends PageBounds {
  status?: VideoStatus | undefined;
  creatorId?: string | undefined;
  /** Whether moderation flagged them; those that were not scored are neither. */
  isFlagged?: boolean | undefined;
  preset?: string | undefined;
  /** Created at this instant or later. */
  createdFrom?: Date | undefined;
  /** Created before this instant. */
  createdBefore?: Date | undefined;
  /** Part of the title, in either case. */
  titlePart?: string | undefined;
  /** Pairs that the video has, all of them. */
  metadata?: VideoMetadata | undefined;
}

interface PageBounds {
  /** Id of the last video of the page before; ids sort by creation time. */
  cursor?: string | undefined;
  limit: number;
}

interface IdPage {
  /** Newest first, `limit` at most. */
  ids: string[];
  /** Null at the end of the list. */
  nextCursor: string | null;
}

/** The ids of a page of videos. Reads indexes alone, so that a page costs the same behind a million videos. */
export async function videoIds(db: Database, filter: VideoFilter): Promise<IdPage> {
  const { limit, titlePart } = filter;
  const matching = idsOf(db, filter);
  if (titlePart === undefined) {
    const found = (await matching.limit(limit + 1).execute()).map(({ videoId }) => videoId);
    return { ids: found.slice(0, limit), nextCursor: found.length > limit ? (found[limit - 1] ?? null) : null };
  }
  const scanned = matching.select('title').limit(SCANNED_TITLES);
  const found = await db
    .selectFrom(scanned.as('scanned'))
    .select('scanned.videoId')
    .where('scanned.title', 'like', `%${escaped(titlePart)}%`)
    .orderBy('scanned.videoId', 'desc')
    .limit(limit + 1)
    .execute();
  const ids = found.slice(0, limit).map(({ videoId }) => videoId);
  if (found.length > limit) return { ids, nextCursor: ids.at(-1) ?? null };
  const [last] = await matching
    .offset(SCANNED_TITLES - 1)
    .limit(1)
    .execute();
  return { ids, nextCursor: last?.videoId ?? null };
}

function idsOf(db: Database, filter: VideoFilter) {
  const { status, creatorId, isFlagged, preset, createdFrom, createdBefore, metadata = {}, cursor } = filter;
  let query = db.selectFrom('videos').select('videos.videoId').orderBy('videos.videoId', 'desc');
  if (status !== undefined) query = query.where('status', '=', status);
  if (creatorId !== undefined) query = query.where('creatorId', '=', creatorId);
  if (isFlagged !== undefined) query = query.where('isFlagged', '=', isFlagged ? 1 : 0);
  if (preset !== undefined) query = query.where('preset', '=', preset);
  if (createdFrom !== undefined) {
    const first = firstIdAt(createdFrom.getTime() - LONGEST_BETWEEN_MS);
    query = query.where('createdAt', '>=', createdFrom).where('videos.videoId', '>=', first);
  }
  if (createdBefore !== undefined) {
    query = query.where('createdAt', '<', createdBefore).where('videos.videoId', '<', firstIdAt(createdBefore.getTime() + 1));
  }
  if (cursor !== undefined) query = query.where('videos.videoId', '<', cursor);
  for (const [name, value] of Object.entries(metadata)) {
    query = query.where('videos.videoId', 'in', (of) =>
      of.selectFrom('videoMetadata').select('videoMetadata.videoId').where('name', '=', name).where('value', '=', Buffer.from(value)),
    );
  }
  return query;
}

/** The lowest id of a millisecond (ULID specification). */
function firstIdAt(epochMs: number): string {
  const most = decodeTime(`7${'Z'.repeat(ULID_TIME_CHARS + ULID_RANDOM_CHARS - 1)}`);
  return encodeTime(Math.min(most, Math.max(0, epochMs)), ULID_TIME_CHARS) + '0'.repeat(ULID_RANDOM_CHARS);
}

/** Of LIKE, whose escape is a backslash on both servers. */
function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
