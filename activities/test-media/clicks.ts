import { readFile } from 'node:fs/promises';
import { runTool } from '../media-tools/run-tool';
import type { DecodeInput } from './frame-identity';

const SAMPLE_RATE_HZ = 48_000;
const AUDIBLE = 8_000;
/** Clicks are a second apart; what follows within this time is the same one. */
const SAME_CLICK_SECONDS = 0.5;

export interface Clicks {
  /** Presentation times at which clicks begin. */
  onsetSeconds: number[];
  durationSeconds: number;
}

/** Finds the clicks of a generated source in the first audio track, on the track's presentation timeline. */
export async function readClicks({ ffmpeg, path, scratch }: DecodeInput): Promise<Clicks> {
  const rawPath = `${scratch}/clicks.raw`;
  const format = ['-ac', '1', '-ar', String(SAMPLE_RATE_HZ), '-f', 's16le', rawPath];
  await runTool({ tool: ffmpeg, args: ['-v', 'error', '-y', '-i', path, '-map', '0:a:0', ...format] });
  const raw = await readFile(rawPath);
  const onsetSeconds: number[] = [];
  for (let offset = 0; offset + 1 < raw.length; offset += 2) {
    const seconds = offset / 2 / SAMPLE_RATE_HZ;
    if (Math.abs(raw.readInt16LE(offset)) < AUDIBLE) continue;
    if (seconds - (onsetSeconds.at(-1) ?? -1) > SAME_CLICK_SECONDS) onsetSeconds.push(seconds);
  }
  return { onsetSeconds, durationSeconds: raw.length / 2 / SAMPLE_RATE_HZ };
}
