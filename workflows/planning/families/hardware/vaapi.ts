import type { HardwareFamily } from '../../../../temporal/contract/media/hardware';
import type { Hardware } from './hardware';
import { averageRate, qualityOf51 } from './quality-scale';

const DEVICE = 'va';

/** VAAPI of AMD and Intel on Linux (options: libavcodec/vaapi_encode.c of FFmpeg). The first render node that works is used. */
export const VAAPI: Hardware = {
  kind: 'vaapi',
  encoderArgs: (family, rung, framesPerSegment) => [
    ...['-c:v', `${family}_vaapi`, '-profile:v', rung.profile, '-level:v', rung.level, ...OWN[family]],
    // Constant quality below a cap.
    ...['-rc_mode', 'QVBR', '-global_quality', qualityOf51(family, rung.crf), '-b:v', averageRate(rung)],
    ...['-maxrate', String(rung.maxrateBps), '-bufsize', String(rung.bufsizeBits)],
    // Every I picture is an IDR picture, and there are none but at the start of a GOP.
    ...['-flags', '+cgop', '-g', String(framesPerSegment), '-idr_interval', '0', '-bf', '2', '-b_depth', '1'],
  ],
  deviceArgs: ['-init_hw_device', `vaapi=${DEVICE}`, '-filter_hw_device', DEVICE],
  frameFilter: 'format=nv12,hwupload',
};

const OWN: Record<HardwareFamily, readonly string[]> = {
  h264: [],
  hevc: ['-tier', 'main', '-tag:v', 'hvc1'],
  av1: ['-tier', 'main'],
};
