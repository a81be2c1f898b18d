import { LONG, NTSC, range, ready, SHORT, type ZooSource } from './zoo-source';
import type { Recipe } from './zoo-kit';

const MPEG2 = ['-c:v', 'mpeg2video', '-q:v', '4', '-g', '50', '-bf', '2'];
const MPEG4 = ['-c:v', 'mpeg4', '-q:v', '4', '-g', '100', '-bf', '2'];
const MP2 = ['-c:a', 'mp2', '-b:a', '128k'];
const CIF = { width: 352, height: 288 };
const DV_PAL = { width: 720, height: 576 };

/** Sizes with square pixels that differ from the coded ones. */
const SHOWN: Record<string, { width: number; height: number }> = { 'tape.dv': { width: 768, height: 576 }, 'phone.3gp': CIF };

/** Every container and codec that phones, cameras, recorders and old archives write. */
export const CONTAINERS: readonly ZooSource[] = [
  encoded('moov-at-end.mp4', 'index behind the media', {}),
  encoded('moov-first.mp4', 'index before the media', { output: ['-movflags', '+faststart'] }),
  encoded('fragmented.mp4', 'fragments without an index', { output: ['-movflags', '+frag_keyframe+empty_moov+default_base_moof'] }),
  encoded('fragmented-sidx.mp4', 'fragments with a segment index', {
    output: ['-movflags', '+frag_keyframe+empty_moov+default_base_moof+global_sidx'],
  }),
  encoded('ntsc.mkv', 'timestamps in milliseconds', { rate: NTSC }),
  encoded('open-gop-hevc.mp4', 'HEVC with open GOPs', {
    video: ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error:keyint=120:open-gop=1:bframes=4', '-tag:v', 'hvc1'],
  }),
  encoded('vp9-opus.webm', 'VP9 and Opus', {
    video: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '600k', '-g', '120'],
    audio: ['-c:a', 'libopus'],
  }),
  encoded('vp8-vorbis.webm', 'VP8 with hidden frames, and Vorbis', {
    video: [
      '-c:v',
      'libvpx',
      '-deadline',
      'good',
      '-cpu-used',
      '5',
      '-b:v',
      '600k',
      '-g',
      '120',
      '-auto-alt-ref',
      '1',
      '-lag-in-frames',
      '16',
    ],
    audio: ['-c:a', 'libvorbis'],
  }),
  encoded('av1-flac.mkv', 'AV1 and FLAC', {
    video: ['-c:v', 'libsvtav1', '-preset', '12', '-g', '120', '-svtav1-params', 'lp=1'],
    audio: ['-c:a', 'flac'],
  }),
  encoded('screen-recording.webm', 'no duration and no index, as a browser records', {
    video: ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '600k', '-g', '100'],
    audio: ['-c:a', 'libopus'],
    output: ['-live', '1'],
  }),
  encoded('mpeg2.ts', 'MPEG-2 in a transport stream', { video: MPEG2, audio: MP2 }),
  encoded('h264.ts', 'H.264 in a transport stream', {}),
  encoded('camera.m2ts', 'camera transport stream with AC-3', { audio: ['-c:a', 'ac3'], rate: NTSC, output: ['-mpegts_m2ts_mode', '1'] }),
  encoded('dvd.mpg', 'program stream', { video: MPEG2, audio: MP2, output: ['-f', 'vob'] }),
  encoded('mpeg4-mp3.avi', 'MPEG-4 with B-frames in AVI', { video: MPEG4, audio: ['-c:a', 'libmp3lame'] }),
  encoded('h264.avi', 'AVI without presentation times', { audio: ['-c:a', 'pcm_s16le'] }),
  encoded('h264.flv', 'Flash container', { audio: ['-c:a', 'libmp3lame', '-ar', '44100'] }),
  encoded('sorenson.flv', 'Sorenson and Nellymoser', {
    video: ['-c:v', 'flv', '-q:v', '4', '-g', '100'],
    audio: ['-c:a', 'nellymoser', '-ac', '1', '-ar', '44100'],
  }),
  encoded('phone.3gp', 'H.263 and AMR', {
    frames: LONG,
    size: CIF,
    video: ['-c:v', 'h263', '-q:v', '4', '-g', '100'],
    audio: ['-c:a', 'libopencore_amrnb', '-ar', '8000', '-ac', '1', '-b:a', '12.2k'],
  }),
  encoded('windows.wmv', 'Windows Media', {
    video: ['-c:v', 'wmv2', '-q:v', '4', '-g', '100'],
    audio: ['-c:a', 'wmav2'],
    output: ['-f', 'asf'],
  }),
  encoded('theora.ogv', 'Theora and Vorbis', { video: ['-c:v', 'libtheora', '-q:v', '7', '-g', '64'], audio: ['-c:a', 'libvorbis'] }),
  encoded('broadcast.mxf', 'MXF with PCM', {
    video: ['-c:v', 'mpeg2video', '-pix_fmt', 'yuv422p', '-q:v', '4', '-g', '12', '-bf', '2'],
    audio: ['-c:a', 'pcm_s16le'],
  }),
  encoded('prores.mov', 'ProRes 4:2:2 in 10 bits, 24-bit PCM', {
    frames: SHORT,
    video: ['-c:v', 'prores_ks', '-profile:v', '2', '-pix_fmt', 'yuv422p10le'],
    audio: ['-c:a', 'pcm_s24le'],
  }),
  encoded('tape.dv', 'raw DV', {
    frames: SHORT,
    size: DV_PAL,
    filter: 'setsar=16/15',
    background: 'interlace=scan=bff:lowpass=off',
    backgroundRateFactor: 2,
    video: ['-c:v', 'dvvideo', '-pix_fmt', 'yuv420p'],
    audio: ['-c:a', 'pcm_s16le'],
  }),
  encoded('raw.h264', 'raw H.264: no container, no timestamps', { audio: null }),
  encoded('raw.m2v', 'raw MPEG-2', { video: MPEG2, audio: null }),
  encoded('raw.m1v', 'raw MPEG-1', { video: ['-c:v', 'mpeg1video', '-q:v', '4', '-g', '50', '-bf', '2'], audio: null }),
  encoded('raw.mjpeg', 'raw Motion JPEG', { frames: SHORT, video: ['-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-q:v', '3'], audio: null }),
  encoded('raw.drc', 'raw Dirac', { frames: SHORT, video: ['-c:v', 'vc2'], rate: NTSC, audio: null }),
  encoded('raw.vvc', 'raw VVC', { frames: 40, video: ['-c:v', 'libvvenc', '-preset', 'faster', '-qp', '24'], rate: NTSC, audio: null }),
  encoded('raw.avs2', 'raw AVS2', { frames: SHORT, video: ['-c:v', 'libxavs2', '-qp', '28'], audio: null }),
  encoded('raw.ivf', 'VP9 in IVF', {
    video: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '600k', '-g', '120'],
    audio: null,
  }),
  encoded('animation.gif', 'animated GIF at 10 frames a second', {
    filter: 'split[a][b];[a]palettegen[p];[b][p]paletteuse',
    frames: 40,
    rate: { num: 10, den: 1 },
    video: ['-c:v', 'gif'],
    audio: null,
  }),
  encoded('animation.apng', 'animated PNG', { frames: 40, rate: { num: 10, den: 1 }, video: ['-c:v', 'apng'], audio: null }),
];

function encoded(name: string, about: string, recipe: Partial<Recipe>): ZooSource {
  const complete = { frames: LONG, ...recipe };
  const change = {
    ...(recipe.rate ? { frameRate: recipe.rate } : {}),
    ...(recipe.audio === null ? { clicks: null } : {}),
    // The first block of Windows Media Audio only primes the decoder.
    ...(name.endsWith('.wmv') ? { clicks: range(1, 20) } : {}),
    size: SHOWN[name] ?? recipe.size ?? { width: 320, height: 180 },
  };
  return { name, about, expect: ready(complete.frames, change), make: (kit) => kit.encode(name, complete) };
}
