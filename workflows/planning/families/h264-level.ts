import type { LevelInput } from './family';

interface LevelLimits {
  level: string;
  /** Macroblocks per second. */
  maxMbps: number;
  /** Macroblocks per frame. */
  maxFs: number;
  /** Thousands of bits per second, and of bits in the coded picture buffer, for the Baseline and Main profiles. */
  maxBr: number;
  maxCpb: number;
}

/** ITU-T H.264 Table A-1, in rising order. */
const LEVELS: readonly LevelLimits[] = [
  { level: '1', maxMbps: 1_485, maxFs: 99, maxBr: 64, maxCpb: 175 },
  { level: '1.1', maxMbps: 3_000, maxFs: 396, maxBr: 192, maxCpb: 500 },
  { level: '1.2', maxMbps: 6_000, maxFs: 396, maxBr: 384, maxCpb: 1_000 },
  { level: '1.3', maxMbps: 11_880, maxFs: 396, maxBr: 768, maxCpb: 2_000 },
  { level: '2', maxMbps: 11_880, maxFs: 396, maxBr: 2_000, maxCpb: 2_000 },
  { level: '2.1', maxMbps: 19_800, maxFs: 792, maxBr: 4_000, maxCpb: 4_000 },
  { level: '2.2', maxMbps: 20_250, maxFs: 1_620, maxBr: 4_000, maxCpb: 4_000 },
  { level: '3', maxMbps: 40_500, maxFs: 1_620, maxBr: 10_000, maxCpb: 10_000 },
  { level: '3.1', maxMbps: 108_000, maxFs: 3_600, maxBr: 14_000, maxCpb: 14_000 },
  { level: '3.2', maxMbps: 216_000, maxFs: 5_120, maxBr: 20_000, maxCpb: 20_000 },
  { level: '4', maxMbps: 245_760, maxFs: 8_192, maxBr: 20_000, maxCpb: 25_000 },
  { level: '4.1', maxMbps: 245_760, maxFs: 8_192, maxBr: 50_000, maxCpb: 62_500 },
  { level: '4.2', maxMbps: 522_240, maxFs: 8_704, maxBr: 50_000, maxCpb: 62_500 },
  { level: '5', maxMbps: 589_824, maxFs: 22_080, maxBr: 135_000, maxCpb: 135_000 },
  { level: '5.1', maxMbps: 983_040, maxFs: 36_864, maxBr: 240_000, maxCpb: 240_000 },
  { level: '5.2', maxMbps: 2_073_600, maxFs: 36_864, maxBr: 240_000, maxCpb: 240_000 },
  { level: '6', maxMbps: 4_177_920, maxFs: 139_264, maxBr: 240_000, maxCpb: 240_000 },
  { level: '6.1', maxMbps: 8_355_840, maxFs: 139_264, maxBr: 480_000, maxCpb: 480_000 },
  { level: '6.2', maxMbps: 16_711_680, maxFs: 139_264, maxBr: 800_000, maxCpb: 800_000 },
];

const MACROBLOCK_PIXELS = 16;

/**
 * The lowest H.264 level that a stream fits (ITU-T H.264 A.3.1: frame size, sides up to sqrt(8 * MaxFS), macroblock rate,
 * bit rate and buffer). Throws RangeError for a picture that no level holds.
 */
export function h264Level({ width, height, frameRate, maxrateBps, bufsizeBits }: LevelInput): string {
  const columns = Math.ceil(width / MACROBLOCK_PIXELS);
  const rows = Math.ceil(height / MACROBLOCK_PIXELS);
  const macroblocks = columns * rows;
  const fits = LEVELS.find(
    (limits) =>
      macroblocks <= limits.maxFs &&
      Math.max(columns, rows) ** 2 <= 8 * limits.maxFs &&
      macroblocks * frameRate.num <= limits.maxMbps * frameRate.den &&
      maxrateBps <= limits.maxBr * 1000 &&
      bufsizeBits <= limits.maxCpb * 1000,
  );
  if (!fits) throw new RangeError(`no H.264 level holds ${width}x${height}`);
  return fits.level;
}
