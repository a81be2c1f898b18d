import type { MasteringDisplay } from '../../../temporal/contract/media/hdr';
import type { LadderStep } from './family';

/** Over the rates of SDR, as in the tables of the HLS Authoring Specification for Apple Devices. */
const HDR_RATE_FACTOR = 1.2;

/** The encoder would pass on the enhancements of Dolby Vision, whose sample entries and codec strings are others. */
export const WITHOUT_DOLBY_VISION: readonly string[] = ['-dolbyvision', '0'];

/** The ladder of an HDR set, in a profile of ten bits. */
export function hdrLadder(ladder: readonly LadderStep[], profile: string): LadderStep[] {
  return ladder.map((step) => ({ ...step, maxrateBps: Math.round(step.maxrateBps * HDR_RATE_FACTOR), profile }));
}

/** As x265 and SVT-AV1 take it, each in units of its own. */
export function masteringText(
  display: MasteringDisplay,
  units: { chromaticity(step: number): string; luminance(step: number): string },
): string {
  const { red, green, blue, white, maxLuminance, minLuminance } = display;
  const point = ([x, y]: readonly [number, number]) => `(${units.chromaticity(x)},${units.chromaticity(y)})`;
  const range = `(${units.luminance(maxLuminance)},${units.luminance(minLuminance)})`;
  return `G${point(green)}B${point(blue)}R${point(red)}WP${point(white)}L${range}`;
}
