import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../temporal/contract/failures';
import type { FrameTimes, SourceFacts } from '../../temporal/contract/plan';
import { firstLookArgs, judgeInterlacing, parseFirstLook } from '../../workflows/planning/source/first-look';
import {
  ffprobeArgs,
  mezzanineArgs,
  mezzanineKind,
  packetScanArgs,
  parsePacketScan,
  SCAN_FILES,
  shownPackets,
} from '../../workflows/planning/source/packet-scan';
import type { ProbedContainer, ProbedStream, Refusal } from '../../workflows/planning/source/probed-container';
import { probeScratchBytes } from '../../workflows/planning/encode/scratch-need';
import { heardUntilUs } from '../../workflows/planning/sound/choose-sound';
import { audioFacts, missingFrames, sourceFacts } from '../../workflows/planning/source/source-facts';
import { headerBeyondLimits, timelineBeyondLimits, type SourceLimits } from '../../workflows/planning/source/source-limits';
import { audioStreams, chooseVideoStream, isTextSubtitle, subtitleStreams } from '../../workflows/planning/source/source-streams';
import { soundOfCopy, withSound } from '../../workflows/planning/sound/sound-streams';
import { titleFrameCount } from '../../workflows/planning/timeline/title-length';
import { analyseTimeline } from '../../workflows/planning/timeline/timeline';
import type { MediaTools } from '../task/activity-dependencies';
import type { ToolResult, ToolRun } from '../media-tools/run-tool';
import { HEADER_LIMITS } from '../media-tools/tool-limits';
import { DamageListener, decodableSound, measuredSound } from './examine-sound';
import { ffprobeOutput } from './ffprobe-output';

const MEZZANINE_NAME = 'mezzanine.mkv';

export interface Examination {
  tools: Pick<MediaTools, 'ffmpeg' | 'ffprobe'>;
  /** Runs a tool of this task. */
  tool: (run: Pick<ToolRun, 'tool' | 'args' | 'limits' | 'onStderrLine'>) => Promise<ToolResult>;
  /** Folder for what is copied out of the source. */
  scratch: string;
  sourceUrl: string;
  sizeBytes: number;
  limits: SourceLimits;
  /** Takes room on the scratch disk before something is written; absent where nobody counts. */
  needs?: (scratchBytes: number) => Promise<void>;
}

/** What is known of a source, and the files that hold what was copied out of it. */
export interface Findings {
  facts: SourceFacts;
  frameTimes: FrameTimes;
  /** The raw description of the source as it was uploaded. */
  ffprobeJson: string;
  audioPath: string | null;
  subtitlesPath: string | null;
  mezzaninePath: string | null;
  /** How loud each audio track is when; see `soundLevels`. */
  soundLevels: Uint8Array[];
}

/** A file whose header was read. */
interface Opened {
  url: string;
  probe: ProbedContainer;
  stream: ProbedStream;
}

/**
 * Reads a source once: header, limits, every packet's timestamp, and copies of what later steps need. A source that cannot
 * be sought in is copied in that one pass, and its copy is examined. Throws `SourceUnreadable`, `SourceUnsupported`,
 * `SourceTooLarge`, `ScratchFull`, and ToolError when a tool cannot read the source at all.
 */
export async function examineSource(examination: Examination): Promise<Findings> {
  const { sizeBytes, limits, scratch } = examination;
  const { stdout: ffprobeJson } = await probe(examination, examination.sourceUrl);
  const described = opened(examination.sourceUrl, ffprobeJson);
  refuse(headerBeyondLimits(described.probe, sizeBytes, limits));
  const { sounds, warnings } = await decodableSound(examination, described);
  const original = { ...described, probe: withSound(described.probe, sounds) };
  const mezzanine = mezzanineKind(original.probe, original.stream);
  await examination.needs?.(probeScratchBytes({ sizeBytes, probe: original.probe, mezzanine }));
  const damage = new DamageListener();
  const source = mezzanine === 'none' ? original : await mezzanineOf(examination, original, damage);
  // The look takes a moment of one core, and the scan waits for storage most of the time.
  const [scanned, looked] = await Promise.allSettled([scan(examination, source, damage), look(examination, source)]);
  const { timebase, packets } = resultOf(scanned);
  const shown = shownPackets({ timebase, packets });
  if (shown.length === 0) throw new Failure('SourceUnreadable', 'The video track holds no frame.');
  if (source === original) refuse(missingFrames(source.stream, packets.length));
  const pts = shown.map((packet) => packet.pts);
  const keyFramePts = shown.filter((packet) => packet.keyFrame).map((packet) => packet.pts);
  const timeline = {
    ...analyseTimeline({ ptsTicks: pts, lastDurationTicks: shown.at(-1)?.durationTicks ?? 0, timebase }),
    keyFrameCount: keyFramePts.length,
  };
  const about = { container: original.probe.format.format_name, sizeBytes, mezzanine: source !== original };
  const pictureStartUs = Math.round((timeline.firstPts * timebase.num * 1_000_000) / timebase.den);
  const sound = await measuredSound(scratch, source.probe, pictureStartUs);
  const audio = audioFacts(source.probe, sound);
  const titleFrames = titleFrameCount(timeline, heardUntilUs(audio));
  refuse(timelineBeyondLimits({ ...timeline, frameCount: titleFrames }, limits));
  const interlacing = resultOf(looked);
  const facts = sourceFacts({ ...about, probe: source.probe, stream: source.stream, timeline, titleFrames, timebase, interlacing, audio });
  return {
    facts: { ...facts, warnings: [...warnings, ...damage.warnings(sounds)] },
    frameTimes: { pts, keyFramePts },
    ffprobeJson,
    audioPath: audioStreams(source.probe).length > 0 ? join(scratch, SCAN_FILES.audio) : null,
    subtitlesPath: subtitleStreams(source.probe).some(isTextSubtitle) ? join(scratch, SCAN_FILES.subtitles) : null,
    mezzaninePath: source === original ? null : source.url,
    soundLevels: sound.map(({ levels }) => levels),
  };
}

function probe({ tool, tools }: Examination, url: string): Promise<ToolResult> {
  return tool({ tool: tools.ffprobe, args: ffprobeArgs(url), limits: HEADER_LIMITS });
}

/** Throws what makes this source impossible to encode. */
function opened(url: string, ffprobeJson: string): Opened {
  const header = ffprobeOutput.parse(JSON.parse(ffprobeJson));
  const stream = chooseVideoStream(header);
  if ('refused' in stream) throw refusal(stream);
  return { url, probe: header, stream };
}

async function mezzanineOf(examination: Examination, original: Opened, damage: DamageListener): Promise<Opened> {
  const { tool, tools, scratch } = examination;
  const outPath = join(scratch, MEZZANINE_NAME);
  await tool({
    tool: tools.ffmpeg,
    args: mezzanineArgs({ sourceUrl: original.url, probe: original.probe, stream: original.stream, outPath }),
    onStderrLine: damage.of(original.probe),
  });
  const copy = opened(outPath, (await probe(examination, outPath)).stdout);
  return { ...copy, probe: withSound(copy.probe, soundOfCopy(copy.probe, audioStreams(original.probe))) };
}

async function scan({ tool, tools, scratch }: Examination, { url, probe: header, stream }: Opened, damage: DamageListener) {
  const args = packetScanArgs({ sourceUrl: url, probe: header, stream, folder: scratch });
  await tool({ tool: tools.ffmpeg, args, onStderrLine: damage.of(header) });
  return parsePacketScan(await readFile(join(scratch, SCAN_FILES.packets), 'utf8'));
}

/** A source whose first frames cannot be decoded is refused here, before anything is planned. */
async function look({ tool, tools }: Examination, { url, stream }: Opened) {
  const { stderrTail } = await tool({ tool: tools.ffmpeg, args: firstLookArgs(url, stream.index) });
  const seen = parseFirstLook(stderrTail);
  if (seen.frames === 0) throw new Failure('SourceUnreadable', 'No picture of the video can be decoded.');
  return judgeInterlacing(stream, seen);
}

function resultOf<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}

function refuse(verdict: Refusal | null): void {
  if (verdict) throw refusal(verdict);
}

function refusal({ refused, message }: Refusal): Failure {
  return new Failure(refused, message);
}
