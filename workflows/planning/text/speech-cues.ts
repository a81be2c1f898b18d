import type { SpokenWord } from '../../../temporal/contract/media/speech';
import type { Cue } from '../../../temporal/contract/media/text-tracks';

/** Two lines of 42 characters are what broadcasters and streaming services agree on for Latin script. */
const LINE_CHARACTERS = 42;
/** Shorter cues are gone before they are seen, longer ones are read twice. */
const SHORTEST_CUE_MS = 1_000;
const LONGEST_CUE_MS = 7_000;
/** A cue stays until it can be read, if the next one leaves it the time. */
const READ_CHARACTERS_PER_SECOND = 17;

/** No cue goes on over such a pause. */
const LONG_PAUSE_MS = 1_000;
/** What the end of a sentence, or of a part of one, counts beside a pause, when a place to cut is looked for. */
const SENTENCE_END_MS = 1_000;
const CLAUSE_END_MS = 400;
/** What a cut at the edge of the text counts less than one in its middle. */
const OFF_MIDDLE_MS = 800;
/** What a cut counts less that leaves less than the shortest cue on one of its sides. */
const TOO_SHORT_MS = 3_000;

/**
 * Cues of spoken words: cut at pauses and ends of sentences, one or two balanced lines of at most 42 characters each, 1 to 7 seconds long and
 * never at the same time. Words may overlap, run backwards or be longer than a line.
 */
export function speechCues(words: readonly SpokenWord[]): Cue[] {
  const runs = splitAtPauses(inOrder(words.flatMap(withinLine)));
  return timed(runs.flatMap(splitToFit));
}

/** Text without what would break a cue, in parts that fit into a line. */
function withinLine({ text, startMs, endMs }: SpokenWord): SpokenWord[] {
  // Characters and not UTF-16 units, so that none is cut into halves.
  const characters = Array.from(text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim());
  const parts = Math.ceil(characters.length / LINE_CHARACTERS);
  return Array.from({ length: parts }, (_, part) => ({
    text: characters
      .slice(part * LINE_CHARACTERS, (part + 1) * LINE_CHARACTERS)
      .join('')
      .trim(),
    startMs: Math.round(startMs + ((endMs - startMs) * part) / parts),
    endMs: Math.round(startMs + ((endMs - startMs) * (part + 1)) / parts),
  })).filter((part) => part.text !== '');
}

/** No word begins before the one in front of it has ended, or lasts longer than a cue. */
function inOrder(words: readonly SpokenWord[]): SpokenWord[] {
  let freeMs = 0;
  return words.map(({ text, startMs, endMs }) => {
    const start = Math.max(freeMs, startMs);
    freeMs = Math.min(Math.max(start, endMs), start + LONGEST_CUE_MS);
    return { text, startMs: start, endMs: freeMs };
  });
}

function splitAtPauses(words: readonly SpokenWord[]): SpokenWord[][] {
  const runs: SpokenWord[][] = [];
  for (const [index, word] of words.entries()) {
    if (index === 0 || pauseBefore(words, index) >= LONG_PAUSE_MS) runs.push([]);
    runs.at(-1)?.push(word);
  }
  return runs;
}

/** Halves a run at its best places until every part is a cue. */
function splitToFit(words: readonly SpokenWord[]): SpokenWord[][] {
  if (words.length < 2 || (durationOf(words) <= LONGEST_CUE_MS && linesOf(words) !== null)) return [[...words]];
  const places = words.map((_, index) => index).slice(1);
  const best = places.reduce((one, other) => (worth(words, other) > worth(words, one) ? other : one));
  return [...splitToFit(words.slice(0, best)), ...splitToFit(words.slice(best))];
}

/** How good a place in front of a word is to cut at, in milliseconds of a pause. */
function worth(words: readonly SpokenWord[], index: number): number {
  const [before, after] = [words.slice(0, index), words.slice(index)];
  const said = words[index - 1]?.text ?? '';
  const end = /[.!?…。！？]["'”’)\]]*$/u.test(said) ? SENTENCE_END_MS : /[,;:、，；：]["'”’)\]]*$/u.test(said) ? CLAUSE_END_MS : 0;
  const offMiddle = Math.abs(1 - (2 * textOf(before).length) / textOf(words).length);
  const isShort = Math.min(durationOf(before), durationOf(after)) < SHORTEST_CUE_MS;
  return pauseBefore(words, index) + end - OFF_MIDDLE_MS * offMiddle - (isShort ? TOO_SHORT_MS : 0);
}

/** The lines of a cue, as equal as its words permit; null when they need more than two. */
function linesOf(words: readonly SpokenWord[]): string[] | null {
  const whole = textOf(words);
  if (lengthOf(whole) <= LINE_CHARACTERS) return [whole];
  const pairs = words
    .map((_, index) => [textOf(words.slice(0, index)), textOf(words.slice(index))])
    .filter((lines) => lines.every((line) => lengthOf(line) <= LINE_CHARACTERS));
  const unevenness = ([first = '', second = '']: readonly string[]) => Math.abs(lengthOf(first) - lengthOf(second));
  return pairs.length === 0 ? null : pairs.reduce((one, other) => (unevenness(other) < unevenness(one) ? other : one));
}

/** A cue that would be too short pushes those behind it, which end no later for it. */
function timed(groups: readonly SpokenWord[][]): Cue[] {
  let freeMs = 0;
  return groups.map((words, index) => {
    const startMs = Math.max(freeMs, words[0]?.startMs ?? 0);
    const lines = linesOf(words) ?? [textOf(words)];
    const readMs = (1000 * lengthOf(lines.join(''))) / READ_CHARACTERS_PER_SECOND;
    const nextMs = groups[index + 1]?.[0]?.startMs ?? Infinity;
    const wantedMs = Math.max(words.at(-1)?.endMs ?? 0, Math.min(nextMs, startMs + readMs));
    const endMs = Math.round(Math.min(Math.max(wantedMs, startMs + SHORTEST_CUE_MS), startMs + LONGEST_CUE_MS));
    freeMs = endMs;
    return { startMs, endMs, text: lines.map(escaped).join('\n'), settings: '' };
  });
}

function pauseBefore(words: readonly SpokenWord[], index: number): number {
  return (words[index]?.startMs ?? 0) - (words[index - 1]?.endMs ?? 0);
}

function durationOf(words: readonly SpokenWord[]): number {
  return (words.at(-1)?.endMs ?? 0) - (words[0]?.startMs ?? 0);
}

function textOf(words: readonly SpokenWord[]): string {
  return words.map(({ text }) => text).join(' ');
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** W3C WebVTT 4.2.2: these would begin a tag, a character reference or an arrow. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
