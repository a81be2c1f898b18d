import { CODEC_FAMILY_NAMES, type CodecFamily } from '../../../temporal/contract/media/families';
import { EARLY_NAMES, MANIFEST_NAMES, TS_MANIFEST_NAME } from '../../../temporal/contract/object-keys';
import { videoIdOf } from '../videos/video-id';

const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const GENERATION = /^g([1-9]\d{0,8})$/;
const FORMATS = ['hls', 'dash'] as const;
const STABLE_NAMES: readonly string[] = [...Object.values(MANIFEST_NAMES), TS_MANIFEST_NAME];

/** An object of a video that players may ask for. */
export interface StreamObject {
  videoId: string;
  key: string;
  /** The generation that it is part of; null for the stable names, which are there only once something is published. */
  generation: number | null;
  /** The codec family that it is part of, if any: one may join a published generation later. */
  family: CodecFamily | null;
  /** Media that is not encrypted, with its playlists. */
  isClearMedia: boolean;
  /** For the master of a title that is encoded still, the name that it has when the title is published. */
  publishedName?: string;
}

/** Folder of encrypted media below a generation; the scheme and the folders of clear media follow. */
const PROTECTED = 'drm';
/** Folders of what is clear in every title. */
const NEVER_ENCRYPTED: readonly string[] = ['thumbnails', 'images', 'subtitles'];

/** The object at an address, or null when there can be none. Segments that start with a dot never are. */
export function streamObject(videoId: string, path: string): StreamObject | null {
  const id = videoIdOf(videoId);
  const segments = path.split('/');
  if (id === null || !segments.every((segment) => SEGMENT.test(segment))) return null;
  const key = `${id}/${path}`;
  const stable = { videoId: id, key, generation: null, family: null, isClearMedia: false };
  if (STABLE_NAMES.includes(path)) return stable;
  const format = FORMATS.find((one) => EARLY_NAMES[one] === path);
  if (format) return { ...stable, publishedName: MANIFEST_NAMES[format] };
  const generation = GENERATION.exec(segments[0] ?? '')?.[1];
  if (generation === undefined || segments.length === 1) return null;
  const [, folder] = segments;
  const family = CODEC_FAMILY_NAMES.find((name) => name === (folder === PROTECTED ? segments[3] : folder)) ?? null;
  const isClearMedia = folder !== PROTECTED && !NEVER_ENCRYPTED.includes(folder ?? '');
  return { videoId: id, key, generation: Number(generation), family, isClearMedia };
}
