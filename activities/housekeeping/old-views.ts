import { VIEWS_BY_MINUTE_KEPT_MS } from '../../workflows/planning/housekeeping/limits';
import type { HousekeepingWork } from './housekeeping-dependencies';

/** Their minutes are locked together. */
const VIDEOS_PER_PART = 100;

/** Moves the views of minutes that no tier asks for any more into the totals of their videos. */
export const oldViews: HousekeepingWork = async (deps, { cursor }) => {
  const watched = await deps.views.listViewed({ after: cursor ?? '', limit: VIDEOS_PER_PART });
  const rows = await deps.views.total(watched, deps.nowMs() - VIEWS_BY_MINUTE_KEPT_MS);
  return { cursor: watched.length < VIDEOS_PER_PART ? null : watched.at(-1)!, counts: { rows }, examples: [] };
};
