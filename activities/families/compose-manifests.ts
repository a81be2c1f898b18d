import type { ObjectStore } from '../../infra/object-store/object-store';
import type { RunRef } from '../../temporal/contract/activities';
import type { CodecFamily } from '../../temporal/contract/media/families';
import type { DrmRequest } from '../../temporal/contract/media/protection';
import { MANIFEST_NAMES, segmentsKeys } from '../../temporal/contract/object-keys';
import { dashManifest } from '../../workflows/planning/manifests/dash';
import { masterPlaylist } from '../../workflows/planning/manifests/hls';
import { joinedProtection } from '../../workflows/planning/protection/joined-protection';
import type { ImagePresentation } from '../../workflows/planning/manifests/images';
import type { Presentation } from '../../workflows/planning/manifests/presentation';
import { loadPictures } from '../renditions/picture-record';
import { withText } from '../renditions/text-store';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { loadFamily, loadProtected, loadTitle } from './title-store';

export type Manifests = Record<keyof typeof MANIFEST_NAMES, Uint8Array>;

type Dependencies = Pick<ActivityDependencies, 'objects' | 'families' | 'protections' | 'subtitles' | 'clearPictureMaxHeight'>;

/**
 * The manifests of a title with every family that has joined it, its text and its thumbnails. A clear title without any of these has those that were verified; one that
 * was held for longer than temporary objects are kept has them made of its record again.
 */
export async function titleManifests(deps: Dependencies, run: RunRef): Promise<Manifests> {
  const [parts, text] = await Promise.all([partsOf(deps, run), deps.subtitles.offered(run)]);
  const isVerified = parts.joined.length === 0 && text.length === 0 && !parts.request && !parts.thumbnails;
  return (isVerified && (await stagedManifests(deps, run))) || composed(deps, run, parts);
}

/** The manifests of a title as its rows say now. Throws `PlanInvalid` when a part of it is not recorded. */
export async function composedManifests(deps: Dependencies, run: RunRef): Promise<Manifests> {
  return composed(deps, run, await partsOf(deps, run));
}

/** What manifests are made of beside the title itself. */
interface Parts {
  request: DrmRequest | undefined;
  joined: readonly CodecFamily[];
  thumbnails: ImagePresentation | undefined;
}

async function partsOf(deps: Dependencies, run: RunRef): Promise<Parts> {
  const [joined, request, pictures] = await Promise.all([
    deps.families.inManifests(run),
    protectionOf(deps, run),
    loadPictures(deps.objects, run),
  ]);
  const images = pictures?.images;
  // Sheets of a title that was protected later may be too large to be clear.
  const isShown = images && (!request || images.height <= deps.clearPictureMaxHeight);
  return { joined, request, thumbnails: isShown ? { ...images, generationPrefix: `g${run.generation}/` } : undefined };
}

/** How a generation is published encrypted: as it was planned, or as the title was protected later; undefined for a clear one. */
export async function protectionOf(
  { objects, protections }: Pick<Dependencies, 'objects' | 'protections'>,
  run: RunRef,
): Promise<DrmRequest | undefined> {
  const found = await protections.find(run.videoId);
  if (found?.published && found.published.sinceGeneration <= run.generation) return found.published;
  return found?.asked && (await loadTitle(objects, run)).plan.protection;
}

async function composed(deps: Dependencies, run: RunRef, { request, joined, thumbnails }: Parts): Promise<Manifests> {
  const { objects } = deps;
  const media = request ? await protectedWhole(objects, run, { request, joined }) : await clearWhole(objects, run, joined);
  const whole = await withText(deps, run, { ...media, ...(thumbnails ? { thumbnails } : {}) });
  return { hls: Buffer.from(masterPlaylist(whole)), dash: Buffer.from(dashManifest(whole)) };
}

async function clearWhole(objects: ObjectStore, run: RunRef, joined: readonly CodecFamily[]): Promise<Presentation> {
  const { presentation } = await loadTitle(objects, run);
  const families = await Promise.all(joined.map((family) => loadFamily(objects, { ...run, family })));
  return { ...presentation, video: [...presentation.video, ...families.flatMap(({ video }) => video)] };
}

async function protectedWhole(
  objects: ObjectStore,
  { videoId, generation }: RunRef,
  { request, joined }: { request: DrmRequest; joined: readonly CodecFamily[] },
): Promise<Presentation> {
  const title = await loadProtected(objects, { videoId, generation }, request.scheme);
  const families = await Promise.all(joined.map((joins) => loadProtected(objects, { videoId, generation, joins }, request.scheme)));
  return {
    ...title,
    video: [title, ...families].flatMap(({ video }) => video),
    protection: joinedProtection(
      title.protection,
      families.map(({ protection }) => protection),
    ),
  };
}

async function stagedManifests({ objects }: Dependencies, run: RunRef): Promise<Manifests | null> {
  const staged = (name: string) => objects.get('segments', segmentsKeys.stagedManifest(run, name));
  const [hls, dash] = await Promise.all([staged(MANIFEST_NAMES.hls), staged(MANIFEST_NAMES.dash)]);
  return hls && dash ? { hls, dash } : null;
}
