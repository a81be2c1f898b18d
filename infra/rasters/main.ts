import { text } from 'node:stream/consumers';
import { drawPoster } from './draw-poster';
import { drawRaster } from './draw-raster';
import { rasterSource, type RasterAnswer } from './raster-source';
import { RasterRefused } from './raster-refused';

/** The process that draws one watermark or poster: a source on stdin, the answer on stdout. */
async function main(): Promise<void> {
  const answer = await answerTo(await text(process.stdin));
  process.stdout.write(JSON.stringify(answer));
}

async function answerTo(source: string): Promise<RasterAnswer> {
  try {
    const parsed = rasterSource.parse(JSON.parse(source));
    if (parsed.kind === 'poster') {
      const { jpeg, ...size } = await drawPoster(parsed);
      return { jpeg: Buffer.from(jpeg).toString('base64'), ...size };
    }
    const { png, ...size } = await drawRaster(parsed);
    return { png: Buffer.from(png).toString('base64'), ...size };
  } catch (error) {
    if (error instanceof RasterRefused) return { refusal: error.code, message: error.message };
    throw error;
  }
}

void main();
