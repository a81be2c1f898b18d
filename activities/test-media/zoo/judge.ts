import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool } from '../../media-tools/run-tool';
import { BARCODE_HEIGHT_DIVISOR } from '../barcode';
import { readClicks } from '../clicks';
import { readBarcodes, readPts } from '../frame-identity';
import type { ToolPaths } from '../tool-paths';
import type { ReadyExpectation } from './zoo-source';

/** Half of what viewers forgive; lossy codecs of telephones smear a click by about a third of it. */
const MOST_OFFSET_SECONDS = 0.02;

/** The dark and light cells of a barcode (16 and 235 of full range) in limited range, and how far lossy codecs push them. */
const DARK = 30;
const LIGHT = 218;
const LEVEL_TOLERANCE = 6;

/** What came out of a source: the largest and the smallest rendition, and the audio. */
export interface Outcome {
  largest: string;
  smallest: string;
  audio: string | null;
}

/** All problems of the output; empty when it is exact, upright, ordinary and in sync. */
export async function judgeOutcome(tools: ToolPaths, outcome: Outcome, wanted: ReadyExpectation, scratch: string): Promise<string[]> {
  const smallest = { ffmpeg: tools.ffmpeg, path: outcome.smallest, scratch };
  const frames = await readBarcodes(smallest);
  const isBeginning = wanted.cutOff && frames.length > wanted.frames.length / 2;
  const expected = isBeginning ? { ...wanted, frames: wanted.frames.slice(0, frames.length) } : wanted;
  return [
    ...framesWrong(frames, expected),
    ...gridWrong(await readPts(smallest), expected),
    ...(await pictureWrong(tools, outcome.largest, expected)),
    ...(await levelsWrong(tools, outcome.largest, { expected, scratch })),
    ...(await audioWrong(tools, outcome.audio, { expected, scratch })),
  ];
}

function framesWrong(frames: readonly (number | null)[], expected: ReadyExpectation): string[] {
  const wrong = frames.flatMap((frame, index) => (frame === expected.frames[index] ? [] : [`frame ${index} shows ${frame}`]));
  const count = frames.length === expected.frames.length ? [] : [`${frames.length} frames instead of ${expected.frames.length}`];
  return wrong.length <= expected.damagedFrames ? count : [...count, ...wrong.slice(0, 3), `${wrong.length} wrong frames`];
}

function gridWrong({ timebase, pts }: Awaited<ReturnType<typeof readPts>>, { frameRate }: ReadyExpectation): string[] {
  const offGrid = pts.findIndex((value, index) => value !== index * frameRate.den);
  return [
    ...(timebase.num === 1 && timebase.den === frameRate.num ? [] : [`timebase ${timebase.num}/${timebase.den}`]),
    ...(offGrid < 0 ? [] : [`frame ${offGrid} is at tick ${pts[offGrid]}`]),
  ];
}

/** Size, pixel shape, format and colours as every player takes them. */
async function pictureWrong({ ffprobe }: ToolPaths, path: string, expected: ReadyExpectation): Promise<string[]> {
  const args = ['-v', 'error', '-select_streams', 'v', '-show_streams', '-show_frames', '-read_intervals', '%+#10', '-of', 'json', path];
  const { streams, frames } = JSON.parse((await runTool({ tool: ffprobe, args })).stdout) as Described;
  const found = streams[0] ?? {};
  const wanted: Record<string, unknown> = {
    ...expected.size,
    pix_fmt: 'yuv420p',
    color_range: 'tv',
    sample_aspect_ratio: '1:1',
    field_order: 'progressive',
  };
  const wrong = Object.entries(wanted).flatMap(([key, value]) => (found[key] === value ? [] : [`${key} is ${String(found[key])}`]));
  const unmarked = ['color_space', 'color_transfer', 'color_primaries'].filter(
    (key) => found[key] === undefined || found[key] === 'bt2020nc',
  );
  const turned = found['side_data_list'] ? ['the picture has a display matrix'] : [];
  const interlaced = frames.some((frame) => frame['interlaced_frame'] === 1) ? ['frames are interlaced'] : [];
  return [...wrong, ...unmarked.map((key) => `${key} is not an ordinary one`), ...turned, ...interlaced];
}

interface Described {
  streams: Record<string, unknown>[];
  frames: Record<string, unknown>[];
}

/** The barcode is black and white: its levels tell whether range and transfer were read right. */
async function levelsWrong(
  { ffmpeg }: ToolPaths,
  path: string,
  judged: { expected: ReadyExpectation; scratch: string },
): Promise<string[]> {
  const raw = join(judged.scratch, 'levels.raw');
  const crop = `crop=iw:ih/${BARCODE_HEIGHT_DIVISOR}-6:0:2,extractplanes=y`;
  await runTool({ tool: ffmpeg, args: ['-v', 'error', '-y', '-i', path, '-frames:v', '1', '-vf', crop, '-f', 'rawvideo', raw] });
  const luma = [...(await readFile(raw))].sort((a, b) => a - b);
  const dark = luma[Math.floor(luma.length * 0.1)] ?? 0;
  const light = luma[Math.floor(luma.length * 0.97)] ?? 0;
  const fits = (value: number, wanted: number) => Math.abs(value - wanted) <= LEVEL_TOLERANCE;
  const right = fits(dark, DARK) && (judged.expected.levels === 'video' ? fits(light, LIGHT) : light > 170);
  return right ? [] : [`the barcode is ${dark} to ${light}`];
}

async function audioWrong(
  { ffmpeg }: ToolPaths,
  path: string | null,
  judged: { expected: ReadyExpectation; scratch: string },
): Promise<string[]> {
  const { clicks, frames, frameRate } = judged.expected;
  if (clicks === null || path === null) return (clicks === null) === (path === null) ? [] : [path ? 'there is audio' : 'there is no audio'];
  const { onsetSeconds, durationSeconds } = await readClicks({ ffmpeg, path, scratch: judged.scratch });
  const seconds = (frames.length * frameRate.den) / frameRate.num;
  const heard = clicks.map((click) => onsetSeconds.find((onset) => Math.abs(onset - click) < MOST_OFFSET_SECONDS));
  return [
    ...(heard.includes(undefined) || onsetSeconds.length !== clicks.length
      ? [`clicks at ${onsetSeconds.map((onset) => onset.toFixed(3)).join(' ')}`]
      : []),
    ...(Math.abs(durationSeconds - seconds) < 0.03 ? [] : [`audio lasts ${durationSeconds.toFixed(3)} s`]),
  ];
}
