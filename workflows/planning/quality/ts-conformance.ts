import { PLAYLIST_NAME } from '../../../temporal/contract/object-keys';
import { measureBandwidth } from '../manifests/bandwidth';
import type { TsRendition, TsSource } from '../mpegts/ts-title';
import type { ConformanceProblem } from './conformance';
import type { ListedMaster, ListedPlaylist } from './published';

/** The MPEG-TS renditions of a generation as they lie in storage, by the names of rungs. */
export interface PublishedTs {
  master: ListedMaster;
  media: ReadonlyMap<string, ListedPlaylist>;
  /** Size of every stored object by its name below the folder of MPEG-TS, such as `720p/segment_00001.ts`. */
  sizes: ReadonlyMap<string, number>;
}

/** EXTINF is written with six digits. */
const EXTINF_ROUNDING_SECONDS = 1e-6;

/** Compares stored playlists and the listing of all segments with what was made, rule by rule. Empty when they agree. */
export function tsConformanceProblems(source: TsSource, renditions: readonly TsRendition[], published: PublishedTs): ConformanceProblem[] {
  const missing = renditions.length - published.master.variants.length;
  const problems = renditions.flatMap((rendition) => [
    ...storedSegments(rendition, published).map((problem) => ({ rule: 'objects', problem })),
    ...listedSegments(rendition, published).map((problem) => ({ rule: 'playlists', problem })),
    ...listedVariant(source, rendition, published).map((problem) => ({ rule: 'variants', problem })),
  ]);
  return missing === 0 ? problems : [...problems, { rule: 'variants', problem: `the master lacks ${missing} renditions` }];
}

function storedSegments({ video, segments }: TsRendition, { sizes }: PublishedTs): string[] {
  return segments
    .map(({ name, sizeBytes }) => ({ name: `${video.rendition.ref.name}/${name}`, sizeBytes }))
    .filter(({ name, sizeBytes }) => sizes.get(name) !== sizeBytes)
    .map(({ name, sizeBytes }) => `${name} has ${sizes.get(name) ?? 'no'} bytes, not ${sizeBytes}`);
}

function listedSegments({ video, segments }: TsRendition, { media }: PublishedTs): string[] {
  const { ref, timescale } = video.rendition;
  const where = `${ref.name}/${PLAYLIST_NAME}`;
  const playlist = media.get(ref.name);
  if (!playlist) return [`${where} is missing`];
  const sameNames = segments.map(({ name }) => name).join() === playlist.segments.map(({ name }) => name).join();
  const wrong = playlist.segments.find(
    ({ durationSeconds }, index) => Math.abs(durationSeconds - (segments[index]?.durationTicks ?? 0) / timescale) > EXTINF_ROUNDING_SECONDS,
  );
  // RFC 8216 4.3.3.1
  const longest = Math.max(1, ...playlist.segments.map(({ durationSeconds }) => Math.round(durationSeconds)));
  return [
    ...(sameNames ? [] : [`${where} does not list the ${segments.length} segments`]),
    ...(sameNames && wrong ? [`${where} says ${wrong.durationSeconds} s for ${wrong.name}`] : []),
    ...(playlist.targetDurationSeconds === longest ? [] : [`${where} has a target duration of ${playlist.targetDurationSeconds} s`]),
    ...(playlist.ended ? [] : [`${where} has no end`]),
    ...(playlist.initName === null ? [] : [`${where} names an init segment`]),
    ...(playlist.independentSegments ? [] : [`${where} does not promise independent segments`]),
  ];
}

/** Measured from the stored sizes and the listed durations, in microseconds. */
function listedVariant(source: TsSource, { video }: TsRendition, { master, media, sizes }: PublishedTs): string[] {
  const { ref, codec } = video.rendition;
  const variant = master.variants.find(({ uri }) => uri.endsWith(`/ts/${ref.name}/${PLAYLIST_NAME}`));
  if (!variant) return [`${ref.name} is not in the master`];
  const stored = (media.get(ref.name)?.segments ?? []).map(({ name, durationSeconds }) => ({
    sizeBytes: sizes.get(`${ref.name}/${name}`) ?? 0,
    durationTicks: Math.round(durationSeconds * 1e6),
  }));
  const { peakBps } = stored.length === 0 ? { peakBps: 0 } : measureBandwidth(stored, 1_000_000);
  const codecs = [codec, ...(source.audio ? [source.audio.rendition.codec] : [])].join();
  return [
    ...(variant.codecs === codecs ? [] : [`${ref.name} is listed with codecs ${variant.codecs}, not ${codecs}`]),
    ...(Math.abs(variant.bandwidthBps / peakBps - 1) <= 0.001
      ? []
      : [`${ref.name} promises ${variant.bandwidthBps} bit/s, its peak is ${peakBps}`]),
  ];
}
