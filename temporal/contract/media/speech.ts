/** That a video gets subtitles of what is said. */
export interface SpeechRequest {
  /** BCP 47 tag of the language that is spoken; that of the audio track when it is left out. */
  language?: string;
}

/** A word as an engine has heard it. */
export interface SpokenWord {
  /** With its punctuation. */
  text: string;
  startMs: number;
  endMs: number;
}

/** What an engine has heard in a piece of sound. */
export interface Transcript {
  /** Ascending by their start; empty where nothing is said. */
  words: SpokenWord[];
  /** Mean of the natural logarithms of how likely the engine finds what it has heard; null for an engine that does not tell. */
  averageLogProbability: number | null;
}
