import type { VideoRung } from '../../../temporal/contract/media/plan';
import { renditionFolder, type RenditionRole } from '../../../temporal/contract/media/renditions';
import type { RenditionReport } from '../../../temporal/contract/media/reports';
import { FAMILIES } from '../families/family';
import { hdrCodePoints } from '../isobmff/colour';
import type { Protection } from '../../../temporal/contract/media/protection';
import { AUDIO_PURPOSE_OF_ROLE } from './audio-groups';
import { measureBandwidth } from './bandwidth';
import { contentProtection } from './content-protection';
import { keyOf } from './key-tags';
import { imageSet } from './images';
import { textSets } from './text-tracks';
import { element, empty } from './xml';
import { fractionText } from '../timeline/frame-rate';
import {
  refuseUndescribed,
  videoByFamily,
  type AudioPresentation,
  type FamilyPresentation,
  type Presentation,
  type VideoPresentation,
} from './presentation';

const SWITCHING = 'urn:mpeg:dash:adaptation-set-switching:2016';

/** Name of media segments for SegmentTemplate, the pattern of `segmentName`. */
const SEGMENT_TEMPLATE = 'segment_$Number%05d$.m4s';

/**
 * A static MPD (ISO/IEC 23009-1) over the same segments as the HLS playlists: one AdaptationSet for each codec family, since
 * players switch within a set only, and for each track of sound or text; SegmentTemplate with a SegmentTimeline in each rendition's own timescale.
 * Throws RangeError for a family that is not among `families`.
 */
export function dashManifest(presentation: Presentation, families = FAMILIES): string {
  refuseUndescribed(presentation);
  const { video, audio, text: tracks, protection, thumbnails } = presentation;
  const durationSeconds = Math.max(...video.map(({ rendition }) => secondsOf(rendition)));
  const segmentSeconds = Math.max(...video.map(({ rendition }) => longestSegmentSeconds(rendition)));
  const videoSets = numbered(videoByFamily(presentation, families).flatMap((one) => byKey(one, protection)));
  const body = [
    ...videoSets.flatMap((one) => videoSet(one, presentation, switchableWith(one, videoSets))),
    ...audio.flatMap((one, index) => audioSet(one, presentation, videoSets.length + index)),
    ...textSets(tracks, videoSets.length + audio.length),
    ...(thumbnails ? imageSet(thumbnails, videoSets.length + audio.length + tracks.length) : []),
  ];
  const text = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    element('MPD', {
      xmlns: 'urn:mpeg:dash:schema:mpd:2011',
      ...(protection ? PROTECTION_NAMESPACES : {}),
      profiles: 'urn:mpeg:dash:profile:isoff-live:2011',
      type: 'static',
      mediaPresentationDuration: isoDuration(durationSeconds),
      minBufferTime: 'PT2S',
      maxSegmentDuration: isoDuration(segmentSeconds),
    }),
    '  <Period id="0" start="PT0S">',
    ...body.map((line) => `    ${line}`),
    '  </Period>',
    '</MPD>',
  ];
  return `${text.join('\n')}\n`;
}

/** Namespaces of the elements that {@link contentProtection} writes. */
const PROTECTION_NAMESPACES = { 'xmlns:cenc': 'urn:mpeg:cenc:2013', 'xmlns:mspr': 'urn:microsoft:playready' };

type VideoSet = FamilyPresentation & { id: number };

function numbered(sets: readonly FamilyPresentation[]): VideoSet[] {
  return sets.map((set, id) => ({ ...set, id }));
}

/** Renditions of one key each: a licence is for a set (DASH-IF IOP Part 6, 5.3.2), and a device may get none for the larger pictures. */
function byKey(one: FamilyPresentation, protection: Protection | undefined): FamilyPresentation[] {
  if (!protection) return [one];
  const keys = [...new Set(one.video.map((video) => keyOf(protection, video)))];
  return keys.map((key) => ({ ...one, video: one.video.filter((video) => keyOf(protection, video) === key) }));
}

/** The other sets of the family, among which players may switch (DASH-IF IOP Part 5, 4.3.3). */
function switchableWith(one: VideoSet, sets: readonly VideoSet[]): number[] {
  return sets.filter(({ family, id }) => family === one.family && id !== one.id).map(({ id }) => id);
}

function videoSet(
  { family, video, id }: VideoSet,
  { frameRate, folderPrefix, protection }: Presentation,
  switchable: readonly number[],
): string[] {
  const open = element('AdaptationSet', {
    id,
    contentType: 'video',
    mimeType: family.mimeType,
    segmentAlignment: true,
    startWithSAP: 1,
    frameRate: fractionText(frameRate),
    maxWidth: Math.max(...video.map(({ rung }) => rung.width)),
    maxHeight: Math.max(...video.map(({ rung }) => rung.height)),
  });
  const [first] = video;
  const properties = [
    ...(protection && first ? contentProtection(protection, keyOf(protection, first)) : []),
    ...hdrColours(first?.rung.hdr),
    ...(switchable.length > 0 ? [empty('SupplementalProperty', { schemeIdUri: SWITCHING, value: switchable.join(',') })] : []),
  ].map((line) => `  ${line}`);
  return [open, ...properties, ...video.flatMap((one) => videoRepresentation(one, folderPrefix)), '</AdaptationSet>'];
}

/**
 * Colours of a set that keeps HDR (ISO/IEC 23091-2). As essential properties, players that do not know them leave the set out
 * (ISO/IEC 23009-1 5.8.4.8) and play one in SDR, which has none.
 */
function hdrColours(hdr: VideoRung['hdr']): string[] {
  if (!hdr) return [];
  const { primaries, transfer, matrix } = hdrCodePoints(hdr.transfer);
  const named = { ColourPrimaries: primaries, TransferCharacteristics: transfer, MatrixCoefficients: matrix };
  return Object.entries(named).map(([name, value]) => empty('EssentialProperty', { schemeIdUri: `urn:mpeg:mpegB:cicp:${name}`, value }));
}

function videoRepresentation({ rung, rendition }: VideoPresentation, folderPrefix: string): string[] {
  const open = element('Representation', {
    id: representationId(rendition),
    bandwidth: measureBandwidth(rendition.segments, rendition.timescale).peakBps,
    codecs: rendition.codec,
    width: rung.width,
    height: rung.height,
    sar: '1:1',
  });
  return representation(open, rendition, { folderPrefix, extra: [] });
}

/** One rendition: players take codec and channels by what they can play, and language and role by what viewers choose. */
function audioSet(one: AudioPresentation, { folderPrefix, protection, audio: all }: Presentation, id: number): string[] {
  const { audio, rendition } = one;
  const open = element('AdaptationSet', {
    id,
    contentType: 'audio',
    mimeType: 'audio/mp4',
    segmentAlignment: true,
    startWithSAP: 1,
    ...(audio.language === null ? {} : { lang: audio.language }),
  });
  const inner = element('Representation', {
    id: representationId(rendition),
    bandwidth: measureBandwidth(rendition.segments, rendition.timescale).peakBps,
    codecs: rendition.codec,
    audioSamplingRate: audio.sampleRateHz,
  });
  const channels = empty('AudioChannelConfiguration', {
    schemeIdUri: 'urn:mpeg:dash:23003:3:audio_channel_configuration:2011',
    value: audio.channels,
  });
  const keys = protection ? contentProtection(protection, keyOf(protection, one)).map((line) => `  ${line}`) : [];
  const hasOthers = all.some((other) => other.audio.sourceTrack !== audio.sourceTrack);
  const about = hasOthers || audio.role !== 'main' ? roleElements(audio.role).map((line) => `  ${line}`) : [];
  return [open, ...keys, ...about, ...representation(inner, rendition, { folderPrefix, extra: [channels] }), '</AdaptationSet>'];
}

/** ISO/IEC 23009-1 5.8.4.2 and 5.8.4.3, in the order of its schema. */
function roleElements(role: RenditionRole): string[] {
  const purpose = AUDIO_PURPOSE_OF_ROLE[role];
  return [
    ...(purpose ? [empty('Accessibility', { schemeIdUri: 'urn:tva:metadata:cs:AudioPurposeCS:2007', value: purpose })] : []),
    empty('Role', { schemeIdUri: 'urn:mpeg:dash:role:2011', value: role }),
  ];
}

function representation(open: string, rendition: RenditionReport, rest: { folderPrefix: string; extra: string[] }): string[] {
  const folder = `${rest.folderPrefix}${renditionFolder(rendition.ref)}`;
  const template = element('SegmentTemplate', {
    timescale: rendition.timescale,
    startNumber: 1,
    initialization: `${folder}/${rendition.initName}`,
    media: `${folder}/${SEGMENT_TEMPLATE}`,
  });
  const timeline = timelineEntries(rendition).map((line) => `    ${line}`);
  const inner = [template, '  <SegmentTimeline>', ...timeline, '  </SegmentTimeline>', '</SegmentTemplate>'];
  return [`  ${open}`, ...[...rest.extra, ...inner].map((line) => `    ${line}`), '  </Representation>'];
}

/** `S` elements, equal neighbours folded by `@r`; `@t` says the start of the first, the others follow on. */
function timelineEntries(rendition: RenditionReport): string[] {
  const runs: { startTicks: number; durationTicks: number; repeats: number }[] = [];
  for (const { startTicks, durationTicks } of rendition.segments) {
    const last = runs.at(-1);
    if (last?.durationTicks === durationTicks) last.repeats++;
    else runs.push({ startTicks, durationTicks, repeats: 0 });
  }
  return runs.map(({ startTicks, durationTicks, repeats }, index) =>
    empty('S', { ...(index === 0 ? { t: startTicks } : {}), d: durationTicks, ...(repeats > 0 ? { r: repeats } : {}) }),
  );
}

function secondsOf(rendition: RenditionReport): number {
  return rendition.segments.reduce((ticks, segment) => ticks + segment.durationTicks, 0) / rendition.timescale;
}

function longestSegmentSeconds(rendition: RenditionReport): number {
  return rendition.segments.reduce((longest, segment) => Math.max(longest, segment.durationTicks), 0) / rendition.timescale;
}

/** Rounded up to milliseconds, so that a player does not cut the last frame. */
function isoDuration(seconds: number): string {
  return `PT${(Math.ceil(Number((seconds * 1000).toFixed(6))) / 1000).toFixed(3)}S`;
}

function representationId(rendition: RenditionReport): string {
  return renditionFolder(rendition.ref).replaceAll('/', '-');
}
