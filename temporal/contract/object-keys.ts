import type { CodecFamily } from './media/families';
import type { ProtectionGroup } from './activities';
import type { DrmRequest, DrmScheme } from './media/protection';
import { renditionFolder, type RenditionRef } from './media/renditions';

/** Purposes of the three buckets; their names come from the configuration. */
export type Bucket = 'originals' | 'segments' | 'transcoded';

export function originalKey(videoId: string, extension: string): string {
  return `${videoId}/original.${extension}`;
}

const POSTERS_FOLDER = 'posters';

/** The JPEG of an uploaded poster, below `video-originals`: named by its content, and kept for later generations. */
export function posterUploadKey(sha256: string): string {
  return `${POSTERS_FOLDER}/${sha256}.jpg`;
}

const WATERMARKS_FOLDER = 'watermarks';

/** The raster of a watermark, below `video-originals`: named by its content, so that it never changes, and kept for the videos that have it. */
export function watermarkKey(sha256: string): string {
  return `${WATERMARKS_FOLDER}/${sha256}.png`;
}

/** Whether a key below `video-originals` is that of a watermark or an uploaded poster, which belong to no single upload. */
export function isRasterKey(key: string): boolean {
  return [WATERMARKS_FOLDER, POSTERS_FOLDER].some((folder) => key.startsWith(`${folder}/`));
}

/** The generation that an object belongs to, or null for one that belongs to the video as a whole. */
export function generationOf(key: string): number | null {
  const number = /^[^/]+\/g(\d+)\//.exec(key)?.[1];
  return number === undefined ? null : Number(number);
}

/** Folder of one generation, the same below `video-segments` and `video-transcoded`. */
export function generationFolder(videoId: string, generation: number): string {
  return `${videoId}/g${generation}`;
}

export interface RunOfVideo {
  videoId: string;
  generation: number;
}

/** What a family that joins a title keeps apart from the title's own. */
function runFolder(videoId: string, generation: number, joins: CodecFamily | undefined): string {
  return `${generationFolder(videoId, generation)}${joins ? `/families/${joins}` : ''}`;
}

/** Keys below `video-segments`: temporary, one lifecycle rule removes them. */
export const segmentsKeys = {
  facts: (videoId: string, generation: number) => `${generationFolder(videoId, generation)}/facts.json`,
  ffprobe: (videoId: string, generation: number) => `${generationFolder(videoId, generation)}/ffprobe.json`,
  frameTimes: (videoId: string, generation: number) => `${generationFolder(videoId, generation)}/frame-times.json`,
  /** Of a title, or of a family that joins it. */
  plan: (videoId: string, generation: number, joins?: CodecFamily) => `${runFolder(videoId, generation, joins)}/plan.json`,
  /** The plan that has replaced the one above, for the CPU, when its GPU failed. */
  planOnCpu: (videoId: string, generation: number, joins?: CodecFamily) => `${runFolder(videoId, generation, joins)}/plan-on-cpu.json`,
  sourceAudio: (videoId: string, generation: number) => `${generationFolder(videoId, generation)}/audio.mka`,
  /** How loud an audio track of the source is when: a byte for every four milliseconds; see `workflows/planning/source/sound/sound-levels`. */
  soundLevels: (videoId: string, generation: number, track: number) =>
    `${generationFolder(videoId, generation)}/sound-levels_${pad(track, 2)}.bin`,
  /** Text subtitles of the source. */
  sourceSubtitles: (videoId: string, generation: number) => `${generationFolder(videoId, generation)}/subtitles.mks`,
  /** Indexed stream copy of a source that cannot be sought in. */
  mezzanine: (videoId: string, generation: number) => `${generationFolder(videoId, generation)}/mezzanine.mkv`,
  /** Folder of the chunk reports of a family. */
  chunkReports: (videoId: string, generation: number, family: CodecFamily) => `${generationFolder(videoId, generation)}/chunks/${family}/`,
  chunkReport: (videoId: string, generation: number, family: CodecFamily, chunkIndex: number) =>
    `${generationFolder(videoId, generation)}/chunks/${family}/chunk_${pad(chunkIndex, 5)}.json`,
  /** Report of the smallest rungs of a stretch of a chunk, which begins with the 0-based segment and was made before the others. */
  leadReport: (videoId: string, generation: number, family: CodecFamily, segment: number) =>
    `${generationFolder(videoId, generation)}/chunks/${family}/lead_${pad(segment, 5)}.json`,
  /** Hashes of the init segments that all chunks of a family share; `tools` stands for the versions that made them. */
  initRecord: (videoId: string, generation: number, family: CodecFamily, tools: string) =>
    `${generationFolder(videoId, generation)}/chunks/${family}/init_${tools}.json`,
  /** The 1-based capture `number`. */
  capture: (videoId: string, generation: number, number: number) =>
    `${generationFolder(videoId, generation)}/captures/${captureName(number)}`,
  /** Report of encrypted segments of a group of renditions. */
  pieceReport: (videoId: string, generation: number, scheme: DrmScheme, piece: { group: ProtectionGroup; pieceIndex: number }) =>
    `${generationFolder(videoId, generation)}/drm/${scheme}/${piece.group}/piece_${pad(piece.pieceIndex, 5)}.json`,
  /** Report of consecutive MPEG-TS segments of all rungs. */
  tsPieceReport: (videoId: string, generation: number, pieceIndex: number) =>
    `${generationFolder(videoId, generation)}/ts/piece_${pad(pieceIndex, 5)}.json`,
  audioReport: (videoId: string, generation: number) => `${generationFolder(videoId, generation)}/audio.json`,
  /** Masters that wait to be published under their stable names; those of a family that joins are for its verification alone. */
  stagedManifest: (
    { videoId, generation }: RunOfVideo,
    name: string,
    { joins, scheme }: { joins?: CodecFamily | undefined; scheme?: DrmScheme | undefined } = {},
  ) => `${runFolder(videoId, generation, joins)}/${scheme ? `drm/${scheme}/` : ''}${name}`,
};

/** The object that every step behind the probe reads pictures from. */
export function pictureSource(plan: { videoId: string; generation: number; originalKey: string; source: { mezzanine: boolean } }): {
  bucket: Bucket;
  key: string;
} {
  if (!plan.source.mezzanine) return { bucket: 'originals', key: plan.originalKey };
  return { bucket: 'segments', key: segmentsKeys.mezzanine(plan.videoId, plan.generation) };
}

/** Where the folders of renditions lie. */
export interface MediaPlace {
  bucket: Exclude<Bucket, 'originals'>;
  /** Without a slash at its end. */
  folder: string;
}

/** Cues of subtitles, and the text that is made of them for players, below `video-transcoded`. Text is clear, whatever the media is. */
export const textKeys = {
  cues: (videoId: string, subtitleId: string) => `${textKeys.allCues(videoId)}${subtitleId}.json`,
  /** Folder of the cues of a video, with a slash at its end. */
  allCues: (videoId: string) => `${videoId}/subtitles/`,
  /** Folder of a track as seen from the manifests. */
  folder: (generation: number, subtitleId: string) => `g${generation}/subtitles/${subtitleId}`,
};

/** Names a generation, and whether its clear media may be seen by players. */
interface ClearMedia extends RunOfVideo {
  protection?: DrmRequest | undefined;
}

/** The clear media of a plan: out of reach of players when the title is published encrypted. */
export function clearPlace({ videoId, generation, protection }: ClearMedia): MediaPlace {
  return { bucket: protection ? 'segments' : 'transcoded', folder: generationFolder(videoId, generation) };
}

/** The encrypted media of a generation. */
export function protectedPlace(run: RunOfVideo, scheme: DrmScheme): MediaPlace {
  return { bucket: 'transcoded', folder: `${generationFolder(run.videoId, run.generation)}/drm/${scheme}` };
}

/** Key of an object of the MPEG-TS rendition of a rung, below `video-transcoded`. */
export function tsKey({ videoId, generation }: RunOfVideo, rungName: string, name: string): string {
  return `${generationFolder(videoId, generation)}/ts/${rungName}/${name}`;
}

/** Key of an object of a rendition, in the bucket of `place`. */
export function renditionKey({ folder }: Pick<MediaPlace, 'folder'>, ref: RenditionRef, name: string): string {
  return `${folder}/${renditionFolder(ref)}/${name}`;
}

/** Measured quality of a generation, or of a family that joined it, below `video-transcoded`. */
export function qualityKey(videoId: string, generation: number, family?: CodecFamily): string {
  return `${generationFolder(videoId, generation)}/${family ? `${family}/` : ''}quality.json`;
}

/** What moderation found in a generation, below `video-transcoded`: a held video outlasts temporary objects. */
export const moderationKeys = {
  report: (videoId: string, generation: number) => `${generationFolder(videoId, generation)}/moderation.json`,
  /** The 1-based flagged picture `number`. */
  picture: (videoId: string, generation: number, number: number) =>
    `${generationFolder(videoId, generation)}/moderation/${flaggedPictureName(number)}`,
};

/** Plan and presentation of a title, below `video-transcoded`: what a family needs that joins it later, when temporary objects are gone. */
export function titleKey(videoId: string, generation: number): string {
  return `${generationFolder(videoId, generation)}/title.json`;
}

/** Presentation of a family that joins, below `video-transcoded`. */
export function familyKey(videoId: string, generation: number, family: CodecFamily): string {
  return `${generationFolder(videoId, generation)}/${family}/family.json`;
}

/** Presentation of the encrypted renditions of a title, or of a family that joins it, below `video-transcoded`. */
export function protectedTitleKey(run: RunOfVideo & { joins?: CodecFamily | undefined }, scheme: DrmScheme): string {
  const { folder } = protectedPlace(run, scheme);
  return run.joins ? `${folder}/${run.joins}/family.json` : `${folder}/title.json`;
}

/** Stable names that players know; replaced by a conditional PUT when a generation is published. */
export const MANIFEST_NAMES = { hls: 'manifest.m3u8', dash: 'manifest.mpd' } as const;

/**
 * Stable names of manifests of the whole title while it is encoded: they name segments that are not there yet. Written only as
 * long as nothing is published.
 */
export const EARLY_NAMES = { hls: 'early/manifest.m3u8', dash: 'early/manifest.mpd' } as const;

/** Stable name of the master for players without CMAF, of videos that have one. */
export const TS_MANIFEST_NAME = 'manifest-ts.m3u8';

/** File name of the 1-based MPEG-TS segment `number`. */
export function tsSegmentName(number: number): string {
  return `segment_${pad(number, 5)}.ts`;
}

/** File name of the media playlist of a rendition. */
export const PLAYLIST_NAME = 'playlist.m3u8';

/** File name of the 1-based media segment `number` of a rendition. */
export function segmentName(number: number): string {
  return `segment_${pad(number, 5)}.m4s`;
}

/** File name of the 1-based segment `number` of a text track. */
export function textSegmentName(number: number): string {
  return `segment_${pad(number, 5)}.vtt`;
}

/** The number in a name made by {@link segmentName}. */
export function segmentNumber(name: string): number {
  return Number(/\d+/.exec(name)?.[0]);
}

/** File name of the 1-based capture `number`. */
export function captureName(number: number): string {
  return `capture_${pad(number, 3)}.jpg`;
}

/** File name of the 1-based flagged picture `number`. */
function flaggedPictureName(number: number): string {
  return `picture_${pad(number, 3)}.jpg`;
}

export function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
