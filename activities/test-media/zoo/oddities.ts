import {
  addToSampleEntry,
  cleanAperture,
  dolbyVision,
  hideFirstTimes,
  joinFlv,
  loseTsPackets,
  packBFrames,
  renameBoxes,
  trimByEditList,
} from './patches';
import { failed, LONG, NTSC, range, ready, SHORT, SIZE, type Expectation, type ZooSource } from './zoo-source';
import type { Recipe, ZooKit } from './zoo-kit';
import { readFile } from 'node:fs/promises';

const MPEG2 = ['-c:v', 'mpeg2video', '-q:v', '4', '-g', '12', '-bf', '2'];
const X264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18'];
const X265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-tag:v', 'hvc1', '-x265-params', 'log-level=error:keyint=250'];
/** The picture of transport streams that ffmpeg writes. */
const VIDEO_PID = 0x100;
const KEY = ['-encryption_scheme', 'cenc-aes-ctr', '-encryption_key', '76a6c65c5ea762046bd749a2e632ccbb'];
const ENCRYPTION = [...KEY, '-encryption_kid', 'a7e61c373e219033c21091fa607bf3b8'];

/** Files that tools and devices write at the edge of their formats, or beyond: container and content disagree. */
export const ODDITIES: readonly ZooSource[] = [
  {
    name: 'late-clock.mkv',
    about: 'the clock starts at 14 hours',
    expect: ready(SHORT),
    make: async (kit) => {
      await kit.encode('late-clock.base.mkv', { frames: SHORT });
      await kit.remux('late-clock.base.mkv', 'late-clock.mkv', { output: ['-output_ts_offset', '50400'] });
    },
  },
  {
    name: 'damaged-picture.mp4',
    about: 'damaged bytes in a few pictures',
    expect: ready(SHORT, { damagedFrames: SHORT, warnings: ['SourceDamaged'] }),
    make: async (kit) => {
      await kit.encode('damaged-picture.base.mp4', { frames: SHORT, video: X264 });
      await kit.remux('damaged-picture.base.mp4', 'damaged-picture.mp4', {
        output: ['-bsf:v', "noise=amount='if(between(n,20,24),20,0)'"],
      });
    },
  },
  patched('trimmed.mp4', 'an edit list shows seconds 1 to 4 of 8', { frames: 200 }, ready(75, { frames: range(25, 100) }), (bytes) =>
    trimByEditList(bytes, { start: 1, duration: 3 }),
  ),
  patched(
    'no-sync-box.mp4',
    'no list of key frames, so all seem to be',
    { frames: LONG, audio: null },
    ready(LONG, { clicks: null }),
    noSyncBox,
  ),
  patched('no-sync-box-hevc.mp4', 'the same in HEVC', { frames: LONG, audio: null, video: X265 }, ready(LONG, { clicks: null }), noSyncBox),
  patched(
    'clean-aperture.mp4',
    'the container crops the picture',
    { frames: SHORT, filter: 'pad=320:240:0:30' },
    ready(SHORT, { size: SIZE }),
    (bytes) => addToSampleEntry(bytes, 'avc1', cleanAperture(SIZE.width, SIZE.height)),
  ),
  patched('dolby-5.mp4', 'Dolby Vision without a compatible base layer', { frames: 5, video: X265 }, failed('SourceUnsupported'), (bytes) =>
    addToSampleEntry(bytes, 'hvc1', dolbyVision(5, 0)),
  ),
  patched('dolby-8.mp4', 'Dolby Vision over ordinary video', { frames: SHORT, video: X265 }, ready(SHORT), (bytes) =>
    addToSampleEntry(bytes, 'hvc1', dolbyVision(8, 2)),
  ),
  patched(
    'no-first-times-h264.ts',
    'the first pictures have no time stamps, H.264',
    { frames: SHORT, video: X264 },
    ready(SHORT),
    noFirstTimes,
  ),
  patched('no-first-times.ts', 'the first pictures have no time stamps', { frames: SHORT, video: MPEG2 }, ready(SHORT), noFirstTimes),
  patched(
    'lost-packets.ts',
    'transport packets are lost',
    { frames: 150, video: MPEG2, audio: null },
    ready(150, { clicks: null, damagedFrames: 60 }),
    (bytes) => loseTsPackets(bytes, VIDEO_PID, 90),
  ),
  patched(
    'cut-off.mxf',
    'cut off, its index is gone',
    { frames: SHORT, video: MPEG2, audio: null },
    ready(SHORT, { clicks: null, cutOff: true, damagedFrames: 3 }),
    (bytes) => bytes.subarray(0, Math.round(bytes.length * 0.8)),
  ),
  patched(
    'packed-b-frames.avi',
    'two pictures in one packet, as DivX packs them',
    {
      frames: 151,
      audio: null,
      video: ['-c:v', 'mpeg4', '-q:v', '3', '-g', '300', '-bf', '1', '-sc_threshold', '1000000000', '-vtag', 'DX50'],
    },
    ready(151, { clicks: null }),
    packBFrames,
  ),
  {
    name: 'clock-restarts.flv',
    about: 'two files joined byte by byte',
    expect: failed('SourceUnsupported'),
    make: async (kit) => {
      await kit.encode('clock-restarts.base.flv', { frames: SHORT, audio: null });
      const part = await readFile(kit.path('clock-restarts.base.flv'));
      await kit.write('clock-restarts.flv', joinFlv(part, part));
    },
  },
  {
    name: 'codec-changes.ts',
    about: 'transport streams joined, H.264 and then MPEG-2',
    expect: failed('SourceUnsupported'),
    make: async (kit) => {
      await kit.encode('h264.part.ts', { frames: LONG });
      await kit.encode('mpeg2.part.ts', { frames: 150, video: MPEG2 });
      const parts = await Promise.all(['h264.part.ts', 'mpeg2.part.ts'].map((part) => readFile(kit.path(part))));
      await kit.write('codec-changes.ts', Buffer.concat(parts));
    },
  },
  encrypted('encrypted.mp4', 'a protected file', []),
  encrypted('encrypted-fragments.mp4', 'protected fragments', ['-movflags', '+frag_keyframe+empty_moov+default_base_moof']),
  made('raw-bgr.avi', 'raw RGB, which Matroska does not hold', {
    frames: 12,
    audio: null,
    video: ['-c:v', 'rawvideo', '-pix_fmt', 'bgr24'],
  }),
  made('raw-uyvy.avi', 'raw 4:2:2', { frames: 12, audio: null, video: ['-c:v', 'rawvideo', '-pix_fmt', 'uyvy422'] }),
  made('screen-video.flv', 'a codec that only the encoding tool decodes', {
    frames: SHORT,
    audio: null,
    video: ['-c:v', 'flashsv', '-g', '25'],
  }),
  made('raw-ntsc.h264', 'raw H.264 that tells its rate', { frames: SHORT, audio: null, rate: NTSC }),
  made('raw-ntsc.hevc', 'raw HEVC that tells its rate', {
    frames: SHORT,
    audio: null,
    rate: NTSC,
    video: X265.filter((one) => one !== '-tag:v' && one !== 'hvc1'),
  }),
  made('matrix-ycgco.mp4', 'marked with a colour matrix that no filter knows', marked(8)),
  made('matrix-rgb.mp4', '4:2:0 marked as RGB', marked(0)),
  made(
    'wide-and-short.mp4',
    'wider than players decode',
    { frames: 12, audio: null, size: { width: 4608, height: 288 } },
    { width: 3840, height: 240 },
  ),
  accompanied('picture-first.mp4', 'a track of one picture before the film', [
    '-map',
    '1',
    '-map',
    '0',
    '-disposition:v:0',
    '0',
    '-disposition:v:1',
    'default',
  ]),
  accompanied('picture-first.mkv', 'the same without flags', ['-map', '1', '-map', '0', '-disposition:v:0', '0', '-disposition:v:1', '0']),
  accompanied('wide-cover.mp4', 'a cover of 9000 pixels', ['-map', '0', '-map', '1', '-disposition:v:1', 'attached_pic']),
  {
    name: 'fonts.mkv',
    about: '70 fonts attached',
    expect: ready(SHORT),
    make: async (kit) => {
      await kit.encode('fonts.base.mkv', { frames: SHORT });
      await kit.write('font.ttf', Buffer.alloc(64, 1));
      const fonts = range(0, 70).flatMap((font) => ['-attach', kit.path('font.ttf'), `-metadata:s:t:${font}`, 'mimetype=font/ttf']);
      await kit.remux('fonts.base.mkv', 'fonts.mkv', { output: fonts });
    },
  },
];

function noSyncBox(bytes: Buffer): Buffer {
  return renameBoxes(bytes, 'stss', 'free');
}

function noFirstTimes(bytes: Buffer): Buffer {
  return hideFirstTimes(bytes, VIDEO_PID, 6);
}

/** H.264 in the bitstream and nowhere else. */
function marked(matrix: number): Partial<Recipe> {
  return { frames: SHORT, audio: null, output: ['-bsf:v', `h264_metadata=matrix_coefficients=${matrix}`] };
}

function made(name: string, about: string, recipe: Partial<Recipe>, size: { width: number; height: number } = SIZE): ZooSource {
  const complete = { frames: SHORT, ...recipe };
  const change = { size, ...(recipe.rate ? { frameRate: recipe.rate } : {}), ...(recipe.audio === null ? { clicks: null } : {}) };
  return { name, about, expect: ready(complete.frames, change), make: (kit) => kit.encode(name, complete) };
}

function patched(name: string, about: string, recipe: Recipe, expect: Expectation, change: (bytes: Buffer) => Buffer): ZooSource {
  const make = async (kit: ZooKit) => {
    await kit.encode(`base.${name}`, recipe);
    await kit.patch(`base.${name}`, name, change);
  };
  return { name, about, expect, make };
}

function encrypted(name: string, about: string, output: readonly string[]): ZooSource {
  const recipe = { frames: SHORT, output: [...ENCRYPTION, ...output] };
  return { name, about, expect: failed('SourceEncrypted'), make: (kit) => kit.encode(name, recipe) };
}

/** The film as input 0, a picture 9000 pixels wide as input 1. */
function accompanied(name: string, about: string, maps: readonly string[]): ZooSource {
  return {
    name,
    about,
    expect: ready(SHORT),
    make: async (kit) => {
      await kit.encode(`base.${name}`, { frames: SHORT });
      await kit.ffmpeg(['-f', 'lavfi', '-i', 'color=red:size=9000x64', '-frames:v', '1', kit.path(`${name}.jpg`)]);
      await kit.ffmpeg(['-i', kit.path(`base.${name}`), '-i', kit.path(`${name}.jpg`), ...maps, '-c', 'copy', '-bitexact', kit.path(name)]);
    },
  };
}
