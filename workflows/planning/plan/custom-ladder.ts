import type { CustomRung } from '../../../temporal/contract/media/custom-ladder';
import type { LadderStep } from '../families/family';
import { H264 } from '../families/h264';
import { even, halfDown, stepAt } from './ladder-step';

interface Tables {
  /** The family's own rates. */
  table: readonly LadderStep[];
  /** The same with the quality that was asked for. */
  quality: readonly LadderStep[];
}

interface SourceSize {
  width: number;
  height: number;
}

/**
 * The steps of a ladder that an upload brings, largest first and each size once: what is larger than the source or than every table is left out. A source
 * below all of them gets one step of its own size, at the share of its rate that the smallest one has.
 */
export function customSteps(asked: readonly CustomRung[], source: SourceSize, { table, quality }: Tables): LadderStep[] {
  const sourceShort = Math.min(source.width, source.height);
  const largest = Math.max(...table.map(({ shortSide }) => shortSide));
  const sized = asked
    .map((rung) => ({ rung, shortSide: Math.min(largest, shortSideOf(rung, source)) }))
    .sort((one, other) => other.shortSide - one.shortSide || other.rung.maxrateBps - one.rung.maxrateBps);
  const fitting = sized.filter(({ shortSide }, index) => shortSide <= sourceShort && shortSide !== sized[index - 1]?.shortSide);
  const smallest = sized.at(-1);
  if (!smallest) throw new RangeError('a ladder has at least one rung');
  const chosen = fitting.length > 0 ? fitting : [{ ...smallest, shortSide: sourceShort }];
  return chosen.map(({ rung, shortSide }) => {
    const share = rung.maxrateBps / stepAt(H264.ladder, Math.min(largest, shortSideOf(rung, source))).maxrateBps;
    const maxrateBps = Math.round((stepAt(table, shortSide).maxrateBps * share) / 1000) * 1000;
    return { ...stepAt(quality, shortSide), maxrateBps };
  });
}

/** In pixels of this source. */
function shortSideOf({ shortSide, longSide }: CustomRung, { width, height }: SourceSize): number {
  if (shortSide !== undefined || longSide === undefined) return shortSide ?? 0;
  return Math.max(2, even((longSide * Math.min(width, height)) / Math.max(width, height), halfDown));
}
