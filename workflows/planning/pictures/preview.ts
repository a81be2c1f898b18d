import type { FrameGrid } from '../../../temporal/contract/media/plan';
import type { PictureSize } from '../../../temporal/contract/media/pictures';
import { fitShortSide } from '../encode/ffmpeg-thumbnails';
import type { Moment } from './watch';

const PIECES = 3;
const PIECE_SECONDS = 1;
const PREVIEW_SHORT_SIDE = 480;

/** Between two looks a cut changes more, and motion less, in levels. */
const CUT_LEVELS = 30;
/** Darker pictures show nothing. */
const DARKEST_LIGHT = 24;
/** A piece with a cut, a transition or darkness comes after every one without. */
const FLAW_LEVELS = 1000;

/** Frames of the title with an exclusive end. */
export interface PreviewPiece {
  startFrame: number;
  endFrame: number;
}

/** A second from each third of a title, where most moves in one shot; all of a title that has no more than three seconds. */
export function previewPieces(moments: readonly Moment[], { frameRate: { num, den }, frameCount }: FrameGrid): PreviewPiece[] {
  const pieceFrames = Math.max(1, Math.round((PIECE_SECONDS * num) / den));
  if (frameCount <= PIECES * pieceFrames) return [{ startFrame: 0, endFrame: frameCount }];
  return Array.from({ length: PIECES }, (_, part) => {
    const firstFrame = Math.floor((part * frameCount) / PIECES);
    const lastFrame = Math.floor(((part + 1) * frameCount) / PIECES) - pieceFrames;
    let best = { startFrame: firstFrame, worth: -Infinity };
    for (const [index, { frame: startFrame }] of moments.entries()) {
      if (startFrame < firstFrame || startFrame > lastFrame) continue;
      const worth = worthOf(momentsUntil(moments, index + 1, startFrame + pieceFrames));
      if (worth > best.worth) best = { startFrame, worth };
    }
    return { startFrame: best.startFrame, endFrame: best.startFrame + pieceFrames };
  });
}

/** Whole segments that hold a piece: 0-based, with an exclusive end. */
export function segmentsOf({ startFrame, endFrame }: PreviewPiece, { framesPerSegment }: Pick<FrameGrid, 'framesPerSegment'>) {
  return { firstSegment: Math.floor(startFrame / framesPerSegment), endSegment: Math.ceil(endFrame / framesPerSegment) };
}

/** Of a picture that a rendition has. */
export function previewSize(picture: PictureSize): PictureSize {
  return fitShortSide(picture, PREVIEW_SHORT_SIDE, Infinity);
}

/** ffmpeg arguments that cut pieces out of files, by frames of each file, and join them as one silent H.264 file (ISO/IEC 14496-12, index first). */
export function previewArgs(
  pieces: readonly (PreviewPiece & { path: string })[],
  { width, height }: PictureSize,
  outPath: string,
): string[] {
  const cut = pieces.map(
    ({ startFrame, endFrame }, index) =>
      `[${index}:v]trim=start_frame=${startFrame}:end_frame=${endFrame},setpts=PTS-STARTPTS,scale=${width}:${height},setsar=1[p${index}]`,
  );
  const joined = `${pieces.map((_, index) => `[p${index}]`).join('')}concat=n=${pieces.length}:v=1:a=0[preview]`;
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y'],
    ...pieces.flatMap(({ path }) => ['-i', path]),
    ...['-filter_complex', [...cut, joined].join(';'), '-map', '[preview]', '-an', '-map_metadata', '-1'],
    ...[
      '-c:v',
      'libx264',
      '-preset',
      'veryfast',
      '-crf',
      '27',
      '-threads',
      '1',
      '-pix_fmt',
      'yuv420p',
      '-movflags',
      '+faststart',
      '-f',
      'mp4',
      outPath,
    ],
  ];
}

/** Looks from one on, as far as they come before a frame. */
function momentsUntil(moments: readonly Moment[], first: number, endFrame: number): readonly Moment[] {
  let end = first;
  while ((moments[end]?.frame ?? endFrame) < endFrame) end += 1;
  return moments.slice(first, end);
}

/** Mean motion of a piece, far less for one that does not show one shot. */
function worthOf(inside: readonly Moment[]): number {
  const motion = inside.reduce((sum, one) => sum + Math.min(one.motion, CUT_LEVELS), 0) / Math.max(1, inside.length);
  const isFlawed = inside.some((one) => one.isTransition || one.motion >= CUT_LEVELS || one.light < DARKEST_LIGHT);
  return motion - (isFlawed ? FLAW_LEVELS : 0);
}
