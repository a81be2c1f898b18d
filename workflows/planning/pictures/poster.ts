import type { PictureSize } from '../../../temporal/contract/media/pictures';
import { posterName } from '../../../temporal/contract/picture-keys';
import { fitShortSide, POSTER_SHORT_SIDE } from '../encode/ffmpeg-thumbnails';

/** The largest size, and what it is divided by for the others: 1280, 640 and 320 pixels wide for most titles. */
const DIVISORS = [1, 2, 4];

/** Smaller ones are not worth a file. */
const SHORTEST_SIDE = 48;

/** SVT-AV1 at a rate that half of a JPEG's bytes come to; one thread, as a worker has other slots. */
const AVIF_ARGS = ['-c:v', 'libsvtav1', '-crf', '35', '-svtav1-params', 'avif=1:lp=1', '-pix_fmt', 'yuv420p'];
const JPEG_ARGS = ['-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p'];

/** Sizes that a picture is made a poster in, largest first; none is larger than the picture, and none higher than `mostHeight` pixels. */
export function posterSizes(picture: PictureSize, mostHeight = Infinity): PictureSize[] {
  const largest = fitShortSide(picture, POSTER_SHORT_SIDE, mostHeight);
  const { width, height } = largest;
  const others = DIVISORS.slice(1).map((divisor) => fitShortSide(largest, Math.min(width, height) / divisor, mostHeight));
  return [largest, ...others.filter((size) => Math.min(size.width, size.height) >= SHORTEST_SIDE)];
}

/** ffmpeg arguments that make the files of {@link posterFiles} in `folder` of the picture at `path`. */
export function posterArgs(path: string, sizes: readonly PictureSize[], folder: string): string[] {
  const pads = sizes.flatMap((_, index) => [`[j${index}]`, `[a${index}]`]);
  const scaled = sizes.map(
    ({ width, height }, index) => `[s${index}]scale=${width}:${height}:flags=lanczos,setsar=1,split=2[j${index}][a${index}]`,
  );
  const graph = [`[0:v]split=${sizes.length}${sizes.map((_, index) => `[s${index}]`).join('')}`, ...scaled];
  const outputs = posterFiles(sizes).flatMap(({ name, format }, index) => [
    ...[
      '-map',
      pads[index] ?? '',
      '-frames:v',
      '1',
      ...(format === 'jpg' ? [...JPEG_ARGS, '-f', 'image2', '-update', '1'] : [...AVIF_ARGS, '-f', 'avif']),
    ],
    `${folder}/${name}`,
  ]);
  return ['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y', '-i', path, '-filter_complex', graph.join(';'), ...outputs];
}

export interface PosterFile {
  name: string;
  /** Null for the largest size. */
  width: number | null;
  format: 'jpg' | 'avif';
}

/** Files of a poster, each size in both formats. */
export function posterFiles(sizes: readonly PictureSize[]): PosterFile[] {
  return sizes.flatMap((size, index) => {
    const width = index === 0 ? null : size.width;
    return (['jpg', 'avif'] as const).map((format) => ({ name: posterName(width, format), width, format }));
  });
}

/** ffmpeg arguments that leave the 0-based `frame` of the video at `path` as a PNG. */
export function frameArgs(path: string, frame: number, outPath: string): string[] {
  const filter = `select=eq(n\\,${frame})`;
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y', '-i', path],
    ...['-vf', filter, '-frames:v', '1', '-fps_mode', 'passthrough', '-f', 'image2', '-update', '1', outPath],
  ];
}
