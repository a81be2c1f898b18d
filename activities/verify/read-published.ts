import type { ObjectStore } from '../../infra/object-store/object-store';
import { generationFolder, MANIFEST_NAMES, segmentsKeys } from '../../temporal/contract/object-keys';
import type { Plan } from '../../temporal/contract/plan';
import type { RenditionReport } from '../../temporal/contract/reports';
import { IFRAME_PLAYLIST_NAME, PLAYLIST_NAME } from '../../workflows/planning/manifests/hls';
import { familyOf, SAMPLE_ENTRY_CODECS, type Family } from '../../workflows/planning/families/family';
import { readInit, readSegment } from '../../workflows/planning/isobmff/isobmff';
import { MalformedBox } from '../../workflows/planning/isobmff/box';
import type { Presentation } from '../../workflows/planning/manifests/presentation';
import { readKeyFrame } from '../../workflows/planning/quality/key-frame';
import type { ListedPlaylist, Published, SampledSegment } from '../../workflows/planning/quality/published';
import { parseDash, parseMaster, parseMedia } from './parse-manifests';

/** Something that was written a moment ago cannot be read as what it should be. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/**
 * Reads a whole generation back: every playlist through independent parsers, the listing of all objects, every init
 * segment, and of each rendition three segments by the ranges that the playlists name. Throws {@link Unreadable}.
 */
export async function readPublished(objects: ObjectStore, plan: Plan, presentation: Presentation): Promise<Published> {
  const { videoId, generation } = plan;
  const folder = `${generationFolder(videoId, generation)}/`;
  const text = async (bucket: 'segments' | 'transcoded', key: string) =>
    Buffer.from(found(await objects.get(bucket, key), key)).toString('utf8');
  const staged = (name: string) => text('segments', segmentsKeys.stagedManifest(videoId, generation, name));
  const playlist = async (rendition: RenditionReport, name: string): Promise<[string, ListedPlaylist]> => {
    const written = await text('transcoded', `${folder}${rendition.folder}/${name}`);
    return [rendition.folder, readable(() => parseMedia(written), `${rendition.folder}/${name}`)];
  };
  const video = presentation.video.map(({ rendition }) => rendition);
  const sound = presentation.audio ? [presentation.audio.rendition] : [];
  const all = [...video, ...sound];
  const [sizes, master, dash, media, iframeEntries, inits] = await Promise.all([
    objects.sizesBelow('transcoded', folder),
    staged(MANIFEST_NAMES.hls),
    staged(MANIFEST_NAMES.dash),
    Promise.all(all.map((rendition) => playlist(rendition, PLAYLIST_NAME))),
    Promise.all(video.map((rendition) => playlist(rendition, IFRAME_PLAYLIST_NAME))),
    Promise.all(
      all.map(
        async ({ folder: name, initName }) => [name, found(await objects.get('transcoded', `${folder}${name}/${initName}`), name)] as const,
      ),
    ),
  ]);
  const iframes = new Map(iframeEntries);
  return {
    master: readable(() => parseMaster(master), MANIFEST_NAMES.hls),
    dash: readable(() => parseDash(dash), MANIFEST_NAMES.dash),
    media: new Map(media),
    iframes,
    sizes,
    inits: new Map(inits.map(([name, bytes]) => [name, readable(() => readInit(bytes, SAMPLE_ENTRY_CODECS), name)])),
    samples: (
      await Promise.all([
        ...presentation.video.map(({ family, rendition }) =>
          sample(objects, folder, { rendition, keyFrames: { family: familyOf(family), listed: iframes.get(rendition.folder) } }),
        ),
        ...sound.map((rendition) => sample(objects, folder, { rendition, keyFrames: null })),
      ])
    ).flat(),
  };
}

/** The first, the middle and the last segment of a rendition. */
async function sample(
  objects: ObjectStore,
  folder: string,
  { rendition, keyFrames }: { rendition: RenditionReport; keyFrames: { family: Family; listed: ListedPlaylist | undefined } | null },
): Promise<SampledSegment[]> {
  const last = rendition.segments.length - 1;
  const indexes = [...new Set([0, Math.floor(last / 2), last])];
  return Promise.all(
    indexes.map(async (index) => {
      const where = `${rendition.folder}/${rendition.segments[index]?.name}`;
      const range = keyFrames?.listed?.segments[index]?.range;
      const bytes = range ? await objects.getRange('transcoded', folder + where, range) : await objects.get('transcoded', folder + where);
      const facts = readable(() => {
        const segment = found(bytes, where);
        if (keyFrames && range) return readKeyFrame(segment, keyFrames.family);
        return { startTicks: readSegment(segment).startTicks, idr: keyFrames ? false : null };
      }, where);
      return { folder: rendition.folder, index, ...facts };
    }),
  );
}

function found(bytes: Uint8Array | null, what: string): Uint8Array {
  if (bytes === null) throw new Unreadable(`${what} is not in storage`);
  return bytes;
}

function readable<T>(read: () => T, what: string): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    const reason = error instanceof MalformedBox ? error.message : 'a parser refuses it';
    throw new Unreadable(`${what} cannot be read back: ${reason}`, { cause: error });
  }
}
