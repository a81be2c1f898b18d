import type { RunRef } from '../../temporal/contract/activities';
import type { CodecFamily } from '../../temporal/contract/media/families';
import { MANIFEST_NAMES, segmentsKeys } from '../../temporal/contract/object-keys';
import { dashManifest } from '../../workflows/planning/manifests/dash';
import { masterPlaylist } from '../../workflows/planning/manifests/hls';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { loadFamily, loadTitle } from './title-store';

export type Manifests = Record<keyof typeof MANIFEST_NAMES, Uint8Array>;

type Dependencies = Pick<ActivityDependencies, 'objects' | 'families'>;

/**
 * The manifests of a title with every family that has joined it. A title that none has joined has those that were verified; one that
 * was held for longer than temporary objects are kept has them made of its record again.
 */
export async function titleManifests(deps: Dependencies, run: RunRef): Promise<Manifests> {
  const joined = await deps.families.inManifests(run);
  const staged = joined.length === 0 ? await stagedManifests(deps, run) : null;
  return staged ?? composed(deps, run, joined);
}

/** The manifests of a title as its rows say now. Throws `PlanInvalid` when a part of it is not recorded. */
export async function composedManifests(deps: Dependencies, run: RunRef): Promise<Manifests> {
  return composed(deps, run, await deps.families.inManifests(run));
}

async function composed({ objects }: Dependencies, run: RunRef, joined: readonly CodecFamily[]): Promise<Manifests> {
  const { presentation } = await loadTitle(objects, run);
  const video = await Promise.all(joined.map((family) => loadFamily(objects, { ...run, family })));
  const whole = { ...presentation, video: [...presentation.video, ...video.flat()] };
  return { hls: Buffer.from(masterPlaylist(whole)), dash: Buffer.from(dashManifest(whole)) };
}

async function stagedManifests({ objects }: Dependencies, { videoId, generation }: RunRef): Promise<Manifests | null> {
  const staged = (name: string) => objects.get('segments', segmentsKeys.stagedManifest(videoId, generation, name));
  const [hls, dash] = await Promise.all([staged(MANIFEST_NAMES.hls), staged(MANIFEST_NAMES.dash)]);
  return hls && dash ? { hls, dash } : null;
}
