import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fraction } from '../../temporal/contract/media/plan';
import { fractionText } from '../../workflows/planning/timeline/frame-rate';
import { runTool } from '../media-tools/run-tool';
import { BARCODE_CELLS, BARCODE_HEIGHT_DIVISOR, barcodeCells } from './barcode';

export interface BarcodeSource {
  ffmpeg: string;
  folder: string;
  /** File name; its extension chooses the container. */
  name: string;
  frameRate: Fraction;
  frameCount: number;
  /** Seconds by which the audio starts after the picture; negative for before. Null for a silent source. */
  audioDelaySeconds: number | null;
  /** Further filters on the picture, such as one that drops frames; timestamps of kept frames stay. */
  pictureFilter?: string;
  /** Output options after the codec's. */
  outputArgs?: readonly string[];
}

/** Picture size of generated sources: small enough for quick tests, large enough for two rungs. */
const SOURCE_SIZE = { width: 480, height: 270 } as const;

/** A click starts at every whole second of picture time, so that offsets can be measured. */
const CLICK_PERIOD_SECONDS = 1;

/**
 * Makes a clip of moving content that carries its frame number as a barcode: H.264 with open GOPs of 250 frames and
 * B-frames, the hardest source to cut. Resolves to its path.
 */
export async function makeBarcodeSource(source: BarcodeSource): Promise<string> {
  const stripPath = join(source.folder, `${source.name}.strip`);
  await writeFile(stripPath, Buffer.concat(Array.from({ length: source.frameCount }, (_, frame) => barcodeCells(frame))));
  const path = join(source.folder, source.name);
  await runTool({ tool: source.ffmpeg, args: sourceArgs(source, stripPath, path) });
  return path;
}

function sourceArgs(source: BarcodeSource, stripPath: string, path: string): string[] {
  const rate = fractionText(source.frameRate);
  const { width, height } = SOURCE_SIZE;
  const seconds = (source.frameCount * source.frameRate.den) / source.frameRate.num;
  const strip = `[0:v]scale=${width}:${Math.ceil(height / BARCODE_HEIGHT_DIVISOR)}:flags=neighbor,format=yuv420p[strip]`;
  const picture = `[1:v][strip]overlay=0:0:shortest=1${source.pictureFilter ? `,${source.pictureFilter}` : ''}[v]`;
  const gop = ['-g', '250', '-bf', '3', '-x264-params', 'open-gop=1:scenecut=0'];
  return [
    ...['-hide_banner', '-v', 'error', '-y'],
    ...['-f', 'rawvideo', '-pixel_format', 'gray', '-video_size', `${BARCODE_CELLS}x1`, '-framerate', rate, '-i', stripPath],
    ...['-f', 'lavfi', '-i', `testsrc2=size=${width}x${height}:rate=${rate}`],
    ...(source.audioDelaySeconds === null ? [] : audioInput(seconds, source.audioDelaySeconds)),
    ...['-filter_complex', `${strip};${picture}`, '-map', '[v]'],
    ...(source.audioDelaySeconds === null ? [] : ['-map', '2:a', '-c:a', 'aac', '-b:a', '96k']),
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', ...gop, '-fps_mode', 'passthrough'],
    ...(source.outputArgs ?? []),
    path,
  ];
}

/** Clicks in the phase of the picture's clock, whatever the offset at which the track starts. */
function audioInput(seconds: number, delaySeconds: number): string[] {
  const clock = `mod(t+${delaySeconds}+10,${CLICK_PERIOD_SECONDS})`;
  const click = `aevalsrc='if(lt(${clock},0.02),0.8*sin(2*PI*1000*t),0)':s=48000:d=${seconds}`;
  return ['-itsoffset', String(delaySeconds), '-f', 'lavfi', '-i', click];
}
