import type { Turn } from '../../../../temporal/contract/media/picture-shape';
import type { FirstFrameSideData } from '../probed-container';
import { sourceInput } from '../source-input';

/** As near to a quarter turn as ffmpeg asks for before it cuts corners off. */
const EXACT_WITHIN_DEGREES = 1;

/** A turn, and how far the file asks for another one. */
export interface DeclaredTurn {
  turn: Turn;
  /** Degrees clockwise that the file declares, when these are no quarter turns; else null. */
  inexactDegrees: number | null;
}

/** ffprobe arguments for the side data of the first frame: a decoder finds orientations in the stream that no header has. */
export function firstFrameArgs(sourceUrl: string, videoStreamIndex: number): string[] {
  const first = ['-select_streams', String(videoStreamIndex), '-read_intervals', '%+#1'];
  return ['-v', 'error', ...first, '-show_entries', 'frame_side_data=displaymatrix', '-of', 'json', ...sourceInput(sourceUrl)];
}

/** The nearest quarter turn to a display matrix (ISO/IEC 14496-12 8.5.2.3); null for a picture that is shown as it is coded. */
export function declaredTurn({ frames }: FirstFrameSideData): DeclaredTurn | null {
  const text = frames[0]?.side_data_list.find(({ displaymatrix }) => displaymatrix !== undefined)?.displaymatrix;
  const rows = [...(text ?? '').matchAll(/^[0-9a-f]{8}:\s*(-?\d+)\s+(-?\d+)/gm)].map((match) => [Number(match[1]), Number(match[2])]);
  const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = rows;
  const isMirrored = a * d - b * c < 0;
  const degrees = (Math.atan2(b, a) * 180) / Math.PI;
  const quarters = (((Math.round(degrees / 90) % 4) + 4) % 4) as Turn['quarters'];
  const isExact = Math.abs(degrees - Math.round(degrees / 90) * 90) < EXACT_WITHIN_DEGREES;
  if (isExact && quarters === 0 && !isMirrored) return null;
  return { turn: { quarters, isMirrored }, inexactDegrees: isExact ? null : Math.round(degrees) };
}

/** Filters that turn a picture: mirrored upside down first, then turned clockwise. Its frames lose their matrix, which players would obey again. */
export function turnFilters({ quarters, isMirrored }: Turn): string[] {
  return ['sidedata=mode=delete:type=DISPLAYMATRIX', ...(isMirrored ? MIRRORED_TURNS : TURNS)[quarters]];
}

const TURNS: Readonly<Record<Turn['quarters'], string[]>> = {
  0: [],
  1: ['transpose=clock'],
  2: ['hflip', 'vflip'],
  3: ['transpose=cclock'],
};
const MIRRORED_TURNS: Readonly<Record<Turn['quarters'], string[]>> = {
  0: ['vflip'],
  1: ['transpose=cclock_flip'],
  2: ['hflip'],
  3: ['transpose=clock_flip'],
};
