import type { AudioFacts } from '../../../../temporal/contract/media/plan';

/** Tracks that are this much shorter than the longest, as a share of it, count as long as it. */
const AS_LONG = 0.95;

/** Less is a frame or two: a mark of an editing program, no sound of a film. */
const SHORTEST_US = 100_000;

/**
 * Index of the track that is heard unless a viewer chooses another; null when there is none. Flags of the file come first: one
 * that is no commentary or description, then the one that is marked default (in ISO BMFF, enabled); of equals the longest, of
 * equally long ones the first. A track of a frame or two, or one that ends before the picture starts, is none of them.
 */
export function chooseSound(tracks: readonly AudioFacts[]): number | null {
  const candidates = heardTracks(tracks);
  const best = (rank: (track: AudioFacts) => number) => (all: typeof candidates) => {
    const highest = Math.max(...all.map(({ track }) => rank(track)));
    return all.filter(({ track }) => rank(track) === highest);
  };
  const long = (all: typeof candidates) => {
    const longest = Math.max(...all.map(({ track }) => lengthUs(track)));
    return all.filter(({ track }) => lengthUs(track) >= longest * AS_LONG);
  };
  const [chosen] = long(best(({ isDefault }) => (isDefault ? 1 : 0))(best(({ isAside }) => (isAside ? 0 : 1))(candidates)));
  return chosen?.index ?? null;
}

/** Indexes of the tracks that are worth hearing, the chosen one first and the others in the order of the file. */
export function tracksInOrder(tracks: readonly AudioFacts[]): number[] {
  const chosen = chooseSound(tracks);
  const others = heardTracks(tracks).map(({ index }) => index);
  return chosen === null ? [] : [chosen, ...others.filter((index) => index !== chosen)];
}

function heardTracks(tracks: readonly AudioFacts[]): { track: AudioFacts; index: number }[] {
  const heard = tracks.map((track, index) => ({ track, index })).filter(({ track }) => (track.endUs ?? Infinity) > 0);
  const whole = heard.filter(({ track }) => lengthUs(track) >= SHORTEST_US);
  return whole.length > 0 ? whole : heard;
}

function lengthUs({ startUs, endUs }: AudioFacts): number {
  return endUs === undefined ? Infinity : endUs - startUs;
}

/** When the chosen track ends, in microseconds after the start of the picture; null when there is none or it was not measured. */
export function heardUntilUs(tracks: readonly AudioFacts[]): number | null {
  return heard(tracks)?.endUs ?? null;
}

/** When the chosen track starts, in microseconds after the start of the picture; null when there is none. */
export function heardFromUs(tracks: readonly AudioFacts[]): number | null {
  return heard(tracks)?.startUs ?? null;
}

function heard(tracks: readonly AudioFacts[]): AudioFacts | undefined {
  const chosen = chooseSound(tracks);
  return chosen === null ? undefined : tracks[chosen];
}
