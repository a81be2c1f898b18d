import type { ChunkPlan, FrameGrid, Plan } from '../../../temporal/contract/media/plan';
import { titleSlotOf } from '../timeline/timeline';
import type { Fraction } from '../../../temporal/contract/media/plan';

/** The timestamp of a decoded frame, in ticks of `timebase`; null when it is not known. */
export interface FrameOrigin {
  ptsTicks: number | null;
  timebase: Fraction;
}

/** Reads the lines that `originOutputArgs` makes ffmpeg write. Throws RangeError for anything else. */
export function parseFrameOrigins(text: string): FrameOrigin[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const match = /^(-?\d+) (\d+)\/(\d+)$/.exec(line);
      if (!match) throw new RangeError('not a line of frame origins');
      const ptsTicks = Number(match[1]);
      return { ptsTicks: Number.isSafeInteger(ptsTicks) ? ptsTicks : null, timebase: { num: Number(match[2]), den: Number(match[3]) } };
    });
}

/** Expected frames of a chunk, and how exactly they must match. */
export interface FedChunk {
  plan: Pick<Plan, 'source'>;
  chunk: ChunkPlan;
  /** The decoder reported damage: a frame that it could not make leaves its slot to the one before. */
  damaged: boolean;
}

/** What encoders and muxers say of their settings is no word about the source. */
const ABOUT_OUTPUT = /^\[(?:[vas]ost#|out#|enc:|libx26[45] |libsvtav1 |libvpx-vp9 |mp4 |rawvideo )/;

/**
 * Whether what ffmpeg printed while it read a source speaks of damage in it, or of a new size, at which a decoder may lose the picture
 * that it still holds.
 */
export function tellsOfDamage(stderr: string): boolean {
  return aboutSource(stderr, /error|invalid|corrupt|conceal|damaged|missing|non-existing|changing video frame properties/i);
}

/**
 * Whether the decoder says that pictures of the source are damaged. Words about references that are not there are left out: a chunk begins
 * in the middle, before which no picture is decoded.
 */
export function showsDamage(stderr: string): boolean {
  return aboutSource(
    stderr,
    /error while decoding|concealing|corrupt|invalid (?:data|nal|level|mb|slice|ac|dc|bitstream)|damaged|bytestream|left block unavailable|error at MB/i,
  );
}

function aboutSource(stderr: string, words: RegExp): boolean {
  return stderr.split('\n').some((line) => words.test(line) && !ABOUT_OUTPUT.test(line));
}

/**
 * Whether the frames that went into the encoder are those of the chunk, by the timestamps that the source gives them: a
 * seek that lands elsewhere or a frame that the decoder drops shifts them. Returns the problem, or null.
 */
export function checkSourceOrigins({ plan, chunk, damaged }: FedChunk, origins: readonly FrameOrigin[]): string | null {
  const frameCount = chunk.endFrame - chunk.startFrame;
  if (origins.length !== frameCount) return `${origins.length} frames were decoded, not ${frameCount}`;
  // AVI and the like hold no presentation times at all; then there is nothing to compare.
  if (origins.every(({ ptsTicks }) => ptsTicks === null)) return null;
  const { video } = plan.source;
  const { leadSlots = 0 } = video;
  let before = -Infinity;
  let inPlace = 0;
  for (const [index, { ptsTicks, timebase }] of origins.entries()) {
    if (ptsTicks === null) return `frame ${index} has no known source frame`;
    const slot = titleSlotOf(ptsTicks, video, timebase);
    // Before the first picture and behind the last one these are shown, for as long as only the sound of the title goes on.
    const wanted = Math.max(leadSlots, Math.min(chunk.startFrame + index, leadSlots + video.frameCount - 1));
    // A slot that has no frame of its own shows an earlier one, and only a variable or damaged source has such slots.
    // Where the decoder lost one, it may give the frames around it in another order.
    const isHeld = slot <= wanted && ptsTicks >= before;
    const right = slot === wanted || (damaged ? slot < wanted : video.cadence === 'variable' && isHeld);
    if (!right) return `frame ${index} was made from the source frame at slot ${slot}, not ${wanted}`;
    if (slot === wanted) inPlace += 1;
    before = ptsTicks;
  }
  // Damage takes single frames; a chunk that is shifted has none in its place.
  const shifted = video.cadence === 'constant' && inPlace * 2 < frameCount;
  return shifted ? `only ${inPlace} of ${frameCount} frames are in their place` : null;
}

/** Whether frames read back from a chunk's segments lie on the title's grid. Returns the problem, or null. */
export function checkReadBack(grid: FrameGrid, chunk: ChunkPlan, origins: readonly FrameOrigin[]): string | null {
  const frameCount = chunk.endFrame - chunk.startFrame;
  if (origins.length !== frameCount) return `${origins.length} frames can be decoded, not ${frameCount}`;
  const { num, den } = grid.frameRate;
  const wrong = origins.findIndex(({ ptsTicks, timebase }, index) => {
    const gridTicks = BigInt(chunk.startFrame + index) * BigInt(den);
    return ptsTicks === null || BigInt(ptsTicks) * BigInt(timebase.num) * BigInt(num) !== gridTicks * BigInt(timebase.den);
  });
  return wrong < 0 ? null : `frame ${wrong} is shown at tick ${origins[wrong]?.ptsTicks}`;
}
