import { appendFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RenditionReport } from '../../temporal/contract/media/reports';
import { loudnessFilters } from '../../workflows/planning/encode/sound/loudness';
import { checkSound } from '../../workflows/planning/source/sound/check-sound';
import { parsePacketScan } from '../../workflows/planning/source/packet-scan';
import { levelArgs, levelFiles, soundLevels } from '../../workflows/planning/source/sound/sound-levels';
import { sourceInput } from '../../workflows/planning/source/source-input';

export interface SoundProof {
  /** How loud the track of the source is when, as the probe measured it by the times of its packets; null where it did not. */
  source: Uint8Array | null;
  /** Final segments, and the folder they lie in. */
  rendition: RenditionReport;
  folder: string;
  /** Existing folder for the decoded sound. */
  scratch: string;
  /** Channels of sound whose loudness is measured, too; its `loudnessFiles` are left in `scratch`. */
  measuredChannels: number | null;
  /** Runs ffmpeg with arguments, in the folder `scratch`. */
  ffmpeg: (args: string[]) => Promise<unknown>;
}

/** Proves that the finished segments sound when the source does. Resolves to the problem, or null. */
export async function proveSound(proof: SoundProof): Promise<string | null> {
  const { source, rendition, folder, scratch, measuredChannels, ffmpeg } = proof;
  const path = join(scratch, 'read-back.mp4');
  await rm(path, { force: true });
  for (const name of [rendition.initName, ...rendition.segments.map((segment) => segment.name)]) {
    await appendFile(path, await readFile(join(folder, name)));
  }
  const global = ['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y'];
  const loudness = measuredChannels === null ? [] : loudnessArgs(measuredChannels);
  await ffmpeg([...global, ...sourceInput(path), ...levelArgs({ input: '0:a:0', track: 0, folder: scratch }), ...loudness]);
  const files = levelFiles(scratch, 0);
  const frames = parsePacketScan(await readFile(files.frames, 'utf8'));
  return source && checkSound(source, soundLevels(frames, await readFile(files.samples), 0).levels);
}

function loudnessArgs(channels: number): string[] {
  return ['-map', '0:a:0', '-af', loudnessFilters(channels).join(','), '-c:a', 'pcm_f32le', '-f', 'null', '-'];
}
