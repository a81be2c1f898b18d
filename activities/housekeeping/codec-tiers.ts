import type { VideoFamily } from '../../infra/database/families-repository';
import type { VideoMinute } from '../../infra/database/views-repository';
import { DEFAULT_TIERS, LEAST_TIER_VIEWS } from '../../temporal/contract/media/encoding';
import { familiesWith } from '../../temporal/contract/media/hdr';
import type { CodecFamily } from '../../temporal/contract/media/families';
import { VIEWS_BY_MINUTE_KEPT_MS } from '../../workflows/planning/housekeeping/limits';
import { busiestHour, familiesToAdd, TIER_PRIORITY } from '../../workflows/planning/tiers/tiers';
import type { HousekeepingDependencies, HousekeepingWork } from './housekeeping-dependencies';

/** Watched videos whose sums are asked for at once. */
const VIDEOS_PER_PART = 500;

/** Adds codec families to the videos that enough people watch. */
export const codecTiers: HousekeepingWork = async (deps, { cursor, signal }) => {
  const watched = await deps.views.listViewed({ after: cursor ?? '', limit: VIDEOS_PER_PART });
  const sinceMs = deps.nowMs() - VIEWS_BY_MINUTE_KEPT_MS;
  const busy = await deps.views.minutes(watched, { sinceMs, above: LEAST_TIER_VIEWS });
  const added: string[] = [];
  for (const [videoId, minutes] of busy) {
    signal.throwIfAborted();
    for (const family of await addFamilies(deps, videoId, minutes)) added.push(`${family} ${videoId}`);
  }
  const counts = { watched_videos: watched.length, added_families: added.length };
  return { cursor: watched.length < VIDEOS_PER_PART ? null : watched.at(-1)!, counts, examples: added.slice(0, 10) };
};

/** Can be repeated: a family is asked for once, and begun once. Resolves to those that this call asked for. */
async function addFamilies(deps: HousekeepingDependencies, videoId: string, minutes: readonly VideoMinute[]): Promise<CodecFamily[]> {
  const [video, rows] = await Promise.all([deps.videos.find(videoId), deps.families.list(videoId)]);
  // One that is being made again is looked at an hour later.
  if (video?.status !== 'ready') return [];
  // One that waits may lack its workflow, when the service was away as it was asked for.
  const [waiting, settled] = [familiesOf(rows, (row) => row.state === 'pending'), familiesOf(rows, (row) => row.state !== 'pending')];
  const { tiers = DEFAULT_TIERS } = video.encoding;
  const added: CodecFamily[] = [];
  const earned = familiesToAdd(busiestHour(minutes), [...video.codecs, ...settled], tiers);
  for (const family of earned.flatMap((codec) => familiesWith(codec, video))) {
    const ref = { videoId, generation: video.generation, family };
    const isNew = await deps.families.askFirst(ref);
    if (!isNew && !waiting.includes(family)) continue;
    await deps.startFamily(ref, { creatorId: video.creatorId, priority: TIER_PRIORITY });
    if (isNew) added.push(family);
  }
  return added;
}

function familiesOf(rows: readonly VideoFamily[], isWanted: (row: VideoFamily) => boolean): CodecFamily[] {
  return rows.filter(isWanted).map(({ family }) => family);
}
