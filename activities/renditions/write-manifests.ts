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
  PLAYLIST_NAME,
} from '../../temporal/contract/object-keys';
import { dashManifest } from '../../workflows/planning/manifests/dash';
import { IFRAME_PLAYLIST_NAME, iframePlaylist, masterPlaylist, mediaPlaylist } from '../../workflows/planning/manifests/hls';
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

interface KeyedRendition {
  rendition: RenditionReport;
  /** EXT-X-KEY tags; none of clear media. */
  keys?: readonly string[];
}

/** Stores the media playlist of a rendition. Resolves to its bytes. */
export function writeMediaPlaylist(objects: ObjectStore, place: MediaPlace, { rendition, keys }: KeyedRendition): Promise<number> {
  return objects.put(
    place.bucket,
    renditionKey(place, rendition.ref, PLAYLIST_NAME),
    mediaPlaylist(rendition, keys),
    OBJECTS.mediaPlaylist,
  );
}

async function writePlaylists(objects: ObjectStore, place: MediaPlace, one: KeyedRendition): Promise<number> {
  const { rendition, keys } = one;
  const iframesKey = renditionKey(place, rendition.ref, IFRAME_PLAYLIST_NAME);
  const sizes = await Promise.all([
    writeMediaPlaylist(objects, place, one),
    ...(rendition.ref.kind === 'video'
      ? [objects.put(place.bucket, iframesKey, iframePlaylist(rendition, keys), OBJECTS.iframePlaylist)]
      : []),
  ]);
  return sizes.reduce((sum, size) => sum + size, 0);
}
