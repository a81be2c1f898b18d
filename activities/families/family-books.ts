import type { VideoFamily } from '../../infra/database/families-repository';
import type { FamilyEnd, FamilyRef, RunRef } from '../../temporal/contract/activities';
import { isHdrSet, laterFamilies, type CodecFamily } from '../../temporal/contract/media/families';
import { familiesOf, isHdrVideo, type FamilyRequest } from '../../temporal/contract/media/hdr';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { composedManifests } from './compose-manifests';
import { replacePublished } from './replace-manifests';

type Dependencies = Pick<ActivityDependencies, 'objects' | 'videos' | 'families' | 'protections' | 'subtitles' | 'clearPictureMaxHeight'>;

/** Whether any family was asked for besides the one that the title is published in first. */
export function haveFamiliesJoin(video: FamilyRequest | null, rows: readonly VideoFamily[]): boolean {
  return rows.length > 0 || laterFamilies(video ? familiesOf(video) : []).length > 0;
}

/** Asks for every family of a video that its published generation lacks. Resolves to those that are to be made. */
export async function joiningFamilies({ families, videos }: Dependencies, run: RunRef): Promise<{ families: CodecFamily[] }> {
  const [video, before] = await Promise.all([videos.find(run.videoId), families.list(run.videoId)]);
  if (!video) return { families: [] };
  // The source of an HDR set may have turned out not to be HDR.
  const known = before.map((row) => row.family).filter((family) => !isHdrSet(family) || isHdrVideo(video));
  for (const family of new Set([...laterFamilies(familiesOf(video)), ...known])) {
    const row = before.find((one) => one.family === family);
    // One that has failed in this generation waits until it is asked for again.
    const isSettled = row && (row.generation === run.generation || row.state === 'leaving' || row.state === 'removed');
    if (!isSettled) await families.ask({ ...run, family });
  }
  const rows = await families.list(run.videoId);
  return { families: rows.filter((row) => row.generation === run.generation && row.state === 'pending').map(({ family }) => family) };
}

/**
 * Notes that a family was not made, with a warning that names it. One of a removed video is cancelled, whatever its
 * failure, and its objects are deleted as those of the video were.
 */
export async function recordFamilyEnd(deps: Dependencies, end: FamilyEnd, onProgress: () => void): Promise<void> {
  const { videoId, generation, family, failureType, message } = end;
  const isRemoved = async () => (await deps.videos.find(videoId))?.status === 'removed';
  const state = (await isRemoved()) ? 'cancelled' : end.state;
  const failure = state === 'cancelled' ? {} : { ...(failureType ? { failureType } : {}), ...(message ? { errorMessage: message } : {}) };
  const noted = await deps.families.move(end, { from: ['pending', 'running', 'joining'], state, ...failure });
  if (noted && state === 'failed') await deps.videos.addWarning({ videoId, generation }, familyWarning(family, message ?? ''));
  if (await isRemoved()) await removeObjects(deps, end, onProgress);
}

/** Takes a family out of the manifests, if its generation is the public one: another may be in the making. */
export async function withdrawFamily(deps: Dependencies, ref: FamilyRef): Promise<void> {
  if (!(await deps.families.move(ref, { from: [], state: 'leaving' }))) return;
  await replacePublished(deps, ref, () => composedManifests(deps, ref));
  await deps.families.move(ref, { from: ['leaving'], state: 'removed' });
}

/** Deletes the objects of a family that has left, unless it was asked for again meanwhile. */
export async function removeFamily(deps: Dependencies, ref: FamilyRef, onProgress: () => void): Promise<void> {
  const row = (await deps.families.list(ref.videoId)).find(({ family }) => family === ref.family);
  if (row?.state === 'removed' && row.generation === ref.generation) await removeObjects(deps, ref, onProgress);
}

async function removeObjects({ objects }: Pick<Dependencies, 'objects'>, ref: FamilyRef, onProgress: () => void): Promise<void> {
  for (const bucket of ['transcoded', 'segments'] as const) await objects.remover(bucket).removeFamily(ref, onProgress);
}

function familyWarning(family: CodecFamily, message: string) {
  return { code: 'FamilyFailed', step: 'transcode', family, message: `There are no renditions in ${family}: ${message}` } as const;
}
