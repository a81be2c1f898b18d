import type { Cue } from '../../temporal/contract/media/text-tracks';

export const TEXT_FORMATS = ['vtt', 'srt'] as const;

export type TextFormat = (typeof TEXT_FORMATS)[number];

/** Something about one line of a file. `line` is 1-based; `message` is one sentence and quotes nothing of the file. */
export interface LineNote {
  line: number;
  message: string;
}

/** A file as it was read. Cues with a fault are not among the cues. */
export interface TimedText {
  /** Ascending by their start. */
  cues: Cue[];
  /** Why the file is not valid; empty for one that is. */
  faults: LineNote[];
  /** What a user should know of a valid file. */
  warnings: LineNote[];
}
