import type { HardwareFamily } from '../../../../temporal/contract/media/hardware';
import type { VideoRung } from '../../../../temporal/contract/media/plan';

/** Average rate over its cap: an average that is the cap itself would be constant rate. */
const AVERAGE_SHARE = 0.9;

const AV1_SCALE = 63;
const DRIVER_SCALE = 51;

/** The average rate of a rung with constant quality below a cap, in bits per second. */
export function averageRate({ maxrateBps }: Pick<VideoRung, 'maxrateBps'>): string {
  return String(Math.round(maxrateBps * AVERAGE_SHARE));
}

/** The quality number of a rung from 1 to 51, as QVBR of Intel and AMD takes it for every codec; that of AV1 goes to 63. */
export function qualityOf51(family: HardwareFamily, crf: number): string {
  return String(family === 'av1' ? Math.round((crf * DRIVER_SCALE) / AV1_SCALE) : crf);
}
