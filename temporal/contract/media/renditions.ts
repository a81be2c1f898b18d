import type { CodecFamily } from './families';

/** Roles of the scheme `urn:mpeg:dash:role:2011` (ISO/IEC 23009-1 table 22) that a rendition may play. */
export type RenditionRole =
  | 'main'
  | 'alternate'
  | 'commentary'
  | 'description'
  | 'enhanced-audio-intelligibility'
  | 'dub'
  | 'karaoke'
  | 'caption'
  | 'subtitle'
  | 'forced-subtitle';

/** Identity of one rendition of a title. `kind`, `family` and `name` identify it within a generation. */
export interface RenditionRef {
  kind: 'video' | 'audio' | 'text' | 'image';
  /** Codec, such as `h264` or `aac`. */
  family: string;
  /** Such as `720p` or `aac_128k`. */
  name: string;
  /** BCP 47 tag; null when unknown or meaningless. */
  language: string | null;
  role: RenditionRole;
}

/** Reference to a rung of a codec family. */
export function videoRef(family: CodecFamily, rung: { name: string }): RenditionRef {
  return { kind: 'video', family, name: rung.name, language: null, role: 'main' };
}

/** Reference to an audio rendition. */
export function audioRef({ family, name, language, role }: Omit<RenditionRef, 'kind'>): RenditionRef {
  return { kind: 'audio', family, name, language, role };
}

/** Whether both name the same rendition of a generation. */
export function isSameRendition(one: RenditionRef, other: RenditionRef): boolean {
  return one.kind === other.kind && one.family === other.family && one.name === other.name;
}

/** Folder of a rendition below its generation, such as `h264/720p` or `audio/aac_128k`. */
export function renditionFolder({ kind, family, name }: RenditionRef): string {
  return `${kind === 'video' ? family : FOLDERS[kind]}/${name}`;
}

const FOLDERS = { audio: 'audio', text: 'subtitles', image: 'images' } as const;
