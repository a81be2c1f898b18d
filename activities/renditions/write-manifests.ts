import type { ObjectStore } from '../../infra/object-store/object-store';
import type { CodecFamily } from '../../temporal/contract/media/families';
import type { Plan } from '../../temporal/contract/media/plan';
import type { RenditionReport } from '../../temporal/contract/media/reports';
import { OBJECTS } from '../../temporal/contract/media/objects';
import {
  clearPlace,
  MANIFEST_NAMES,
  protectedPlace,
  renditionKey,
  segmentsKeys,
  type MediaPlace,
} from '../../temporal/contract/object-keys';
import { dashManifest } from '../../workflows/planning/manifests/dash';
import { IFRAME_PLAYLIST_NAME, iframePlaylist, masterPlaylist, mediaPlaylist, PLAYLIST_NAME } from '../../workflows/planning/manifests/hls';
import { mediaKeyTags } from '../../workflows/planning/manifests/key-tags';
import { renditionsOf, type Presentation } from '../../workflows/planning/manifests/presentation';

/** Where the media of a presentation lies: encrypted, or clear as the plan has it. */
export function placeOf(plan: Plan, { protection }: Pick<Presentation, 'protection'>): MediaPlace {
  return protection ? protectedPlace(plan, protection.scheme) : clearPlace(plan);
}

/**
 * Stores the HLS playlists of a presentation, and its masters where they wait for their verification. The sound of a family that `joins` a
 * title has its playlists already. Resolves to the bytes of all.
 */
export async function writeManifests(
  objects: ObjectStore,
  { plan, presentation, joins }: { plan: Plan; presentation: Presentation; joins?: CodecFamily },
): Promise<number> {
  const renditions = renditionsOf(joins ? { ...presentation, audio: [] } : presentation);
  const place = placeOf(plan, presentation);
  const scheme = presentation.protection?.scheme;
  const staged = (name: string) => segmentsKeys.stagedManifest(plan, name, { joins, scheme });
  const sizes = await Promise.all([
    ...renditions.map((rendition) => writePlaylists(objects, place, { rendition, keys: mediaKeyTags(presentation, rendition) })),
    objects.put('segments', staged(MANIFEST_NAMES.hls), masterPlaylist(presentation), OBJECTS.stagedHls),
    objects.put('segments', staged(MANIFEST_NAMES.dash), dashManifest(presentation), OBJECTS.stagedDash),
  ]);
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function writePlaylists(
  objects: ObjectStore,
  place: MediaPlace,
  { rendition, keys }: { rendition: RenditionReport; keys: readonly string[] },
): Promise<number> {
  const key = (name: string) => renditionKey(place, rendition.ref, name);
  const sizes = await Promise.all([
    objects.put(place.bucket, key(PLAYLIST_NAME), mediaPlaylist(rendition, keys), OBJECTS.mediaPlaylist),
    ...(rendition.ref.kind === 'video'
      ? [objects.put(place.bucket, key(IFRAME_PLAYLIST_NAME), iframePlaylist(rendition, keys), OBJECTS.iframePlaylist)]
      : []),
  ]);
  return sizes.reduce((sum, size) => sum + size, 0);
}
