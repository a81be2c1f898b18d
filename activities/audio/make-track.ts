import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../temporal/contract/failures';
import type { AudioPlan, Plan } from '../../temporal/contract/media/plan';
import { recipeOf } from '../../temporal/contract/media/recipe';
import { audioRef } from '../../temporal/contract/media/renditions';
import type { RenditionReport } from '../../temporal/contract/media/reports';
import { packagerAudioArgs } from '../../workflows/planning/encode/packager-args';
import { audioArgs, measureArgs, type AudioOutput } from '../../workflows/planning/encode/sound/audio-args';
import {
  correctedGain,
  gainFor,
  loudnessFiles,
  parseLoudness,
  type Loudness,
  type SoundGain,
} from '../../workflows/planning/encode/sound/loudness';
import { SOUND_CODECS } from '../../workflows/planning/families/sound-codecs';
import type { MediaTools } from '../media-tools/media-tools';
import type { ToolResult, ToolRun } from '../media-tools/run-tool';
import { collectRendition } from '../renditions/collect-rendition';
import { proveSound } from './prove-sound';

export interface TrackWork {
  tools: Pick<MediaTools, 'ffmpeg' | 'packager'>;
  /** Runs a tool in the folder `scratch`. */
  tool: (run: Pick<ToolRun, 'tool' | 'args'>) => Promise<ToolResult>;
  scratch: string;
  plan: Plan;
  /** The audio that the probe extracted. */
  inputPath: string;
  /** All renditions of one track. */
  track: readonly AudioPlan[];
  /** How loud the track is when, as the probe measured it; null in facts that were recorded before it was. */
  levels: Uint8Array | null;
}

export interface MadeSound {
  report: RenditionReport;
  /** Where its init segment and segments lie. */
  folder: string;
  /** How loud it came out; null where no loudness is planned. */
  loudness: Loudness | null;
}

/**
 * Encodes the renditions of a track, cuts them into segments and proves them. Throws `OutputInvalid` for sound that is not in step with its
 * source, and ToolError.
 */
export async function makeTrack(work: TrackWork): Promise<MadeSound[]> {
  const loudness = await measure(work);
  const outputs = work.track.map((audio): AudioOutput => ({
    audio,
    path: join(work.scratch, `${audio.name}.mp4`),
    gain: gainOf(audio, loudness),
  }));
  await encode(work, outputs);
  const made: MadeSound[] = [];
  for (const output of outputs) made.push(await finish(work, output));
  return made;
}

/** By the number of channels; empty when no rendition asks for a loudness. */
async function measure(work: TrackWork): Promise<Map<number, Loudness>> {
  const { tools, tool, scratch, plan, inputPath } = work;
  const renditions = work.track.filter(({ loudnessLufs }) => loudnessLufs !== undefined);
  if (renditions.length === 0) return new Map();
  await tool({ tool: tools.ffmpeg, args: measureArgs({ inputPath, plan, renditions }) });
  const channels = [...new Set(renditions.map((one) => one.channels))];
  return new Map(await Promise.all(channels.map(async (count) => [count, await readLoudness(scratch, count)] as const)));
}

/** Reads what the filters of a mix have left in `folder`. */
async function readLoudness(folder: string, channels: number): Promise<Loudness> {
  const files = loudnessFiles(channels);
  const [integrated, truePeak] = await Promise.all([files.integrated, files.truePeak].map((name) => readFile(join(folder, name), 'utf8')));
  return parseLoudness({ integrated: integrated ?? '', truePeak: truePeak ?? '' });
}

function gainOf({ loudnessLufs, channels }: AudioPlan, loudness: ReadonlyMap<number, Loudness>): SoundGain | undefined {
  const measured = loudness.get(channels);
  return loudnessLufs === undefined || !measured ? undefined : (gainFor(measured, loudnessLufs) ?? undefined);
}

async function encode({ tools, tool, plan, inputPath }: TrackWork, outputs: readonly AudioOutput[]): Promise<void> {
  await tool({ tool: tools.ffmpeg, args: audioArgs({ inputPath, plan, outputs }) });
}

/** Cuts and proves an encoded rendition, and encodes it again while it is louder or quieter than planned. */
async function finish(work: TrackWork, output: AudioOutput): Promise<MadeSound> {
  let { gain } = output;
  for (let corrections = 0; ; corrections++) {
    const made = await cutAndProve(work, output);
    const { loudnessLufs } = output.audio;
    if (!gain || !made.loudness || loudnessLufs === undefined) return made;
    const better = correctedGain(gain, { heard: made.loudness, targetLufs: loudnessLufs, corrections });
    if (!better) return made;
    gain = better;
    await encode(work, [{ ...output, gain }]);
  }
}

async function cutAndProve(work: TrackWork, { audio, path }: AudioOutput): Promise<MadeSound> {
  const { tools, tool, scratch, plan } = work;
  const folder = join(scratch, audio.name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  await tool({ tool: tools.packager, args: packagerAudioArgs({ input: { path, folder }, grid: plan.grid }) });
  const codec = SOUND_CODECS[audio.family];
  const { channels } = audio;
  const report = await collectRendition(folder, { ref: audioRef(audio), codec, channels, offsetTicks: 0, recipe: recipeOf(plan) });
  const loudness = await proveOrThrow(work, { audio, report, folder });
  return { report, folder, loudness };
}

async function proveOrThrow(
  work: TrackWork,
  made: { audio: AudioPlan; report: RenditionReport; folder: string },
): Promise<Loudness | null> {
  const { tools, tool, scratch, levels } = work;
  const isMeasured = made.audio.loudnessLufs !== undefined;
  if (!levels && !isMeasured) return null;
  const ffmpeg = (args: string[]) => tool({ tool: tools.ffmpeg, args });
  const { channels } = made.audio;
  const sound = { source: levels, rendition: made.report, folder: made.folder, scratch, ffmpeg };
  const problem = await proveSound({ ...sound, measuredChannels: isMeasured ? channels : null });
  if (problem) throw new Failure('OutputInvalid', `The finished audio did not pass its check: ${problem}.`);
  return isMeasured ? readLoudness(scratch, channels) : null;
}
