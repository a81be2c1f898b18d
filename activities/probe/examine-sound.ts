import { readFile } from 'node:fs/promises';
import type { AudioFacts } from '../../temporal/contract/media/plan';
import type { SourceWarning } from '../../temporal/contract/media/warnings';
import { parsePacketScan } from '../../workflows/planning/source/packet-scan';
import type { ProbedContainer, ProbedStream } from '../../workflows/planning/source/probed-container';
import { damagedSound } from '../../workflows/planning/source/sound/sound-damage';
import { levelFiles, soundLevels, type SoundLevels } from '../../workflows/planning/source/sound/sound-levels';
import { asDecoded, soundOfProgramme } from '../../workflows/planning/source/sound/sound-streams';
import {
  foldFilter,
  parseTrialDecode,
  TO_STEREO,
  trialDecodeArgs,
  type TrialInput,
} from '../../workflows/planning/source/sound/trial-decode';
import { leadSlotsOf } from '../../workflows/planning/source/sound/early-sound';
import { audioFacts } from '../../workflows/planning/source/source-facts';
import { audioStreams, startsTooLate } from '../../workflows/planning/source/source-streams';
import { titleStartUs, type TitleClock } from '../../workflows/planning/timeline/timeline';
import { ToolError, type ToolResult } from '../media-tools/run-tool';
import type { Examination } from './examine-source';
import type { OpenedSource } from './open-source';

/** The audio streams of the picture's programme that can be decoded, and a warning for each of which a decoder makes nothing. */
export async function decodableSound(
  examination: Examination,
  { url, reading, probe, stream }: Pick<OpenedSource, 'url' | 'reading' | 'probe' | 'stream'>,
): Promise<{ sounds: ProbedStream[]; warnings: SourceWarning[] }> {
  const sounds: ProbedStream[] = [];
  const warnings: SourceWarning[] = [];
  for (const [track, sound] of soundOfProgramme(probe, stream).entries()) {
    const input = { sourceUrl: url, reading, streamIndex: sound.index };
    const output = await trial(examination, input);
    const decoded = output === null ? null : parseTrialDecode(output.stdout);
    if (decoded === null) {
      // A track without a packet is no loss: its decoder has nothing to complain of.
      const unknown = startsTooLate(probe, sound) ? 'no sound is found in it' : 'its codec is not known';
      const reason = output === null ? unknown : output.stderrTail === '' ? null : 'none of it can be decoded';
      const message = `Audio track ${track + 1} was left out: ${reason}.`;
      if (reason) warnings.push({ code: 'TrackLeftOut', message, track: sound.index });
      continue;
    }
    if (startsTooLate(probe, sound)) {
      warnings.push({
        code: 'TrackLeftOut',
        message: `Audio track ${track + 1} was left out: it starts too late in the file.`,
        track: sound.index,
      });
      continue;
    }
    const foldable = ['mono', 'stereo'].includes(decoded.layout) || (await trial(examination, input, TO_STEREO)) !== null;
    sounds.push(asDecoded(sound, decoded, foldable ? null : foldFilter(decoded.layout)));
  }
  return { sounds, warnings };
}

/** A trial decode; null when ffmpeg failed. */
async function trial({ tool, tools }: Examination, input: TrialInput, filter?: string): Promise<ToolResult | null> {
  try {
    return await tool({ tool: tools.ffmpeg, args: trialDecodeArgs(input, filter) });
  } catch (error) {
    if (error instanceof ToolError && error.exitCode !== null) return null;
    throw error;
  }
}

/** How loud the audio streams are when, as the scan left it in `folder`; `originUs` is the start of the picture or of the title. */
async function measuredSound(folder: string, probe: ProbedContainer, originUs: number): Promise<SoundLevels[]> {
  const measured: SoundLevels[] = [];
  for (const track of audioStreams(probe).keys()) {
    const files = levelFiles(folder, track);
    const frames = parsePacketScan(await readFile(files.frames, 'utf8'));
    measured.push(soundLevels(frames, await readFile(files.samples), originUs));
  }
  return measured;
}

/** The sound of a title, the slots that hold the first picture for it, and how loud it is when, from the start of the title on. */
export async function titleSound(
  folder: string,
  { probe, container, picture }: { probe: ProbedContainer; container: string; picture: TitleClock },
): Promise<{ audio: AudioFacts[]; leadSlots: number; levels: Uint8Array[] }> {
  const fromPicture = await measuredSound(folder, probe, titleStartUs(picture));
  const audio = audioFacts(probe, fromPicture);
  const leadSlots = leadSlotsOf(container, picture.frameRate, {
    audio,
    heardBefore: fromPicture.map(({ isHeardBefore }) => isHeardBefore),
  });
  const fromTitle = leadSlots === 0 ? fromPicture : await measuredSound(folder, probe, titleStartUs({ ...picture, leadSlots }));
  return { audio, leadSlots, levels: fromTitle.map(({ levels }) => levels) };
}

/** Reads ffmpeg's messages while it decodes, and tells afterwards which tracks are damaged. */
export class DamageListener {
  private readonly damagedTracks = new Set<number>();

  /** A reader of lines for a run that decodes the audio streams of a file. */
  of(probe: ProbedContainer): (line: string) => void {
    return (line) => {
      const track = damagedSound(line, audioStreams(probe));
      if (track !== null) this.damagedTracks.add(track);
    };
  }

  warnings(sounds: readonly ProbedStream[]): SourceWarning[] {
    return [...this.damagedTracks]
      .sort((a, b) => a - b)
      .map((track) => {
        const message = `Audio track ${track + 1} is damaged: parts of it cannot be decoded and are silent.`;
        return { code: 'AudioDamaged', message, ...(sounds[track] ? { track: sounds[track].index } : {}) };
      });
  }
}
