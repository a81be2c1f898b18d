import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { GIB, MIB } from '../../temporal/contract/units';
import { limitedCommand, type ToolLimits } from '../machine/limited-command';
import type { DrawnPoster } from './draw-poster';
import type { Raster } from './draw-raster';
import { RasterRefused, type RasterRefusal } from './raster-refused';
import { rasterAnswer, type MarkSource, type PosterSource, type RasterAnswer } from './raster-source';

/** A logo takes a quarter of a second; what takes six seconds is made to. */
const LIMITS: ToolLimits = { wallMs: 6_000, cpuSeconds: 6, memoryBytes: GIB, fileBytes: MIB };
const HEAP_MIB = 128;

/** Draws a watermark. Throws {@link RasterRefused}. */
export async function rasterise(source: MarkSource): Promise<Raster> {
  const answer = await drawnApart(source, 'WatermarkTooComplex');
  if (!('png' in answer)) throw new TypeError('the process that draws answered with no PNG');
  return { png: Buffer.from(answer.png, 'base64'), width: answer.width, height: answer.height };
}

/** Draws an uploaded poster. Throws {@link RasterRefused}. */
export async function rasterisePoster(source: PosterSource): Promise<DrawnPoster> {
  const answer = await drawnApart(source, 'PosterTooComplex');
  if (!('jpeg' in answer)) throw new TypeError('the process that draws answered with no JPEG');
  return { jpeg: Buffer.from(answer.jpeg, 'base64'), width: answer.width, height: answer.height };
}

/** In a process of its own, with limits on its time and memory and without the environment, which has credentials. */
async function drawnApart(source: MarkSource | PosterSource, tooComplex: RasterRefusal): Promise<RasterAnswer> {
  const { file, args } = limitedCommand(process.execPath, [`--max-old-space-size=${HEAP_MIB}`, program()], LIMITS);
  const env = { UV_THREADPOOL_SIZE: '1', MALLOC_ARENA_MAX: '2' };
  const child = spawn(file, args, { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMITS.wallMs);
  try {
    const ended = new Promise<boolean>((resolve, reject) => child.once('error', reject).once('close', (code) => resolve(code === 0)));
    // A process that ends before it has read everything closes the pipe.
    child.stdin.on('error', () => undefined).end(JSON.stringify(source));
    const [output, isWhole] = await Promise.all([buffer(child.stdout), ended]);
    if (!isWhole) throw new RasterRefused(tooComplex, 'The picture takes too long or too much memory to draw; simplify it, or send a PNG.');
    const answer = rasterAnswer.parse(JSON.parse(output.toString('utf8')));
    if ('refusal' in answer) throw new RasterRefused(answer.refusal as RasterRefusal, answer.message);
    return answer;
  } finally {
    clearTimeout(timer);
  }
}

/** The compiled program, found upwards from this file so that sources and compiled code agree. */
function program(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'dist', 'infra', 'rasters', 'main.js');
    if (existsSync(candidate)) return candidate;
  }
  throw new Error('The program that draws pictures is missing: there is no dist/infra/rasters above this file.');
}
