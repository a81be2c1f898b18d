import type { AudioPlan } from '../../../temporal/contract/media/plan';
import { audioRef, isSameRendition, renditionFolder, type RenditionRef } from '../../../temporal/contract/media/renditions';
import type { RenditionReport, SegmentReport } from '../../../temporal/contract/media/reports';
import { FAMILIES } from '../../../workflows/planning/families/family';
import { hdrCodePoints, type EntryColour } from '../../../workflows/planning/isobmff/colour';
import { dashManifest } from '../../../workflows/planning/manifests/dash';
import { iframePlaylist, masterPlaylist, mediaPlaylist } from '../../../workflows/planning/manifests/hls';
import type { TrackEncryption } from '../../../workflows/planning/isobmff/encryption';
import { keyOf, mediaKeyTags } from '../../../workflows/planning/manifests/key-tags';
import { renditionsOf, type Presentation } from '../../../workflows/planning/manifests/presentation';
import type { Published, SampledSegment } from '../../../workflows/planning/quality/published';
import { parseDash, parseMaster, parseMedia } from '../parse-manifests';

const FRAMES = [180, 180, 60];

/** Video of 420 frames at 30000/1001 in three segments. */
export function videoReport(ref: RenditionRef, codec: string, bytesPerFrame: number): RenditionReport {
  const segments = FRAMES.map((sampleCount, index): SegmentReport => ({
    name: `segment_0000${index + 1}.m4s`,
    sizeBytes: sampleCount * bytesPerFrame,
    sampleCount,
    durationTicks: sampleCount * 1001,
    startTicks: index * 180 * 1001,
    reorderTicks: 2002,
    stepTicks: 1001,
    keyFrame: { offset: 96, sizeBytes: 1000 },
  }));
  return { ref, timescale: 30_000, codec, initName: 'init.mp4', initSizeBytes: 860, initSha256: 'a', segments };
}

/** Sound as long as {@link videoReport}. */
export function audioReport(audio: AudioPlan, bytesPerFrame: number): RenditionReport {
  return {
    ...{ ref: audioRef(audio), timescale: 48_000, codec: 'mp4a.40.2', initName: 'init.mp4', initSizeBytes: 800, initSha256: 'b' },
    segments: [281, 282, 95].map((sampleCount, index) => ({
      ...{ name: `segment_0000${index + 1}.m4s`, sizeBytes: sampleCount * bytesPerFrame, sampleCount, durationTicks: sampleCount * 1024 },
      ...{ startTicks: ([0, 281, 563][index] ?? 0) * 1024, reorderTicks: 0, stepTicks: 1024, keyFrame: null },
    })),
  };
}

/** A generation as it is written, with the texts changed on the way: those of renditions are named by their folder. */
export function writtenGeneration(
  presentation: Presentation,
  { spoil = (text) => text, families = FAMILIES }: { spoil?: (text: string, name: string) => string; families?: typeof FAMILIES } = {},
) {
  const all = renditionsOf(presentation).map((rendition) => ({ ...rendition, folder: renditionFolder(rendition.ref) }));
  const samples: SampledSegment[] = all.flatMap(({ folder, segments, ref }) =>
    segments.map(({ startTicks }, index) => ({
      folder,
      index,
      startTicks,
      idr: ref.kind === 'video' ? true : null,
      missingBrands: [],
      isEncrypted: presentation.protection !== undefined,
    })),
  );
  return {
    master: parseMaster(spoil(masterPlaylist(presentation, families), 'master')),
    dash: parseDash(spoil(dashManifest(presentation, families), 'mpd')),
    media: new Map(all.map((one) => [one.folder, parseMedia(spoil(mediaPlaylist(one, mediaKeyTags(presentation, one)), one.folder))])),
    iframes: new Map(
      all
        .filter(({ ref }) => ref.kind === 'video')
        .map((one) => [one.folder, parseMedia(spoil(iframePlaylist(one, mediaKeyTags(presentation, one)), `${one.folder} iframes`))]),
    ),
    sizes: new Map(
      all.flatMap(({ folder, initSizeBytes, segments }) => [
        [`${folder}/init.mp4`, initSizeBytes] as const,
        ...segments.map(({ name, sizeBytes }) => [`${folder}/${name}`, sizeBytes] as const),
      ]),
    ),
    inits: new Map<string, InitOf>(
      all.map(({ folder, codec, timescale, ref }) => [
        folder,
        { codec, timescale, editStartTicks: 0, colour: colourOf(presentation, ref), encryption: encryptionOf(presentation, ref) },
      ]),
    ),
    samples,
  } satisfies Published;
}

type InitOf = Published['inits'] extends ReadonlyMap<string, infer Init> ? Init : never;

/** As the packager declares it. */
function encryptionOf({ protection, video, audio }: Presentation, ref: RenditionRef): TrackEncryption | null {
  const one = [...video, ...audio].find(({ rendition }) => isSameRendition(rendition.ref, ref));
  if (!protection || !one) return null;
  const { kid, pssh } = keyOf(protection, one);
  const pattern = { cryptBlocks: 1, skipBlocks: 9 };
  return {
    scheme: protection.scheme,
    kid,
    sampleIvBytes: 0,
    constantIv: '',
    pattern,
    pssh: pssh.map((box) => new Uint8Array(Buffer.from(box, 'base64'))),
  };
}

/** As the encoder marks it. */
function colourOf({ video }: Presentation, ref: RenditionRef): EntryColour | null {
  const hdr = video.find(({ rendition }) => isSameRendition(rendition.ref, ref))?.rung.hdr;
  return hdr ? hdrCodePoints(hdr.transfer) : null;
}
