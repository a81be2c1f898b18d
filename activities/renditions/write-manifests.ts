import type { ObjectStore } from '../../infra/object-store/object-store';
import type { CodecFamily } from '../../temporal/contract/media/families';
import type { Plan } from '../../temporal/contract/media/plan';
import type { RenditionReport } from '../../temporal/contract/media/reports';
import { OBJECTS } from '../../temporal/contract/media/objects';
import { MANIFEST_NAMES, renditionKey, segmentsKeys } from '../../temporal/contract/object-keys';
import { dashManifest } from '../../workflows/planning/manifests/dash';
import { IFRAME_PLAYLIST_NAME, iframePlaylist, masterPlaylist, mediaPlaylist, PLAYLIST_NAME } from '../../workflows/planning/manifests/hls';
import { renditionsOf, type Presentation } from '../../workflows/planning/manifests/presentation';

/**
 * Stores the HLS playlists of a presentation, and its masters where they wait for their verification. The sound of a family that `joins` a
 * title has its playlists already. Resolves to the bytes of all.
 */
export async function writeManifests(
  objects: ObjectStore,
  { plan, presentation, joins }: { plan: Plan; presentation: Presentation; joins?: CodecFamily },
): Promise<number> {
  const renditions = renditionsOf(joins ? { ...presentation, audio: [] } : presentation);
  const staged = (name: string) => segmentsKeys.stagedManifest(plan.videoId, plan.generation, name, joins);
  const sizes = await Promise.all([
    ...renditions.map((rendition) => writePlaylists(objects, plan, rendition)),
    objects.put('segments', staged(MANIFEST_NAMES.hls), masterPlaylist(presentation), OBJECTS.stagedHls),
    objects.put('segments', staged(MANIFEST_NAMES.dash), dashManifest(presentation), OBJECTS.stagedDash),
  ]);
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function writePlaylists(objects: ObjectStore, plan: Plan, rendition: RenditionReport): Promise<number> {
  const key = (name: string) => renditionKey(plan, rendition.ref, name);
  const sizes = await Promise.all([
    objects.put('transcoded', key(PLAYLIST_NAME), mediaPlaylist(rendition), OBJECTS.mediaPlaylist),
    ...(rendition.ref.kind === 'video'
      ? [objects.put('transcoded', key(IFRAME_PLAYLIST_NAME), iframePlaylist(rendition), OBJECTS.iframePlaylist)]
      : []),
  ]);
  return sizes.reduce((sum, size) => sum + size, 0);
}
