import { LEVEL_MS } from './sound-levels';

/** Sound and picture may be apart by this much and seem to be together. */
const MOST_SLIP_MS = 20;

/** How far a slip is looked for, and where: a second, every half second. */
const SEARCHED_MS = 120;
const WINDOW_MS = 1000;
const STEP_MS = 500;

/**
 * A window tells of a slip when its changes of loudness are those of the source at another time, and clearly not those at its own.
 */
const SAME = 0.8;
const CLEARLY_MORE = 0.25;

/** Standard deviation of the changes of loudness, in levels, below which a window is silence, a steady tone or noise. */
const TELLING = 1.5;

/** The source is heard when a level is this high (-29 dBFS), and the output is silent when none near it is higher than this (-77 dBFS). */
const HEARD = 48;
const SILENT = 3;
const NEAR_MS = 40;

/** So much silence in place of sound is a fault, and so much less where it is a share of all there is to hear. */
const MUCH_MISSING_MS = 1000;
const MISSING_MS = 100;
const MISSING_SHARE = 0.05;

/**
 * Whether the output is silent where its source is not, or anywhere further from its source than viewers forgive, by how loud both are over time; both start with the
 * picture. Steady sound cannot be judged and passes. Returns the problem, or null.
 */
export function checkSound(source: Uint8Array, output: Uint8Array): string | null {
  const silenced = silencedAt(source, output);
  if (silenced !== null) return `the sound is missing at ${((silenced * LEVEL_MS) / 1000).toFixed(1)} s`;
  // The output ends where the title does; sound that goes on there is cut, which is no change of it.
  const [wanted, heard] = [changes(source, 0), changes(output, output.at(-1) ?? 0)];
  const [size, step, reach] = [WINDOW_MS, STEP_MS, SEARCHED_MS].map((ms) => ms / LEVEL_MS) as [number, number, number];
  const last = Math.max(0, heard.length - size);
  for (let start = 0; start < last + step; start += step) {
    const window = { start: Math.min(start, last), size: Math.min(size, heard.length) };
    const slipMs = slipOf(wanted, heard, { ...window, reach });
    if (slipMs !== null) {
      const direction = slipMs > 0 ? 'late' : 'early';
      return `the sound is ${Math.abs(slipMs)} ms ${direction} at ${((window.start * LEVEL_MS) / 1000).toFixed(1)} s`;
    }
  }
  return null;
}

/**
 * Where sound of the source is missing first, as an index of its levels; null when that is nowhere, or so little that a cut between
 * two recordings takes as much.
 */
function silencedAt(source: Uint8Array, output: Uint8Array): number | null {
  const near = NEAR_MS / LEVEL_MS;
  const audible = audibleBefore(output);
  const countAt = (index: number) => audible[Math.max(0, Math.min(output.length, index))] as number;
  let loud = 0;
  let missing = 0;
  let first: number | null = null;
  for (let index = 0; index < Math.min(source.length, output.length); index++) {
    if ((source[index] as number) < HEARD) continue;
    loud += 1;
    if (countAt(index + near + 1) > countAt(index - near)) continue;
    missing += 1;
    first ??= index;
  }
  const missingMs = missing * LEVEL_MS;
  return missingMs >= MUCH_MISSING_MS || (missingMs >= MISSING_MS && missing >= loud * MISSING_SHARE) ? first : null;
}

/** How many levels before each one, and before the end, are more than silence. */
function audibleBefore(levels: Uint8Array): Uint32Array {
  const counts = new Uint32Array(levels.length + 1);
  levels.forEach((level, index) => (counts[index + 1] = (counts[index] as number) + (level > SILENT ? 1 : 0)));
  return counts;
}

/** Delay of a window of the output behind the source, in milliseconds; null when it is small or cannot be measured. */
function slipOf(wanted: Float32Array, heard: Float32Array, window: { start: number; size: number; reach: number }): number | null {
  const zone = MOST_SLIP_MS / LEVEL_MS;
  let inPlace = -1;
  let elsewhere = { correlation: -1, lag: 0 };
  for (let lag = -window.reach; lag <= window.reach; lag++) {
    const correlation = correlationAt(wanted, heard, { ...window, lag });
    if (correlation === null) return null;
    if (Math.abs(lag) <= zone) inPlace = Math.max(inPlace, correlation);
    else if (correlation > elsewhere.correlation) elsewhere = { correlation, lag };
  }
  const slipped = elsewhere.correlation >= SAME && elsewhere.correlation - inPlace >= CLEARLY_MORE;
  return slipped ? elsewhere.lag * LEVEL_MS : null;
}

/** Of changes, whose mean is zero; 0 where the source does not tell, and null where the output does not. */
function correlationAt(
  wanted: Float32Array,
  heard: Float32Array,
  { start, size, lag }: { start: number; size: number; lag: number },
): number | null {
  let [product, wantedPower, heardPower] = [0, 0, 0];
  for (let index = start; index < start + size; index++) {
    const a = wanted[index - lag] ?? 0;
    const b = heard[index] ?? 0;
    product += a * b;
    wantedPower += a * a;
    heardPower += b * b;
  }
  const least = TELLING * TELLING * size;
  if (heardPower < least) return null;
  return wantedPower < least ? 0 : product / Math.sqrt(wantedPower * heardPower);
}

/** Of levels that are smoothed over three of them, so that a slip of half a level is as good as one of a whole; `after` is what follows the last. */
function changes(levels: Uint8Array, after: number): Float32Array {
  const at = (index: number) => levels[index] ?? (index < 0 ? 0 : after);
  return Float32Array.from(levels, (level, index) => (at(index + 1) + level - at(index - 1) - at(index - 2)) / 2);
}
