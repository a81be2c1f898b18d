/** What a text track is for. `forced`: shown also to viewers who asked for no subtitles, such as signs in another language. */
export const TEXT_KINDS = ['subtitles', 'captions', 'forced'] as const;

export type TextKind = (typeof TEXT_KINDS)[number];

/** Where a text track comes from: a caller of the API, a track of the source, or a machine that has heard what is said. */
export const TEXT_ORIGINS = ['uploaded', 'source', 'speech'] as const;

export type TextOrigin = (typeof TEXT_ORIGINS)[number];

/** A text track as players announce it. */
export interface TextTrack {
  subtitleId: string;
  /** BCP 47 tag. */
  language: string;
  label: string;
  kind: TextKind;
}

/** A piece of text and when it is shown, after the start of the title. */
export interface Cue {
  startMs: number;
  /** Exclusive, later than the start. */
  endMs: number;
  /** Cue text of WebVTT (W3C WebVTT 4.2.2), without an empty line; markup is well-formed. */
  text: string;
  /** Cue settings of WebVTT (4.4), such as `line:0 align:start`; empty for none. */
  settings: string;
}

/** The cues of a text track as they are stored, ascending by their start. */
export interface CueFile {
  formatVersion: 1;
  cues: Cue[];
}

/** A file of text of at most this many bytes is read: the longest films have some hundred kilobytes. */
export const MOST_TEXT_BYTES = 4 * 1024 * 1024;
/** Text tracks that a video may have at a time. */
export const MOST_TEXT_TRACKS = 100;
