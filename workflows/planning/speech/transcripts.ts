import type { Transcript } from '../../../temporal/contract/media/speech';
import type { SoundPiece } from './sound-pieces';

/**
 * Below it the words are invented: clear English measured -0.15 to -0.55 and speech in a language that the model does not know -1.1 to -2.6,
 * with fluent nonsense. It is also where the authors of Whisper call a segment failed (`logprob_threshold`).
 */
const LEAST_LOG_PROBABILITY = -1;

/** What was heard in all pieces, on the timeline of the title. How likely it is counts by words. */
export function joinTranscripts(heard: readonly { piece: SoundPiece; transcript: Transcript }[]): Transcript {
  const words = heard.flatMap(({ piece, transcript }) =>
    transcript.words.map(({ text, startMs, endMs }) => ({
      text,
      startMs: Math.min(piece.endMs, piece.startMs + startMs),
      endMs: Math.min(piece.endMs, piece.startMs + endMs),
    })),
  );
  const told = heard.flatMap(({ transcript: { words: some, averageLogProbability } }) =>
    averageLogProbability === null ? [] : [{ count: some.length, averageLogProbability }],
  );
  const count = told.reduce((sum, one) => sum + one.count, 0);
  const sum = told.reduce((total, one) => total + one.count * one.averageLogProbability, 0);
  return { words, averageLogProbability: count === 0 ? null : sum / count };
}

/** Whether the engine has understood what it heard, as far as it tells. */
export function isUnderstood({ averageLogProbability }: Transcript): boolean {
  return averageLogProbability === null || averageLogProbability >= LEAST_LOG_PROBABILITY;
}

/** The mean of logarithms of how likely each word is, 0 to 1; null without words. */
export function meanLogarithm(probabilities: readonly number[]): number | null {
  if (probabilities.length === 0) return null;
  // A word that is as good as impossible must not outweigh all others.
  return probabilities.reduce((sum, one) => sum + Math.log(Math.max(one, 0.001)), 0) / probabilities.length;
}

const NO_SUBTITLES = 'There are no subtitles of what is said';
const UPLOAD_TEXT = 'upload subtitles as WebVTT or SubRip.';

export const NOT_UNDERSTOOD = `${NO_SUBTITLES}: the speech engine has not understood it. Check the language, or ${UPLOAD_TEXT}`;

export interface SpokenLanguage {
  /** BCP 47 tag. */
  tag: string;
  /** Its primary subtag (RFC 5646 2.2.1), which is all that models know: `en` of `en-GB`. */
  subtag: string;
}

/** In a sentence for the user. */
export interface Refusal {
  refusal: string;
}

/**
 * The language in which an engine listens to a track, or why it does not. `subtags` are those that the engine knows; `tag` is null for a track
 * whose language is not known: a guess would give fluent nonsense.
 */
export function spokenLanguage(subtags: readonly string[], tag: string | null): SpokenLanguage | Refusal {
  if (tag === null)
    return { refusal: `${NO_SUBTITLES}: the audio track does not say its language; send subtitles_language, or ${UPLOAD_TEXT}` };
  const subtag = tag.toLowerCase().split('-')[0] ?? tag;
  if (subtags.includes(subtag)) return { tag, subtag };
  return { refusal: `${NO_SUBTITLES}: the speech engine does not know the language ${tag}; ${UPLOAD_TEXT}` };
}
