import { segmentName, PLAYLIST_NAME } from '../../../temporal/contract/object-keys';
import { renditionFolder } from '../../../temporal/contract/media/renditions';
import type { RenditionReport } from '../../../temporal/contract/media/reports';
import { measureBandwidth } from '../manifests/bandwidth';
import { IFRAME_PLAYLIST_NAME } from '../manifests/hls';
import { renditionsOf, type Presentation } from '../manifests/presentation';
import { keptColours } from './kept-colours';
import { keptProtection } from './kept-protection';
import { audioFolders, pairedSound, soundsOf } from './paired-sound';
import { variantOf, variantsOf, type ListedPlaylist, type ListedVariant, type Published } from './published';

/** EXTINF is written with six digits. */
const EXTINF_ROUNDING_SECONDS = 1e-6;
/** How far AVERAGE-BANDWIDTH may be from the measured average. */
const AVERAGE_TOLERANCE = 0.1;
const MOST_PROBLEMS = 20;

export interface ConformanceProblem {
  rule: string;
  problem: string;
}

type Rule = (presentation: Presentation, published: Published) => string[];

/** Rules that a generation must meet before it may be published, by name. */
const RULES: Readonly<Record<string, Rule>> = {
  objects: storedObjects,
  playlists: listedSegments,
  'target-duration': targetDurations,
  'independent-segments': independentSegments,
  timeline: continuousTimeline,
  codecs: listedCodecs,
  colours: keptColours,
  protection: keptProtection,
  sound: pairedSound,
  bandwidth: listedBandwidth,
  alignment: alignedRenditions,
  ends: commonEnd,
  'key-frames': keyFrames,
  dash: dashTimeline,
  brands: segmentBrands,
};

/** Compares stored objects with the reports, rule by rule. Empty when the generation may be published. */
export function conformanceProblems(presentation: Presentation, published: Published): ConformanceProblem[] {
  const problems = Object.entries(RULES).flatMap(([rule, check]) => check(presentation, published).map((problem) => ({ rule, problem })));
  return problems.slice(0, MOST_PROBLEMS);
}

function storedObjects(presentation: Presentation, { sizes }: Published): string[] {
  return renditionsOf(presentation).flatMap(({ ref, initName, initSizeBytes, segments }) => {
    const folder = renditionFolder(ref);
    const wanted = [{ name: initName, sizeBytes: initSizeBytes }, ...segments];
    return wanted
      .filter(({ name, sizeBytes }) => sizes.get(`${folder}/${name}`) !== sizeBytes)
      .map(({ name, sizeBytes }) => `${folder}/${name} has ${sizes.get(`${folder}/${name}`) ?? 'no'} bytes, not ${sizeBytes}`);
  });
}

function listedSegments(presentation: Presentation, { media, iframes }: Published): string[] {
  const video = presentation.video.map(({ rendition }) => rendition);
  const check = (rendition: RenditionReport, playlist: ListedPlaylist | undefined, name: string): string[] => {
    const where = `${renditionFolder(rendition.ref)}/${name}`;
    if (!playlist) return [`${where} is missing`];
    const sameNames = rendition.segments.map((segment) => segment.name).join() === playlist.segments.map((segment) => segment.name).join();
    const wrong = playlist.segments.find(({ durationSeconds }, index) => {
      const { durationTicks = 0 } = rendition.segments[index] ?? {};
      return Math.abs(durationSeconds - durationTicks / rendition.timescale) > EXTINF_ROUNDING_SECONDS;
    });
    return [
      ...(sameNames ? [] : [`${where} does not list the ${rendition.segments.length} segments`]),
      ...(playlist.initName === rendition.initName ? [] : [`${where} does not name the init segment`]),
      ...(playlist.ended ? [] : [`${where} has no end`]),
      ...(sameNames && wrong ? [`${where} says ${wrong.durationSeconds} s for ${wrong.name}`] : []),
    ];
  };
  return [
    ...renditionsOf(presentation).flatMap((rendition) => check(rendition, media.get(renditionFolder(rendition.ref)), PLAYLIST_NAME)),
    ...video.flatMap((rendition) => check(rendition, iframes.get(renditionFolder(rendition.ref)), IFRAME_PLAYLIST_NAME)),
  ];
}

/** RFC 8216 4.3.3.1: no EXTINF, rounded, may exceed it. It is one value for the whole playlist and no larger than needed. */
function targetDurations(_: Presentation, { media, iframes }: Published): string[] {
  return [...media, ...iframes].flatMap(([folder, { targetDurationSeconds, segments }]) => {
    const longest = Math.max(1, ...segments.map(({ durationSeconds }) => Math.round(durationSeconds)));
    return targetDurationSeconds === longest ? [] : [`${folder} has a target duration of ${targetDurationSeconds} s, not ${longest}`];
  });
}

function independentSegments(_: Presentation, { master, media }: Published): string[] {
  const without = [...media].filter(([, playlist]) => !playlist.independentSegments).map(([folder]) => folder);
  return [...(master.independentSegments ? [] : ['the master']), ...without].map(
    (where) => `${where} does not promise independent segments`,
  );
}

function continuousTimeline(presentation: Presentation, { samples }: Published): string[] {
  const gaps = renditionsOf(presentation).flatMap(({ ref, segments }) => {
    const folder = renditionFolder(ref);
    let ticks = 0;
    return segments.flatMap(({ name, startTicks, durationTicks }) => {
      const expected = ticks;
      ticks += durationTicks;
      return startTicks === expected ? [] : [`${folder}/${name} starts at ${startTicks}, not ${expected}`];
    });
  });
  const reports = new Map(renditionsOf(presentation).map((one) => [renditionFolder(one.ref), one]));
  const moved = samples
    .filter(({ folder, index, startTicks }) => reports.get(folder)?.segments[index]?.startTicks !== startTicks)
    .map(({ folder, index, startTicks }) => `${folder}/${segmentName(index + 1)} is stored with a start of ${startTicks}`);
  return [...gaps, ...moved];
}

function listedCodecs(presentation: Presentation, { master, dash, inits }: Published): string[] {
  const codecOf = (folder: string) => inits.get(folder)?.codec ?? '?';
  const variants = videoFolders(presentation).flatMap((folder) => {
    const codec = codecOf(folder);
    return [
      ...variantsOf(master.variants, folder).map((variant) => {
        const sounds = new Set(soundsOf(presentation, variant).map(codecOf));
        return { folder, listed: variant.codecs, wanted: [codec, ...sounds].join() };
      }),
      { folder, listed: variantOf(master.iframeVariants, folder)?.codecs, wanted: codec },
    ];
  });
  const representations = renditionsOf(presentation).map(({ ref }) => {
    const folder = renditionFolder(ref);
    const listed = dash.find(({ initUri }) => initUri.includes(`/${folder}/`))?.codecs;
    return { folder, listed, wanted: codecOf(folder) };
  });
  return [...variants, ...representations]
    .filter(({ listed, wanted }) => listed !== wanted)
    .map(({ folder, listed, wanted }) => `${folder} is listed with codecs ${listed ?? 'missing'}, its sample description says ${wanted}`);
}

/** Measured from the stored sizes and the listed durations, in microseconds, not from what the playlists were written from. */
function listedBandwidth(presentation: Presentation, { master, media, sizes }: Published): string[] {
  const measured = (folder: string) => {
    const segments = (media.get(folder)?.segments ?? []).map(({ name, durationSeconds }) => ({
      sizeBytes: sizes.get(`${folder}/${name}`) ?? 0,
      durationTicks: Math.round(durationSeconds * 1e6),
    }));
    return segments.length === 0 ? { peakBps: 0, averageBps: 0 } : measureBandwidth(segments, 1_000_000);
  };
  const promised = (folder: string, variant: ListedVariant) => {
    const own = measured(folder);
    const sounds = soundsOf(presentation, variant).map(measured);
    const peak = own.peakBps + Math.max(0, ...sounds.map(({ peakBps }) => peakBps));
    const average = own.averageBps + Math.max(0, ...sounds.map(({ averageBps }) => averageBps));
    const peakRight = variant.bandwidthBps >= peak * 0.999 && variant.bandwidthBps <= peak * (1 + AVERAGE_TOLERANCE);
    return [
      ...(peakRight ? [] : [`${folder} promises ${variant.bandwidthBps} bit/s, its peak is ${peak}`]),
      ...(Math.abs(variant.averageBps / average - 1) <= AVERAGE_TOLERANCE
        ? []
        : [`${folder} promises ${variant.averageBps} bit/s on average, not ${average}`]),
    ];
  };
  return videoFolders(presentation).flatMap((folder) => {
    const variants = variantsOf(master.variants, folder);
    return variants.length === 0 ? [`${folder} is not in the master`] : variants.flatMap((variant) => promised(folder, variant));
  });
}

function alignedRenditions(presentation: Presentation, { media }: Published): string[] {
  const [first, ...others] = videoFolders(presentation);
  const durations = (folder = '') =>
    media
      .get(folder)
      ?.segments.map(({ durationSeconds }) => durationSeconds)
      .join();
  return others
    .filter((folder) => durations(folder) !== durations(first))
    .map((folder) => `${folder} has other segment bounds than ${first}`);
}

function commonEnd(presentation: Presentation, { media }: Published): string[] {
  const [first = ''] = videoFolders(presentation);
  const seconds = (folder: string) => (media.get(folder)?.segments ?? []).reduce((sum, segment) => sum + segment.durationSeconds, 0);
  const segment = media.get(first)?.targetDurationSeconds ?? 0;
  const differences = audioFolders(presentation).map((folder) => Math.abs(seconds(first) - seconds(folder)));
  return differences
    .filter((difference) => difference > segment)
    .map((difference) => `audio and video end ${difference.toFixed(3)} s apart`);
}

function keyFrames(presentation: Presentation, { iframes, sizes, samples }: Published): string[] {
  const outside = videoFolders(presentation).flatMap((folder) =>
    (iframes.get(folder)?.segments ?? [])
      .filter(({ name, range }) => !range || range.offset + range.sizeBytes > (sizes.get(`${folder}/${name}`) ?? 0))
      .map(({ name }) => `the I-frame of ${folder}/${name} lies outside of it`),
  );
  const notIdr = samples
    .filter(({ idr }) => idr === false)
    .map(({ folder, index }) => `the I-frame of ${folder}/${segmentName(index + 1)} is no IDR picture`);
  return [...outside, ...notIdr];
}

function dashTimeline(presentation: Presentation, { dash }: Published): string[] {
  return renditionsOf(presentation).flatMap(({ ref, segments, timescale, initName }) => {
    const folder = renditionFolder(ref);
    const path = `${presentation.folderPrefix}${folder}`;
    const listed = dash.find(({ initUri }) => initUri === `${path}/${initName}`);
    if (!listed) return [`${folder} is not in the MPD`];
    const wanted = segments.map(({ startTicks, durationTicks }) => ({ startTicks, durationTicks }));
    const firstName = listed.mediaUri.replace('$Number%05d$', String(listed.startNumber).padStart(5, '0'));
    const same = listed.timescale === timescale && JSON.stringify(listed.segments) === JSON.stringify(wanted);
    return [
      ...(same ? [] : [`the MPD has another timeline for ${folder}`]),
      ...(firstName === `${path}/${segments[0]?.name}` ? [] : [`the MPD names other segments for ${folder}`]),
    ];
  });
}

/** ISO/IEC 23009-1 6.3.4.2. */
function segmentBrands(_: Presentation, { samples }: Published): string[] {
  return samples
    .filter(({ missingBrands }) => missingBrands.length > 0)
    .map(({ folder, index, missingBrands }) => `${folder}/${segmentName(index + 1)} does not name the brand ${missingBrands.join(', ')}`);
}

function videoFolders({ video }: Presentation): string[] {
  return video.map(({ rendition }) => renditionFolder(rendition.ref));
}
