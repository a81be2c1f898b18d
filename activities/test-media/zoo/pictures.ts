import { ready, SHORT, SIZE, type ReadyExpectation, type ZooSource } from './zoo-source';
import type { Recipe } from './zoo-kit';

const TURNED = { width: 180, height: 320 };
const X264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18'];
const X265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-crf', '18', '-tag:v', 'hvc1'];

/** From ordinary video into the light of an HDR screen. */
const TO_PQ = 'zscale=tin=bt709:pin=bt709:min=bt709:t=smpte2084:p=bt2020:m=bt2020nc:npl=203,format=yuv420p10le';
const TO_HLG = 'zscale=tin=bt709:pin=bt709:min=bt709:t=arib-std-b67:p=bt2020:m=bt2020nc:npl=203,format=yuv420p10le';
const MASTERING = 'master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400';

/** Turned, stretched, interlaced, deep, transparent, bright: every picture has to come out upright and ordinary. */
export const PICTURES: readonly ZooSource[] = [
  turned('rotated-90.mp4', 'transpose=clock', ['-display_rotation', '90']),
  turned('rotated-270.mov', 'transpose=cclock', ['-display_rotation', '-90']),
  turned('rotated-180.mov', 'hflip,vflip', ['-display_rotation', '180']),
  turned('mirrored.mp4', 'hflip', ['-display_hflip']),
  picture(
    'anamorphic.mp4',
    'pixels of 4:3',
    { size: { width: 320, height: 240 }, filter: 'setsar=4/3' },
    { size: { width: 426, height: 240 } },
  ),
  picture(
    'narrow-pixels.mkv',
    'pixels of 8:9',
    { size: { width: 360, height: 240 }, filter: 'setsar=8/9' },
    { size: { width: 320, height: 240 } },
  ),
  picture(
    'nearly-square.mp4',
    'pixels of 321:320, as scaling to a usual size leaves them',
    { size: { width: 640, height: 360 }, filter: 'setsar=321/320' },
    { size: { width: 640, height: 360 } },
  ),
  picture('odd-size.mkv', '321x181', { size: { width: 321, height: 181 }, video: ['-c:v', 'ffv1'], filter: 'format=yuv444p' }),
  picture('portrait.mp4', 'portrait', { size: TURNED }, { size: TURNED }),
  picture('interlaced-tff.ts', 'top field first, MPEG-2', {
    background: 'interlace=scan=tff:lowpass=off',
    backgroundRateFactor: 2,
    filter: 'setfield=tff',
    video: ['-c:v', 'mpeg2video', '-q:v', '4', '-flags', '+ildct+ilme', '-g', '25'],
  }),
  picture('interlaced-bff.mp4', 'bottom field first, H.264', {
    background: 'interlace=scan=bff:lowpass=off',
    backgroundRateFactor: 2,
    filter: 'setfield=bff',
    video: [...X264, '-flags', '+ildct+ilme', '-x264-params', 'bff=1'],
  }),
  picture('interlaced-unmarked.avi', 'interlaced, and nothing says so', {
    background: 'interlace=scan=tff:lowpass=off',
    backgroundRateFactor: 2,
    filter: 'setfield=prog',
    video: ['-c:v', 'mjpeg', '-q:v', '2', '-pix_fmt', 'yuvj422p'],
    audio: ['-c:a', 'pcm_s16le'],
  }),
  picture('ten-bit-422.mp4', 'H.264 High 4:2:2 in 10 bits', { video: [...X264, '-pix_fmt', 'yuv422p10le'] }),
  picture('chroma-444.mp4', 'HEVC 4:4:4', { video: [...X265, '-x265-params', 'log-level=error', '-pix_fmt', 'yuv444p'] }),
  picture('full-range.mp4', 'full range', { filter: 'scale=out_range=pc,format=yuvj420p', video: [...X264, '-color_range', 'pc'] }),
  picture('screen-rgb.mkv', 'RGB', { filter: 'format=gbrp', video: ['-c:v', 'libx264rgb', '-preset', 'ultrafast', '-crf', '12'] }),
  picture('gray.mkv', 'no colour', { filter: 'format=gray', video: ['-c:v', 'ffv1'] }),
  picture('alpha.mov', 'ProRes 4444 with alpha', { video: ['-c:v', 'prores_ks', '-profile:v', '4', '-pix_fmt', 'yuva444p10le'] }),
  picture('alpha.webm', 'VP9 with alpha', {
    filter: 'format=yuva420p',
    video: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '600k', '-auto-alt-ref', '0'],
    audio: ['-c:a', 'libopus'],
  }),
  picture('palette.mov', 'QuickTime animation', { filter: 'format=rgb24', video: ['-c:v', 'qtrle'] }),
  picture(
    'hdr10.mp4',
    'HDR10',
    {
      filter: TO_PQ,
      video: [...X265, '-x265-params', `log-level=error:hdr10=1:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:${MASTERING}`],
    },
    { levels: 'ordered' },
  ),
  picture(
    'hlg.mov',
    'HLG',
    { filter: TO_HLG, video: [...X265, '-x265-params', 'log-level=error:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc'] },
    { levels: 'ordered' },
  ),
  {
    name: 'hlg-container.mov',
    about: 'HLG, and only the container says so',
    expect: ready(SHORT, { levels: 'ordered' }),
    make: async (kit) => {
      const filter = `${TO_HLG},setparams=color_primaries=unknown:color_trc=unknown:colorspace=unknown`;
      await kit.encode('unmarked.hlg.mov', { frames: SHORT, filter, video: [...X265, '-x265-params', 'log-level=error'] });
      const marks = ['-color_primaries', 'bt2020', '-color_trc', 'arib-std-b67', '-colorspace', 'bt2020nc'];
      await kit.remux('unmarked.hlg.mov', 'hlg-container.mov', { output: [...marks, '-movflags', '+write_colr'] });
    },
  },
  picture('one-frame.mp4', 'a single frame', { frames: 1, audio: null }, { clicks: null }),
  picture('blink.mp4', '0.3 s', { frames: 8, audioSeconds: 0.32 }),
  {
    name: 'size-changes.ts',
    about: 'the size changes in the middle',
    expect: ready(SHORT * 2, { clicks: null }),
    make: async (kit) => {
      const half = (name: string, filter: string) =>
        kit.encode(name, { frames: SHORT * 2, audio: null, filter, video: [...X264, '-bf', '0'] });
      await half('size-changes.a.ts', `trim=end_frame=${SHORT}`);
      await half('size-changes.b.ts', `trim=start_frame=${SHORT},scale=640:360`);
      const parts = await Promise.all(['a', 'b'].map(async (part) => kit.path(`size-changes.${part}.ts`)));
      await kit.ffmpeg(['-i', `concat:${parts.join('|')}`, '-c', 'copy', '-copyts', kit.path('size-changes.ts')]);
    },
  },
];

function picture(name: string, about: string, recipe: Partial<Recipe>, change: Partial<ReadyExpectation> = {}): ZooSource {
  const complete = { frames: SHORT, ...recipe };
  const size = recipe.size ? { width: recipe.size.width & ~1, height: recipe.size.height & ~1 } : SIZE;
  return { name, about, expect: ready(complete.frames, { size, ...change }), make: (kit) => kit.encode(name, complete) };
}

/** The coded picture is turned one way and the container's matrix turns it back. */
function turned(name: string, filter: string, input: readonly string[]): ZooSource {
  return {
    name,
    about: `turned by the container: ${input.join(' ').replace('-display_', '')}`,
    expect: ready(SHORT),
    make: async (kit) => {
      await kit.encode(`coded.${name}`, { frames: SHORT, filter });
      await kit.remux(`coded.${name}`, name, { input });
    },
  };
}
