import type { ObjectStore } from '../../infra/object-store/object-store';
import type { CodecFamily } from '../../temporal/contract/media/families';
import { MANIFEST_NAMES, segmentsKeys, type MediaPlace, PLAYLIST_NAME } from '../../temporal/contract/object-keys';
import type { Plan } from '../../temporal/contract/media/plan';
import { recipeOf, type Recipe } from '../../temporal/contract/media/recipe';
import { renditionFolder } from '../../temporal/contract/media/renditions';
import type { RenditionReport } from '../../temporal/contract/media/reports';
import { IFRAME_PLAYLIST_NAME } from '../../workflows/planning/manifests/hls';
import { familyOf, SAMPLE_ENTRY_CODECS } from '../../workflows/planning/families/family';
import { isEncryptedSegment, readTrackEncryption } from '../../workflows/planning/isobmff/encryption';
import { colourOf } from '../../workflows/planning/isobmff/colour';
import { missingBrands, readInit, readSegment, type InitFacts } from '../../workflows/planning/isobmff/isobmff';
import { MalformedBoxError } from '../../workflows/planning/isobmff/box';
import { renditionsOf, type Presentation } from '../../workflows/planning/manifests/presentation';
import { readKeyFrame } from '../../workflows/planning/quality/key-frame';
import type { ListedPlaylist, Published, SampleDescription, SampledSegment } from '../../workflows/planning/quality/published';
import { placeOf } from '../renditions/write-manifests';
import { parseDash, parseMaster, parseMedia } from './parse-manifests';

/** A stored object does not parse as the expected format. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}

/** What was packaged: a title, or a family that joins it. */
export interface PackagedOutput {
  plan: Plan;
  presentation: Presentation;
  joins?: CodecFamily | undefined;
}

/**
 * Reads a whole generation back: every playlist through independent parsers, the listing of all objects, every init
 * segment, and of each rendition three segments by the ranges that the playlists name. Throws {@link UnreadableError}.
 */
export async function readPublished(objects: ObjectStore, { plan, presentation, joins }: PackagedOutput): Promise<Published> {
  const place = placeOf(plan, presentation);
  const folder = `${place.folder}/`;
  const text = async (bucket: 'segments' | 'transcoded', key: string) =>
    Buffer.from(found(await objects.get(bucket, key), key)).toString('utf8');
  const staged = (name: string) =>
    text('segments', segmentsKeys.stagedManifest(plan, name, { joins, scheme: presentation.protection?.scheme }));
  const playlist = async ({ ref }: RenditionReport, name: string): Promise<[string, ListedPlaylist]> => {
    const where = renditionFolder(ref);
    const written = await text(place.bucket, `${folder}${where}/${name}`);
    return [where, readable(() => parseMedia(written), `${where}/${name}`)];
  };
  const init = async ({ ref, initName }: RenditionReport): Promise<[string, InitFacts & SampleDescription]> => {
    const where = renditionFolder(ref);
    const bytes = found(await objects.get(place.bucket, `${folder}${where}/${initName}`), where);
    return [
      where,
      readable(() => {
        const facts = readInit(bytes, SAMPLE_ENTRY_CODECS);
        return { ...facts, colour: ref.kind === 'video' ? colourOf(facts.stsd) : null, encryption: readTrackEncryption(bytes) };
      }, where),
    ];
  };
  const video = presentation.video.map(({ rendition }) => rendition);
  const all = renditionsOf(presentation);
  const [sizes, master, dash, media, iframeEntries, inits] = await Promise.all([
    objects.sizesBelow(place.bucket, folder),
    staged(MANIFEST_NAMES.hls),
    staged(MANIFEST_NAMES.dash),
    Promise.all(all.map((rendition) => playlist(rendition, PLAYLIST_NAME))),
    Promise.all(video.map((rendition) => playlist(rendition, IFRAME_PLAYLIST_NAME))),
    Promise.all(all.map(init)),
  ]);
  const iframes = new Map(iframeEntries);
  return {
    master: readable(() => parseMaster(master), MANIFEST_NAMES.hls),
    dash: readable(() => parseDash(dash), MANIFEST_NAMES.dash),
    media: new Map(media),
    iframes,
    sizes,
    inits: new Map(inits),
    samples: (await Promise.all(all.map((rendition) => sample(objects, place, { rendition, iframes, recipe: recipeOf(plan) })))).flat(),
  };
}

/** The first, the middle and the last segment of a rendition. */
async function sample(
  objects: ObjectStore,
  place: MediaPlace,
  { rendition, iframes, recipe }: { rendition: RenditionReport; iframes: ReadonlyMap<string, ListedPlaylist>; recipe: Recipe },
): Promise<SampledSegment[]> {
  const { ref, segments } = rendition;
  const folder = renditionFolder(ref);
  const family = ref.kind === 'video' ? familyOf(ref.family as CodecFamily) : null;
  const last = segments.length - 1;
  const indexes = [...new Set([0, Math.floor(last / 2), last])];
  return Promise.all(
    indexes.map(async (index) => {
      const where = `${folder}/${segments[index]?.name}`;
      const range = iframes.get(folder)?.segments[index]?.range;
      const key = `${place.folder}/${where}`;
      // The boxes before the range tell the type of the segment.
      const head = range ? { offset: 0, sizeBytes: range.offset + range.sizeBytes } : null;
      const bytes = head ? await objects.getRange(place.bucket, key, head) : await objects.get(place.bucket, key);
      return readable(() => {
        const segment = found(bytes, where);
        const facts =
          family && range
            ? readKeyFrame(segment.subarray(range.offset), family)
            : { startTicks: readSegment(segment).startTicks, idr: family ? false : null };
        const missing = recipe >= 2 ? missingBrands(segment.subarray(0, range?.offset)) : [];
        return { folder, index, ...facts, missingBrands: missing, isEncrypted: isEncryptedSegment(segment) };
      }, where);
    }),
  );
}

function found(bytes: Uint8Array | null, what: string): Uint8Array {
  if (bytes === null) throw new UnreadableError(`${what} is not in storage`);
  return bytes;
}

function readable<T>(read: () => T, what: string): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    const reason = error instanceof MalformedBoxError ? error.message : 'a parser refuses it';
    throw new UnreadableError(`${what} cannot be read back: ${reason}`, { cause: error });
  }
}
