import type { HardwareFamily } from '../../../../temporal/contract/media/hardware';
import type { Hardware } from './hardware';
import { averageRate, qualityOf51 } from './quality-scale';

/** Quick Sync of Intel (options: libavcodec/qsvenc.c of FFmpeg). */
export const QSV: Hardware = {
  kind: 'qsv',
  encoderArgs: (family, rung, framesPerSegment) => [
    ...['-c:v', `${family}_qsv`, '-preset', 'medium', '-profile:v', rung.profile, '-level:v', levelNumber(rung.level)],
    // A quality with a cap that differs from the average rate is QVBR: constant quality below the cap.
    ...['-global_quality', qualityOf51(family, rung.crf), '-b:v', averageRate(rung)],
    ...['-maxrate', String(rung.maxrateBps), '-bufsize', String(rung.bufsizeBits)],
    ...['-flags', '+cgop', '-g', String(framesPerSegment), '-forced_idr', '1'],
    // A fixed pattern of B pictures, and I pictures at the start of a GOP only.
    ...['-bf', '3', '-b_strategy', '0', '-adaptive_i', '0', '-adaptive_b', '0'],
    ...OWN[family],
  ],
  deviceArgs: [],
  frameFilter: 'format=nv12',
};

/** Options that not every family's encoder has. Each I picture is an IDR picture with an interval of 0. */
const OWN: Record<HardwareFamily, readonly string[]> = {
  h264: ['-idr_interval', '0', '-look_ahead', '0'],
  // Its default is the high tier.
  hevc: ['-idr_interval', '0', '-tier', 'main', '-tag:v', 'hvc1'],
  av1: [],
};

/** `CodecLevel` of oneVPL counts in tenths. */
function levelNumber(level: string): string {
  return String(Math.round(Number(level) * 10));
}
