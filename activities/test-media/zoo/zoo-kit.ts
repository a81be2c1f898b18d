import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fraction } from '../../../temporal/contract/media/plan';
import { fractionText } from '../../../workflows/planning/timeline/frame-rate';
import { runTool } from '../../media-tools/run-tool';
import { BARCODE_CELLS, BARCODE_HEIGHT_DIVISOR, barcodeCells } from '../barcode';
import { PAL, SIZE } from './zoo-source';

/** A clip of moving content whose frames carry their number, with a click at every second. */
export interface Recipe {
  frames: number;
  rate?: Fraction;
  size?: { width: number; height: number };
  /** Filter on the moving content below the barcode. */
  background?: string;
  /** Background frames per picture frame: 2 for material to interlace. */
  backgroundRateFactor?: number;
  /** Filter on the finished picture. */
  filter?: string;
  /** Video codec options. */
  video?: readonly string[];
  /** Audio codec options, or null for a silent source. */
  audio?: readonly string[] | null;
  audioDelaySeconds?: number;
  audioSeconds?: number;
  /** Channels of the clicks, as a channel layout. */
  layout?: 'mono' | 'stereo' | '5.1';
  output?: readonly string[];
}

/** The hardest H.264 to cut: open GOPs of ten seconds with B-frames. */
const OPEN_GOP = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-g', '250', '-bf', '3', '-x264-params', 'open-gop=1:scenecut=0'];
const CHANNELS = { mono: 1, stereo: 2, '5.1': 6 } as const;

/** Makes sources of the zoo in one folder. */
export class ZooKit {
  constructor(
    private readonly ffmpegPath: string,
    readonly folder: string,
  ) {}

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Runs ffmpeg; the last argument is usually an output of {@link path}. */
  async ffmpeg(args: readonly string[]): Promise<void> {
    await runTool({ tool: this.ffmpegPath, args: ['-hide_banner', '-v', 'error', '-y', ...args] });
  }

  async encode(name: string, recipe: Recipe): Promise<void> {
    const strip = this.path(`${name}.strip`);
    await writeFile(strip, Buffer.concat(Array.from({ length: recipe.frames }, (_, frame) => barcodeCells(frame))));
    await this.ffmpeg(encodeArgs(recipe, strip, this.path(name)));
  }

  /** Copies the streams of `from` into `name`, with options before and behind the input. */
  async remux(from: string, name: string, options: { input?: readonly string[]; output?: readonly string[] }): Promise<void> {
    await this.ffmpeg([
      ...(options.input ?? []),
      '-i',
      this.path(from),
      '-c',
      'copy',
      '-bitexact',
      ...(options.output ?? []),
      this.path(name),
    ]);
  }

  /** Writes `name` with what `change` makes of the bytes of `from`. */
  async patch(from: string, name: string, change: (bytes: Buffer) => Buffer): Promise<void> {
    await writeFile(this.path(name), change(await readFile(this.path(from))));
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    await writeFile(this.path(name), content);
  }
}

function encodeArgs(recipe: Recipe, strip: string, path: string): string[] {
  const { width, height } = recipe.size ?? SIZE;
  const rate = recipe.rate ?? PAL;
  const factor = recipe.backgroundRateFactor ?? 1;
  const backgroundRate = fractionText({ num: rate.num * factor, den: rate.den });
  const filters = [
    `[0:v]scale=${width}:${Math.ceil(height / BARCODE_HEIGHT_DIVISOR)}:flags=neighbor,format=yuv420p[strip]`,
    `[1:v]${recipe.background ?? 'null'}[background]`,
    `[background][strip]overlay=0:0:shortest=1:eof_action=endall,${recipe.filter ?? 'null'}[v]`,
  ];
  const audio = recipe.audio === null ? [] : ['-map', '2:a', ...(recipe.audio ?? ['-c:a', 'aac', '-b:a', '96k'])];
  return [
    ...['-f', 'rawvideo', '-pixel_format', 'gray', '-video_size', `${BARCODE_CELLS}x1`, '-framerate', fractionText(rate), '-i', strip],
    ...['-f', 'lavfi', '-i', `testsrc2=size=${width}x${height}:rate=${backgroundRate}`],
    ...(recipe.audio === null ? [] : clicks(recipe)),
    ...['-filter_complex', filters.join(';'), '-map', '[v]', ...audio],
    ...(recipe.video ?? OPEN_GOP),
    ...['-fps_mode', 'passthrough', '-bitexact', ...(recipe.output ?? []), path],
  ];
}

/** Clicks in the phase of the picture's clock, whatever the offset at which the track starts. */
function clicks(recipe: Recipe): string[] {
  const rate = recipe.rate ?? PAL;
  const delay = recipe.audioDelaySeconds ?? 0;
  const seconds = recipe.audioSeconds ?? (recipe.frames * rate.den) / rate.num;
  const click = `if(lt(mod(t+${delay}+10,1),0.02),0.8*sin(2*PI*1000*t),0)`;
  const layout = recipe.layout ?? 'stereo';
  const expressions = Array.from({ length: CHANNELS[layout] }, () => click).join('|');
  return ['-itsoffset', String(delay), '-f', 'lavfi', '-i', `aevalsrc='${expressions}':c=${layout}:s=48000:d=${seconds}`];
}
