import type { Interlacing } from '../../../temporal/contract/plan';
import type { ProbedStream } from './probed-container';
import { sourceInput } from './source-input';

/** Two seconds tell interlaced from progressive material; still pictures tell nothing anyway. */
const FRAMES_LOOKED_AT = 50;

/** Fewer moving frames than this prove nothing. */
const FEWEST_TELLING_FRAMES = 8;

/** Share of the telling frames that must look interlaced: fine horizontal detail fools single ones. */
const INTERLACED_SHARE = 0.9;

const MARKED_FIELD_ORDERS = ['tt', 'bb', 'tb', 'bt'];

/** Codecs of capture cards and old cameras, whose streams do not say how the lines were taken. */
const UNMARKED_CODECS = ['cfhd', 'dnxhd', 'ffv1', 'ffvhuff', 'huffyuv', 'jpeg2000', 'mjpeg', 'mpeg4', 'rawvideo', 'utvideo', 'v210'];

export interface FirstLook {
  frames: number;
  topFirst: number;
  bottomFirst: number;
  progressive: number;
}

/** ffmpeg arguments that decode the first frames of the picture and judge how its lines were taken. */
export function firstLookArgs(sourceUrl: string, videoStreamIndex: number): string[] {
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'info', '-threads', '2'],
    ...sourceInput(sourceUrl),
    ...[
      '-map',
      `0:${videoStreamIndex}`,
      '-frames:v',
      String(FRAMES_LOOKED_AT),
      '-vf',
      'idet',
      '-fps_mode',
      'passthrough',
      '-f',
      'null',
      '-',
    ],
  ];
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
  return { frames: topFirst + bottomFirst + progressive + undetermined, topFirst, bottomFirst, progressive };
}

/** How the picture is deinterlaced: by its own marks, or by what the first frames show when it has none. */
export function judgeInterlacing(stream: Pick<ProbedStream, 'codec_name' | 'field_order'>, look: FirstLook): Interlacing {
  if (MARKED_FIELD_ORDERS.includes(stream.field_order ?? '')) return 'marked';
  if (!UNMARKED_CODECS.includes(stream.codec_name ?? '')) return 'none';
  const interlaced = look.topFirst + look.bottomFirst;
  const telling = interlaced + look.progressive;
  if (telling < FEWEST_TELLING_FRAMES || interlaced < telling * INTERLACED_SHARE) return 'none';
  return look.topFirst >= look.bottomFirst ? 'top-first' : 'bottom-first';
}
