import type { HardwareFamily } from '../../../../temporal/contract/media/hardware';
import type { Hardware } from './hardware';

/**
 * NVENC of NVIDIA (options: libavcodec/nvenc.c of FFmpeg). Which driver it needs depends on the headers that ffmpeg is built with:
 * 610 or newer for FFmpeg 9 with NVENC API 13.1.
 * Quality numbers are those of the CPU's ladder; that they look alike is not measured.
 */
export const NVENC: Hardware = {
  kind: 'nvenc',
  encoderArgs: (family, rung, framesPerSegment) => [
    ...['-c:v', `${family}_nvenc`, '-preset', 'p5', '-tune', 'hq', ...PROFILE[family](rung.profile), '-level:v', rung.level],
    // With a quality the average rate has to be zero, and the buffer is not used: the cap alone bounds the rate.
    ...['-rc', 'vbr', '-cq', String(rung.crf), '-b:v', '0', '-maxrate', String(rung.maxrateBps), '-multipass', 'qres'],
    // The interval of IDR pictures is that of the GOP, so every GOP is closed.
    ...['-g', String(framesPerSegment), '-strict_gop', '1', '-forced-idr', '1'],
    // With lookahead, the encoder puts I pictures at scene cuts and chooses the number of B pictures unless told not to.
    ...['-rc-lookahead', '20', '-no-scenecut', '1', '-b_adapt', '0', '-bf', '3', '-b_ref_mode', 'middle', '-spatial-aq', '1'],
  ],
  deviceArgs: [],
  frameFilter: null,
};

/** AV1 has one profile for eight and ten bits, which the encoder does not let choose. */
const PROFILE: Record<HardwareFamily, (profile: string) => string[]> = {
  h264: (profile) => ['-profile:v', profile],
  hevc: (profile) => ['-profile:v', profile, '-tier', 'main', '-tag:v', 'hvc1'],
  av1: () => ['-tier', '0'],
};
