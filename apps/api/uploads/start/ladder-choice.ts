import { z } from 'zod';
import {
  CUSTOM_LONG_SIDE,
  CUSTOM_SHORT_SIDE,
  customRateBounds,
  MOST_CUSTOM_RUNGS,
  usualShortSide,
  type CustomRung,
} from '../../../../temporal/contract/media/custom-ladder';

/** Bounds of what any rung of them may have; those of its size are narrower. */
const LEAST_KBPS = 1;
const MOST_KBPS = 200_000;

const even = (bounds: { least: number; most: number }) =>
  z.int().min(bounds.least).max(bounds.most).multipleOf(2, { error: 'is an even number of pixels' });

const customRung = z
  .strictObject({
    height: even(CUSTOM_SHORT_SIDE).optional().describe('Of a landscape picture; the width of a portrait one. Either height or width'),
    width: even(CUSTOM_LONG_SIDE).optional().describe('Of a landscape picture; the height of a portrait one'),
    bitrate_kbps: z
      .int()
      .min(LEAST_KBPS)
      .max(MOST_KBPS)
      .describe('Cap in H.264, at any frame rate; other families get the share of it that they need'),
  })
  .refine(({ height, width }) => (height === undefined) !== (width === undefined), { error: 'has either height or width' });

/** A ladder of an upload, as it is sent and shown. Throws nothing; what is wrong becomes issues with the index of the rung. */
export const ladderChoice = z
  .array(customRung)
  .min(1)
  .max(MOST_CUSTOM_RUNGS)
  .superRefine((rungs, context) => {
    const sized = rungs.map((rung, index) => ({ index, ...customRungOf(rung) })).map((rung) => ({ ...rung, pixels: usualShortSide(rung) }));
    const issue = (index: number, message: string) =>
      context.addIssue({ code: 'custom', path: [index, 'bitrate_kbps'], message, input: rungs[index] });
    for (const rung of sized) {
      const { leastBps, mostBps } = customRateBounds(rung);
      if (rung.maxrateBps >= leastBps && rung.maxrateBps <= mostBps) continue;
      issue(rung.index, `is out of bounds for this size: ${leastBps / 1000} to ${mostBps / 1000}`);
    }
    const bySize = sized.toSorted((one, other) => one.pixels - other.pixels);
    for (const [place, rung] of bySize.entries()) {
      const smaller = bySize[place - 1];
      if (!smaller) continue;
      if (smaller.pixels === rung.pixels) issue(rung.index, 'is of a rung that has the size of another one');
      else if (smaller.maxrateBps >= rung.maxrateBps) issue(rung.index, 'is no higher than that of a smaller rung');
    }
  })
  .describe(
    `1 to ${MOST_CUSTOM_RUNGS} rungs in place of those of the preset, whose quality stays. No rung is larger than the source; a source below all of them keeps its own size`,
  );

export type LadderChoice = z.infer<typeof ladderChoice>;

/** The same in an answer. */
export const ladderView = z.array(z.object({ height: z.int().optional(), width: z.int().optional(), bitrate_kbps: z.int() }));

/** As it is recorded with a video. */
export function customLadderOf(choice: LadderChoice): CustomRung[] {
  return choice.map(customRungOf);
}

export function viewOfLadder(ladder: readonly CustomRung[]): z.infer<typeof ladderView> {
  return ladder.map(({ shortSide, longSide, maxrateBps }) => ({
    ...(shortSide === undefined ? {} : { height: shortSide }),
    ...(longSide === undefined ? {} : { width: longSide }),
    bitrate_kbps: maxrateBps / 1000,
  }));
}

function customRungOf({ height, width, bitrate_kbps: kbps }: z.infer<typeof customRung>): CustomRung {
  return {
    ...(height === undefined ? {} : { shortSide: height }),
    ...(width === undefined ? {} : { longSide: width }),
    maxrateBps: kbps * 1000,
  };
}
