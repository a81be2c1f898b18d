import type { LightFacts } from '../../../temporal/contract/media/hdr';
import type { FirstPicture } from '../../../temporal/contract/media/picture-shape';
import type { Fraction, Interlacing } from '../../../temporal/contract/media/plan';
import { reduce } from '../timeline/frame-rate';
import type { ProbedStream } from './probed-container';
import { sourceInput } from './source-input';

/** Two seconds tell interlaced from progressive material; still pictures tell nothing anyway. */
const FRAMES_LOOKED_AT = 50;

/** Fewer moving frames than this prove nothing. */
const FEWEST_TELLING_FRAMES = 8;

/** Share of the telling frames that must look interlaced: fine horizontal detail fools single ones. */
const INTERLACED_SHARE = 0.9;

const MARKED_FIELD_ORDERS = ['tt', 'bb', 'tb', 'bt'];

/** Codecs that mark each picture, so that a stream may turn from one kind to the other at any time. */
const MARKED_CODECS = ['h264', 'mpeg2video', 'vc1'];

/** Codecs of capture cards and old cameras, whose streams do not say how the lines were taken. */
const UNMARKED_CODECS = ['cfhd', 'dnxhd', 'ffv1', 'ffvhuff', 'huffyuv', 'jpeg2000', 'mjpeg', 'mpeg4', 'rawvideo', 'utvideo', 'v210'];

/** The decoder's own description of its first picture, in ffprobe's names. */
export interface LookedAtPicture extends FirstPicture {
  pixelFormat: string;
  colour: { range: string; matrix: string; primaries: string; transfer: string };
  light?: LightFacts;
}

export interface FirstLook {
  frames: number;
  topFirst: number;
  bottomFirst: number;
  progressive: number;
  /** Null when no picture can be decoded. */
  picture: LookedAtPicture | null;
  /** The decoder knows an orientation of the picture. */
  isOriented: boolean;
  /** The first pictures carry captions (CEA-608, CEA-708). */
  hasCaptions: boolean;
  /** Two pictures lie in one packet, so the times of the packets are not those of the pictures. */
  isPacked: boolean;
}

/**
 * ffmpeg arguments that decode the first frames of the picture: what the decoder makes of them, cropped, and how their
 * lines were taken.
 */
export function firstLookArgs(sourceUrl: string, videoStreamIndex: number): string[] {
  const noTags = ['-map_metadata', '-1', '-map_chapters', '-1'];
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'info', '-threads', '2'],
    ...['-noautorotate', ...sourceInput(sourceUrl)],
    ...['-map', `0:${videoStreamIndex}`, '-frames:v', String(FRAMES_LOOKED_AT), '-vf', 'showinfo=checksum=0,idet'],
    ...['-fps_mode', 'passthrough', ...noTags, '-f', 'null', '-'],
  ];
}

/** Whether a line that ffmpeg prints is one that {@link parseFirstLook} reads; the others may be many and long. */
export function belongsToLook(line: string): boolean {
  return /_idet_|_showinfo_|packed B-frames|invalid SAR/.test(line) && !line.includes('User Data=');
}

/** Reads the last verdict of `idet`: the filter reports when it is built, too. All zero when no frame was decoded. */
export function parseFirstLook(stderr: string): FirstLook {
  const counts = (kind: string) => {
    const pattern = new RegExp(
      `${kind} frame detection: TFF:\\s*(\\d+)\\s+BFF:\\s*(\\d+)\\s+Progressive:\\s*(\\d+)\\s+Undetermined:\\s*(\\d+)`,
      'g',
    );
    return ([...stderr.matchAll(pattern)].at(-1)?.slice(1) ?? ['0', '0', '0', '0']).map(Number) as [number, number, number, number];
  };
  const [topFirst, bottomFirst, progressive, undetermined] = counts('Multi');
  return {
    ...{ frames: topFirst + bottomFirst + progressive + undetermined, topFirst, bottomFirst, progressive },
    picture: parsePicture(stderr),
    isOriented: stderr.includes('displaymatrix'),
    hasCaptions: stderr.includes('A53 Part 4 Closed Captions'),
    isPacked: stderr.includes('packed B-frames'),
  };
}

/** Of the first picture that `showinfo` describes. */
function parsePicture(stderr: string): LookedAtPicture | null {
  const shape = / fmt:(\S+) .*\bsar:(\d+)\/(\d+) s:(\d+)x(\d+) /.exec(stderr);
  if (!shape) return null;
  const [pixelFormat = '', num, den, width, height] = shape.slice(1);
  const marks = /color_range:(\S+) color_space:(\S+) color_primaries:(\S+) color_trc:(\S+)/.exec(stderr)?.slice(1) ?? [];
  const [range = 'unknown', matrix = 'unknown', primaries = 'unknown', transfer = 'unknown'] = marks;
  const pixelAspect = positive(num, den) ?? ignoredAspect(stderr) ?? { num: 1, den: 1 };
  return {
    ...{ width: Number(width), height: Number(height), pixelAspect, pixelFormat, colour: { range, matrix, primaries, transfer } },
    ...lightOf(stderr),
  };
}

const NUMBER = String.raw`\s*([\d.]+)`;
const POINT = String.raw`\(${NUMBER},?${NUMBER}\)`;
const MASTERING_DISPLAY = new RegExp(
  `Mastering display metadata: has_primaries:1 has_luminance:1 r${POINT} g${POINT} b${POINT} wp${POINT} min_luminance=${NUMBER}, max_luminance=${NUMBER}`,
);
const CONTENT_LIGHT = /Content light level metadata: MaxCLL=(\d+), MaxFALL=(\d+)/;

/** What the first picture that says so tells of its light. */
function lightOf(stderr: string): Pick<LookedAtPicture, 'light'> {
  const mastering = MASTERING_DISPLAY.exec(stderr)?.slice(1).map(Number);
  const levels = CONTENT_LIGHT.exec(stderr)?.slice(1).map(Number);
  if (!mastering && !levels) return {};
  const point = (index: number) => [0, 1].map((axis) => Math.round((mastering?.[2 * index + axis] ?? 0) * 50_000)) as [number, number];
  const luminance = (index: number) => Math.round((mastering?.[index] ?? 0) * 10_000);
  return {
    light: {
      ...(mastering && {
        masteringDisplay: {
          ...{ red: point(0), green: point(1), blue: point(2), white: point(3) },
          ...{ maxLuminance: luminance(9), minLuminance: luminance(8) },
        },
      }),
      ...(levels && { contentLight: { maxCll: levels[0] ?? 0, maxFall: levels[1] ?? 0 } }),
    },
  };
}

/** A decoder drops a pixel aspect that would leave nothing of the picture, and says so. */
function ignoredAspect(stderr: string): Fraction | null {
  const [, num, den] = /ignoring invalid SAR: (\d+)\/(\d+)/.exec(stderr) ?? [];
  return positive(num, den);
}

function positive(num: string | undefined, den: string | undefined): Fraction | null {
  return Number(num) > 0 && Number(den) > 0 ? reduce({ num: Number(num), den: Number(den) }) : null;
}

/**
 * How the picture is deinterlaced: by its own marks, or by what the first frames show when it has none. `stream` is the one that is
 * decoded; marks of the source survive when it was coded again.
 */
export function judgeInterlacing(
  stream: Pick<ProbedStream, 'codec_name' | 'field_order'>,
  look: Pick<FirstLook, 'topFirst' | 'bottomFirst' | 'progressive'>,
  sourceCodec = stream.codec_name,
): Interlacing {
  const isMarked = [stream.codec_name, sourceCodec].some((codec) => MARKED_CODECS.includes(codec ?? ''));
  if (isMarked || MARKED_FIELD_ORDERS.includes(stream.field_order ?? '')) return 'marked';
  if (!UNMARKED_CODECS.includes(stream.codec_name ?? '')) return 'none';
  const interlaced = look.topFirst + look.bottomFirst;
  const telling = interlaced + look.progressive;
  if (telling < FEWEST_TELLING_FRAMES || interlaced < telling * INTERLACED_SHARE) return 'none';
  return look.topFirst >= look.bottomFirst ? 'top-first' : 'bottom-first';
}
