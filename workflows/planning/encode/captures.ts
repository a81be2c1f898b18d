import { captureName } from '../../../temporal/contract/object-keys';
import type { ChunkPlan, ThumbnailPlan } from '../../../temporal/contract/media/plan';

/** Good enough to be shrunk again, small enough to keep hundreds of. */
export const JPEG_ARGS: readonly string[] = ['-c:v', 'mjpeg', '-q:v', '4', '-pix_fmt', 'yuvj420p', '-f', 'image2'];

/** The pictures that one chunk takes of its frames for thumbnails and poster. */
export interface CaptureRequest {
  /** Frames counted from the start of the chunk, ascending. */
  frames: readonly number[];
  /** 1-based number of the first one in the title. */
  firstNumber: number;
  width: number;
  height: number;
  /** Existing folder for files named as in `captureName`. */
  folder: string;
}

/** The captures of a chunk, or null when it has none. */
export function capturesOfChunk(
  thumbnails: ThumbnailPlan,
  chunk: Pick<ChunkPlan, 'startFrame' | 'endFrame'>,
  folder: string,
): CaptureRequest | null {
  const inside = (frame: number) => frame >= chunk.startFrame && frame < chunk.endFrame;
  const first = thumbnails.captureFrames.findIndex(inside);
  if (first < 0) return null;
  return {
    frames: thumbnails.captureFrames.filter(inside).map((frame) => frame - chunk.startFrame),
    firstNumber: first + 1,
    width: thumbnails.posterWidth,
    height: thumbnails.posterHeight,
    folder,
  };
}

/** File names that a request leaves in its folder. */
export function captureNames({ frames, firstNumber }: CaptureRequest): string[] {
  return frames.map((_, index) => captureName(firstNumber + index));
}

/** Filters behind the decoder: only the chosen frames are scaled, so that captures cost next to nothing. */
export function captureFilter({ frames, width, height }: CaptureRequest): string {
  const chosen = frames.map((frame) => `eq(n,${frame})`).join('+');
  return `select='${chosen}',scale=${width}:${height},setsar=1`;
}

/** Output options and pattern behind `-map`. */
export function captureOutputArgs({ firstNumber, folder }: CaptureRequest): string[] {
  return ['-fps_mode', 'passthrough', ...JPEG_ARGS, '-start_number', String(firstNumber), `${folder}/capture_%03d.jpg`];
}
