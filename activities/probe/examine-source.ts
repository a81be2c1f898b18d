import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { knownLanguage } from '../../infra/timed-text/language-tag';
import { Failure } from '../../temporal/contract/failures';
import type { Fraction, FrameTimes, SourceFacts } from '../../temporal/contract/media/plan';
import { judgeInterlacing } from '../../workflows/planning/source/first-look';
import {
  claimsOnlyKeyFrames,
  keyFrameScanArgs,
  packetScanArgs,
  parsePacketScan,
  SCAN_FILES,
  seekTargetArgs,
  shownPackets,
  type ScannedPacket,
} from '../../workflows/planning/source/packet-scan';
import { CLOCK_RESTARTS } from '../../workflows/planning/source/packets/clock-slips';
import { clockRestarts, countCorrupt, frameFarFromKey, lastDurationTicks } from '../../workflows/planning/source/packets/packet-times';
import { laterPixelAspects } from '../../workflows/planning/source/shape/pixel-aspects';
import { gapWarnings, pictureGap } from '../../workflows/planning/source/gaps';
import { damageWarnings, missingFrames, sourceFacts } from '../../workflows/planning/source/source-facts';
import { timelineBeyondLimits, type SourceLimits } from '../../workflows/planning/source/source-limits';
import { heardUntilUs } from '../../workflows/planning/source/sound/choose-sound';
import { soundCutWarnings } from '../../workflows/planning/source/sound/early-sound';
import { withSound } from '../../workflows/planning/source/sound/sound-streams';
import { audioStreams, isTextSubtitle, subtitleStreams } from '../../workflows/planning/source/source-streams';
import { titleFrameCount } from '../../workflows/planning/timeline/title-length';
import { analyseTimeline, countDroppedFrames } from '../../workflows/planning/timeline/timeline';
import type { MediaTools } from '../media-tools/media-tools';
import type { ToolResult, ToolRun } from '../media-tools/run-tool';
import { HEADER_LIMITS } from '../media-tools/tool-limits';
import { DamageListener, decodableSound, titleSound } from './examine-sound';
import { packetFlags } from '../../workflows/planning/source/probed-container';
import { seekableSource } from './seekable-source';
import { countPackets, openSource, refuse, type Track } from './open-source';

export interface Examination {
  tools: Pick<MediaTools, 'ffmpeg' | 'ffprobe'>;
  /** Runs a tool of this task. */
  tool: (run: Pick<ToolRun, 'tool' | 'args' | 'limits' | 'onStderrLine'>) => Promise<ToolResult>;
  /** Folder for tracks copied out of the source. */
  scratch: string;
  sourceUrl: string;
  sizeBytes: number;
  limits: SourceLimits;
  /** Takes room on the scratch disk before something is written; absent without accounting. */
  needs?: (scratchBytes: number) => Promise<void>;
}

/** The facts of a source, and the files with tracks copied out of it. */
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

/**
 * Reads a source once: header, limits, first pictures, every packet's timestamp, and copies of the tracks that later steps need. A source that
 * cannot be sought in is copied in that one pass, and its copy is examined. Throws `SourceUnreadable`, `SourceUnsupported`,
 * `SourceTooLarge`, `SourceEncrypted`, `ScratchFull`, and ToolError when a tool cannot read the source at all.
 */
export async function examineSource(examination: Examination): Promise<Findings> {
  const { sizeBytes, limits, scratch } = examination;
  const original = await openSource(examination);
  const { sounds, warnings } = await decodableSound(examination, original);
  const damage = new DamageListener();
  const source = await seekableSource(examination, { ...original, probe: withSound(original.probe, sounds) }, damage);
  const packetText = await scan(examination, source, damage);
  const packetScan = parsePacketScan(packetText);
  const { timebase, packets } = packetScan;
  const shown = shownPackets(packetScan);
  if (shown.length === 0) throw new Failure('SourceUnreadable', 'The video track holds no frame.');
  refuse(clockRestarts(packetScan) ? CLOCK_RESTARTS : null);
  const isMezzanine = source.url !== original.url;
  if (!isMezzanine) await refuseCutOff(examination, source, packets.length);
  const pts = shown.map((packet) => packet.pts);
  const claimed = shown.filter((packet) => packet.keyFrame).map((packet) => packet.pts);
  const claimsAll = claimsOnlyKeyFrames(packetScan, source.stream);
  const keyFramePts = claimsAll ? await trueKeyFrames(examination, source, pts) : claimed;
  const keyFramesUnmarked = claimsAll || (!isMezzanine && (await seeksAnywhere(examination, source, { shown, timebase })));
  const timeline = analyseTimeline({ ptsTicks: pts, lastDurationTicks: lastDurationTicks(packetScan, shown), timebase });
  const container = original.probe.format.format_name;
  const { audio, leadSlots, levels } = await titleSound(scratch, { probe: source.probe, container, picture: { ...timeline, timebase } });
  const titleFrames = titleFrameCount({ ...timeline, leadSlots }, heardUntilUs(audio));
  refuse(timelineBeyondLimits({ ...timeline, frameCount: titleFrames }, limits));
  const droppedFrameCount = countDroppedFrames(pts, timeline, timebase);
  const facts = sourceFacts({
    ...{ container, sizeBytes, mezzanine: isMezzanine, keyFramesUnmarked },
    ...{ probe: source.probe, stream: source.stream, shape: original.shape, timebase },
    laterPixelAspects: laterPixelAspects(packetScan, source.keyPictures, original.shape.coded.pixelAspect),
    timeline: { ...timeline, keyFrameCount: keyFramePts.length, droppedFrameCount },
    hasCaptions: original.look.hasCaptions,
    interlacing: judgeInterlacing(source.stream, original.look, original.stream.codec_name),
    ...{ titleFrames, leadSlots },
    audio: audio.map((track) => ({ ...track, language: knownLanguage(track.language) })),
    warnings: [
      ...original.warnings,
      ...source.leftOut,
      ...damageWarnings(isMezzanine ? source.corruptPackets : countCorrupt(packetText), original.stream),
      ...warnings,
      ...damage.warnings(sounds),
      ...soundCutWarnings(container, audio),
      ...gapWarnings(container, () => ({ picture: pictureGap(pts, timeline, timebase), sounds: source.soundGaps })),
    ],
  });
  return {
    facts,
    frameTimes: { pts, keyFramePts },
    ffprobeJson: original.ffprobeJson,
    audioPath: audioStreams(source.probe).length > 0 ? join(scratch, SCAN_FILES.audio) : null,
    subtitlesPath: subtitleStreams(source.probe).some(isTextSubtitle) ? join(scratch, SCAN_FILES.subtitles) : null,
    mezzaninePath: isMezzanine ? source.url : null,
    soundLevels: levels,
  };
}

async function scan({ tool, tools, scratch }: Examination, { url, probe, stream }: Track, damage: DamageListener): Promise<string> {
  const args = packetScanArgs({ sourceUrl: url, probe, stream, folder: scratch });
  await tool({ tool: tools.ffmpeg, args, onStderrLine: damage.of(probe) });
  return readFile(join(scratch, SCAN_FILES.packets), 'utf8');
}

/** An edit list hides packets that the container counts, so those are counted without it before a file is called cut off. */
async function refuseCutOff(examination: Examination, { url, probe, stream }: Track, packetCount: number): Promise<void> {
  if (!missingFrames(stream, packetCount)) return;
  const counts = await countPackets(examination, url, probe);
  refuse(missingFrames(stream, Math.max(packetCount, counts.get(stream.index) ?? 0)));
}

/** Among the shown ones, ascending; the first shown frame where the decoder knows none. */
async function trueKeyFrames({ tool, tools }: Examination, { url, stream }: Track, shownPts: readonly number[]): Promise<number[]> {
  const { stdout } = await tool({ tool: tools.ffmpeg, args: keyFrameScanArgs(url, stream.index) });
  const decoded = new Set(parsePacketScan(stdout).packets.map(({ pts }) => pts));
  const keys = shownPts.filter((pts) => decoded.has(pts));
  return keys.length > 0 ? keys : shownPts.slice(0, 1);
}

/** Whether the container lists frames as key frames that are none. Asked only where there is another frame to seek to. */
async function seeksAnywhere(
  { tool, tools }: Examination,
  { url, stream }: Track,
  { shown, timebase }: { shown: readonly ScannedPacket[]; timebase: Fraction },
): Promise<boolean> {
  const frame = frameFarFromKey(shown);
  if (!frame) return false;
  const seconds = (frame.pts * timebase.num) / timebase.den;
  const { stdout } = await tool({ tool: tools.ffprobe, args: seekTargetArgs(url, stream.index, seconds), limits: HEADER_LIMITS });
  const [target] = packetFlags.parse(JSON.parse(stdout)).packets;
  return target !== undefined && !target.flags.includes('K');
}
