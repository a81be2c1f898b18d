/** A part of the sound, after the start of the title. The end is exclusive. */
export interface SoundPiece {
  startMs: number;
  endMs: number;
}

/**
 * An engine holds a piece in memory: ten minutes take the default one to 840 MiB, three to half of that, and cost it one percent more CPU. Servers take files
 * of at most 25 MB: these have 6.
 */
const LONGEST_PIECE_MS = 180_000;
/** So far from the longest end a pause is looked for. */
const SHORTEST_PIECE_MS = 90_000;

/** The silences that `decodeSoundArgs` has written down; one that lasts to the end of the sound has none of its own. */
export function parseSilences(text: string): SoundPiece[] {
  const ms = (seconds: string | undefined) => Math.round(1000 * Number(seconds));
  const starts = [...text.matchAll(/^lavfi\.silence_start=(-?[\d.]+)$/gm)].map(([, seconds]) => Math.max(0, ms(seconds)));
  const ends = [...text.matchAll(/^lavfi\.silence_end=([\d.]+)$/gm)].map(([, seconds]) => ms(seconds));
  return ends.map((endMs, index) => ({ startMs: starts[index] ?? endMs, endMs }));
}

/** The whole sound in pieces of at most three minutes, cut in the middle of the longest pause where there is one, so that no word is in two of them. */
export function soundPieces(durationMs: number, silences: readonly SoundPiece[]): SoundPiece[] {
  const pieces: SoundPiece[] = [];
  let startMs = 0;
  while (durationMs - startMs > LONGEST_PIECE_MS) {
    const endMs = cutAfter(startMs, silences);
    pieces.push({ startMs, endMs });
    startMs = endMs;
  }
  return [...pieces, { startMs, endMs: durationMs }];
}

function cutAfter(startMs: number, silences: readonly SoundPiece[]): number {
  const lengthOf = (silence: SoundPiece | undefined) => (silence ? silence.endMs - silence.startMs : 0);
  const middleOf = (silence: SoundPiece) => Math.round((silence.startMs + silence.endMs) / 2);
  const possible = silences.filter((silence) => {
    const lateMs = middleOf(silence) - startMs;
    return lateMs >= SHORTEST_PIECE_MS && lateMs <= LONGEST_PIECE_MS;
  });
  const [longest] = possible.sort((one, other) => lengthOf(other) - lengthOf(one));
  return longest ? middleOf(longest) : startMs + LONGEST_PIECE_MS;
}
