import type { ObjectStore } from '../../infra/object-store/object-store';
import type { Plan } from '../../temporal/contract/media/plan';
import type { RenditionReport } from '../../temporal/contract/media/reports';
import { OBJECTS } from '../../temporal/contract/media/objects';
import { renditionKey } from '../../temporal/contract/object-keys';
import { IFRAME_PLAYLIST_NAME, iframePlaylist, mediaPlaylist, PLAYLIST_NAME } from '../../workflows/planning/manifests/hls';

/** Stores the HLS playlists of a rendition. Resolves to their bytes. */
export async function writePlaylists(objects: ObjectStore, plan: Plan, rendition: RenditionReport): Promise<number> {
  const key = (name: string) => renditionKey(plan, rendition.ref, name);
  const sizes = await Promise.all([
    objects.put('transcoded', key(PLAYLIST_NAME), mediaPlaylist(rendition), OBJECTS.mediaPlaylist),
    ...(rendition.ref.kind === 'video'
      ? [objects.put('transcoded', key(IFRAME_PLAYLIST_NAME), iframePlaylist(rendition), OBJECTS.iframePlaylist)]
      : []),
  ]);
  return sizes.reduce((sum, size) => sum + size, 0);
}
