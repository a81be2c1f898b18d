import { CODEC_FAMILIES } from './families';
import { DRM_SCHEMES } from './protection';
import type { RenditionRef } from './renditions';

/** One kind of object: how it is named, stored and served. Fits the options with which an object is stored. */
export interface ObjectKind {
  /** Of the name below the video's folder. */
  pattern: RegExp;
  contentType: string;
  /** Whether `/stream` serves it. */
  isPublic: boolean;
  cacheControl?: string;
}

/** What lies below `g{n}/` never changes under its name, so caches may keep it for a year (RFC 8246). */
const IMMUTABLE = 'public, max-age=31536000, immutable';
/** Playlists and manifests may be replaced, so caches hold them for a short time only. */
const REPLACEABLE = 'public, max-age=30';

/** The names give way to published ones at any moment (RFC 9111 5.2.2.5). */
const PASSING = 'no-store';

/** RFC 8216 4 */
const HLS = 'application/vnd.apple.mpegurl';
/** ISO/IEC 23009-1 Annex C */
const DASH = 'application/dash+xml';
const JSON_TYPE = 'application/json';
const MATROSKA = 'video/x-matroska';
const JPEG = 'image/jpeg';
/** W3C WebVTT, IANA considerations */
const WEBVTT = 'text/vtt; charset=utf-8';

/** Encrypted renditions lie below their scheme. */
const GENERATION = String.raw`g\d+/(?:drm/(?:${DRM_SCHEMES.join('|')})/)?`;
const FAMILY = String.raw`${GENERATION}(?:${Object.keys(CODEC_FAMILIES).join('|')})`;
const VIDEO = String.raw`${FAMILY}/[\w-]+`;
const AUDIO = String.raw`${GENERATION}audio/[\w-]+`;
/** Pictures that were made later, or chosen by a user, lie in folders of their own. */
const THUMBNAILS = String.raw`g\d+/thumbnails(?:/[a-z\d]+)?`;
/** Named by the id of the subtitles. */
const TEXT = String.raw`g\d+/subtitles/[0-9A-Z]{26}`;
const SEGMENT = String.raw`segment_\d+\.m4s`;
const TS = String.raw`g\d+/ts/[\w-]+`;

/** Every kind of object that is made of an original. Storing and serving both read this table. */
export const OBJECTS = {
  // video-transcoded: requested by players
  hlsManifest: replaceable(String.raw`manifest\.m3u8`, HLS),
  dashManifest: replaceable(String.raw`manifest\.mpd`, DASH),
  /** Of a title that is encoded still. */
  earlyHls: passing(String.raw`early/manifest\.m3u8`, HLS),
  earlyDash: passing(String.raw`early/manifest\.mpd`, DASH),
  mediaPlaylist: replaceable(String.raw`(?:${VIDEO}|${AUDIO})/playlist\.m3u8`, HLS),
  iframePlaylist: replaceable(String.raw`${VIDEO}/iframes\.m3u8`, HLS),
  videoInit: immutable(String.raw`${VIDEO}/init\.mp4`, 'video/mp4'),
  videoSegment: immutable(`${VIDEO}/${SEGMENT}`, 'video/iso.segment'),
  audioInit: immutable(String.raw`${AUDIO}/init\.mp4`, 'audio/mp4'),
  audioSegment: immutable(`${AUDIO}/${SEGMENT}`, 'audio/mp4'),
  /** Muxed picture and sound for players without CMAF (RFC 8216 3.2). */
  tsManifest: replaceable(String.raw`manifest-ts\.m3u8`, HLS),
  tsPlaylist: replaceable(String.raw`${TS}/playlist\.m3u8`, HLS),
  tsSegment: immutable(String.raw`${TS}/segment_\d+\.ts`, 'video/mp2t'),
  picture: immutable(String.raw`${THUMBNAILS}/(?:poster(?:_\d+)?|thumb_\d+|sprite_\d+)\.jpg`, JPEG),
  smallPicture: immutable(String.raw`${THUMBNAILS}/poster(?:_\d+)?\.avif`, 'image/avif'),
  preview: immutable(String.raw`g\d+/thumbnails/preview\.mp4`, 'video/mp4'),
  imagePlaylist: replaceable(String.raw`g\d+/images/(?:[a-z\d]+/)?playlist\.m3u8`, HLS),
  spriteIndex: immutable(String.raw`${THUMBNAILS}/sprite\.vtt`, WEBVTT),
  textPlaylist: replaceable(String.raw`${TEXT}/playlist\.m3u8`, HLS),
  text: immutable(String.raw`${TEXT}/(?:segment_\d+|subtitles)\.vtt`, WEBVTT),
  /** Beside them, for the API only. */
  quality: internal(String.raw`(?:g\d+|${FAMILY})/quality\.json`, JSON_TYPE),
  /** What manifests are made of again when a family joins or leaves. */
  presentation: internal(String.raw`${GENERATION}title\.json|${FAMILY}/family\.json`, JSON_TYPE),
  pictureRecord: internal(String.raw`g\d+/pictures\.json`, JSON_TYPE),
  /** Of the video and not of a generation: what is uploaded stays when a title is made again. */
  cues: internal(String.raw`subtitles/[0-9A-Z]{26}\.json`, JSON_TYPE),
  moderationReport: internal(String.raw`g\d+/moderation\.json`, JSON_TYPE),
  flaggedPicture: internal(String.raw`g\d+/moderation/picture_\d+\.jpg`, JPEG),
  // video-segments: the pipeline's own
  record: internal(
    String.raw`g\d+/(?:facts|ffprobe|frame-times|plan|audio|families/[a-z\d-]+/plan|chunks/[a-z\d-]+/(?:(?:chunk|lead)_\d+|init(?:_[\da-f]{16})?)|drm/(?:cbcs|cenc)/[a-z\d-]+/piece_\d+|ts/piece_\d+)\.json`,
    JSON_TYPE,
  ),
  sourceCopy: internal(String.raw`g\d+/(?:audio\.mka|subtitles\.mks|mezzanine\.mkv)`, MATROSKA),
  soundLevels: internal(String.raw`g\d+/sound-levels_\d+\.bin`, 'application/octet-stream'),
  capture: internal(String.raw`g\d+/captures/capture_\d+\.jpg`, JPEG),
  stagedHls: internal(String.raw`g\d+/(?:families/[a-z\d-]+/)?(?:drm/(?:cbcs|cenc)/)?manifest\.m3u8`, HLS),
  stagedDash: internal(String.raw`g\d+/(?:families/[a-z\d-]+/)?(?:drm/(?:cbcs|cenc)/)?manifest\.mpd`, DASH),
} as const satisfies Record<string, ObjectKind>;

/** Kinds of the objects of a rendition. Throws RangeError for a kind of rendition that has no segments. */
export function mediaObjects({ kind }: Pick<RenditionRef, 'kind'>): { init: ObjectKind; segment: ObjectKind } {
  if (kind === 'video') return { init: OBJECTS.videoInit, segment: OBJECTS.videoSegment };
  if (kind === 'audio') return { init: OBJECTS.audioInit, segment: OBJECTS.audioSegment };
  throw new RangeError(`renditions of kind ${kind} have no segments`);
}

const CLEAR_MEDIA = new RegExp(
  String.raw`^g\d+/(?:${Object.keys(CODEC_FAMILIES).join('|')}|audio|ts)/[\w-]+/(?:init\.mp4|segment_\d+\.(?:m4s|ts)|(?:playlist|iframes)\.m3u8)$`,
);

/** Whether that is the name, below its video's folder, of media that is not encrypted, or of a playlist of it. */
export function isClearMedia(name: string): boolean {
  return CLEAR_MEDIA.test(name);
}

export type ObjectKindName = keyof typeof OBJECTS;

/** The kind of the object with that name below its video's folder, or null for a name that no kind has. */
export function objectKindOf(name: string): ObjectKindName | null {
  const names = Object.keys(OBJECTS) as ObjectKindName[];
  return names.find((kind) => OBJECTS[kind].pattern.test(name)) ?? null;
}

function replaceable(pattern: string, contentType: string): ObjectKind {
  return { pattern: whole(pattern), contentType, isPublic: true, cacheControl: REPLACEABLE };
}

function passing(pattern: string, contentType: string): ObjectKind {
  return { pattern: whole(pattern), contentType, isPublic: true, cacheControl: PASSING };
}

function immutable(pattern: string, contentType: string): ObjectKind {
  return { pattern: whole(pattern), contentType, isPublic: true, cacheControl: IMMUTABLE };
}

function internal(pattern: string, contentType: string): ObjectKind {
  return { pattern: whole(pattern), contentType, isPublic: false };
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}
