import type { RunRef } from '../../temporal/contract/activities';
import type { CodecFamily } from '../../temporal/contract/media/families';
import type { DrmRequest } from '../../temporal/contract/media/protection';
import { Failure } from '../../temporal/contract/failures';
import { MANIFEST_NAMES, segmentsKeys } from '../../temporal/contract/object-keys';
import { dashManifest } from '../../workflows/planning/manifests/dash';
import { masterPlaylist } from '../../workflows/planning/manifests/hls';
import type { Presentation } from '../../workflows/planning/manifests/presentation';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { loadFamily, loadProtected, loadTitle } from './title-store';

export type Manifests = Record<keyof typeof MANIFEST_NAMES, Uint8Array>;

type Dependencies = Pick<ActivityDependencies, 'objects' | 'families' | 'videos'>;

/** The manifests of a title with every family that has joined it. A clear title that none has joined has those that were verified. */
export async function titleManifests(deps: Dependencies, run: RunRef): Promise<Manifests> {
  const [joined, request] = await Promise.all([deps.families.inManifests(run), protectionOf(deps, run)]);
  return joined.length === 0 && !request ? stagedManifests(deps, run) : composed(deps, run, joined);
}

/** The manifests of a title as its rows say now. Throws `PlanInvalid` when a part of it is not recorded. */
export async function composedManifests(deps: Dependencies, run: RunRef): Promise<Manifests> {
  return composed(deps, run, await deps.families.inManifests(run));
}

/** How a generation is published encrypted: as it was planned, or as the title was protected later; undefined for a clear one. */
export async function protectionOf({ objects, videos }: Omit<Dependencies, 'families'>, run: RunRef): Promise<DrmRequest | undefined> {
  const video = await videos.find(run.videoId);
  if (video?.protection && video.protection.sinceGeneration <= run.generation) return video.protection;
  return video?.encoding.drm && (await loadTitle(objects, run)).plan.protection;
}

async function composed(deps: Dependencies, { videoId, generation }: RunRef, joined: readonly CodecFamily[]): Promise<Manifests> {
  const { objects } = deps;
  const run = { videoId, generation };
  const request = await protectionOf(deps, run);
  const presentation = request ? await loadProtected(objects, run, request.scheme) : (await loadTitle(objects, run)).presentation;
  const familyVideo = async (family: CodecFamily) => {
    const stored: Promise<Pick<Presentation, 'video'>> = request
      ? loadProtected(objects, { ...run, joins: family }, request.scheme)
      : loadFamily(objects, { ...run, family });
    return (await stored).video;
  };
  const video = await Promise.all(joined.map(familyVideo));
  const whole = { ...presentation, video: [...presentation.video, ...video.flat()] };
  return { hls: Buffer.from(masterPlaylist(whole)), dash: Buffer.from(dashManifest(whole)) };
}

async function stagedManifests({ objects }: Dependencies, run: RunRef): Promise<Manifests> {
  const staged = (name: string) => objects.get('segments', segmentsKeys.stagedManifest(run, name));
  const [hls, dash] = await Promise.all([staged(MANIFEST_NAMES.hls), staged(MANIFEST_NAMES.dash)]);
  if (!hls || !dash) throw new Failure('PlanInvalid', 'The manifests to publish are gone; retry from the package step.');
  return { hls, dash };
}
