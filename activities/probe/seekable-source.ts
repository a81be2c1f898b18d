import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../temporal/contract/failures';
import type { Fraction } from '../../temporal/contract/media/plan';
import type { SourceWarning } from '../../temporal/contract/media/warnings';
import { probeScratchBytes } from '../../workflows/planning/encode/scratch-need';
import {
  descriptionsPath,
  firstTimesArgs,
  mezzanineArgs,
  mezzanineKind,
  soundPacketsPath,
  UNTIMED_STREAMS,
  untimedStart,
  type MezzanineKind,
  type UntimedStart,
} from '../../workflows/planning/source/mezzanine';
import { isContinuous, packetGap, type Gap } from '../../workflows/planning/source/gaps';
import { parsePacketScan } from '../../workflows/planning/source/packet-scan';
import { changesDescription, descriptionsArgs, keyFramesArgs, keyPicturesArgs } from '../../workflows/planning/source/shape/pixel-aspects';
import {
  CLOCK_RESTARTS,
  decodingTimesArgs,
  goesBack,
  oneClock,
  tellsOfJump,
  type ClockSlips,
} from '../../workflows/planning/source/packets/clock-slips';
import { LATER_TRACKS, tellsOfLaterTrack } from '../../workflows/planning/source/packets/later-tracks';
import { changedCodec, streamTypeOf, streamTypesArgs } from '../../workflows/planning/source/packets/stream-types';
import { countCorrupt } from '../../workflows/planning/source/packets/packet-times';
import { changesRate } from '../../workflows/planning/source/sound/rate-changes';
import { soundOfCopy, withSound } from '../../workflows/planning/source/sound/sound-streams';
import { audioStreams } from '../../workflows/planning/source/source-streams';
import { ToolError } from '../media-tools/run-tool';
import { HEADER_LIMITS } from '../media-tools/tool-limits';
import type { Examination } from './examine-source';
import type { DamageListener } from './examine-sound';
import {
  frameTimes,
  keyPictures,
  type KeyPictures,
  type ProbedContainer,
  type ProbedStream,
} from '../../workflows/planning/source/probed-container';
import { readHeader, refuse, type OpenedSource, type Track } from './open-source';

const DECODING_TIMES_NAME = 'decoding-times.csv';
const MEZZANINE_NAME = 'mezzanine.mkv';
const PACKETS_NAME = 'original-packets.txt';
const KEY_FRAMES_NAME = 'key-frames.ts';

/** The file that later steps read. */
export interface SeekableSource extends Track {
  /** Packets of the source that its copy does not call damaged any more. */
  corruptPackets: number;
  /** The longest stretch without packets of each audio track of a continuous source, which its copy fills with silence. */
  soundGaps: (Gap | null)[];
  /** Its key frames, where the pixel aspect may change in the middle; no frames elsewhere. */
  keyPictures: KeyPictures;
  /** About tracks that its copy leaves out. */
  leftOut: SourceWarning[];
}

/**
 * The source itself where chunks can seek in it, else its copy in the scratch folder. Pictures that the copy cannot hold as they are
 * get coded again without loss. Throws `ScratchFull`, `SourceUnreadable`, and ToolError when the source cannot be copied.
 */
export async function seekableSource(examination: Examination, original: OpenedSource, damage: DamageListener): Promise<SeekableSource> {
  const { probe, stream, look, head } = original;
  const kind = mezzanineKind(probe, stream, { isPacked: look.isPacked, isTimed: head.isTimed });
  const takeRoom = (mezzanine: MezzanineKind) =>
    examination.needs?.(probeScratchBytes({ sizeBytes: examination.sizeBytes, probe, mezzanine }));
  await takeRoom(kind);
  if (kind === 'none') return { ...original, corruptPackets: 0, soundGaps: [], keyPictures: { frames: [] }, leftOut: [] };
  try {
    return await copied(examination, original, { kind, damage });
  } catch (error) {
    if (kind === 'coded' || !(error instanceof ToolError)) throw error;
    await refuseChangedCodec(examination, original);
  }
  await takeRoom('coded');
  return copied(examination, original, {
    kind: 'coded',
    damage,
    untimedStart: head.isTimed ? null : await readUntimedStart(examination, original),
  });
}

async function readUntimedStart({ tool, tools }: Examination, { url, probe, stream, head }: OpenedSource): Promise<UntimedStart | null> {
  const { stdout } = await tool({ tool: tools.ffprobe, args: firstTimesArgs(url, stream.index), limits: HEADER_LIMITS });
  const times = frameTimes.parse(JSON.parse(stdout)).frames.map(({ pts_time }) => (pts_time === undefined ? undefined : Number(pts_time)));
  return untimedStart(times, Number(probe.format.start_time ?? 0), head.step);
}

/** Seconds from one picture without a time to the next: streams without a container tell them themselves, and AVI by decoding times. */
function untimedStep(formatName: string, { step, spacing }: OpenedSource['head']): Fraction | null {
  if (formatName === 'avi') return spacing;
  return ['h264', 'hevc', ...UNTIMED_STREAMS].includes(formatName) ? step : null;
}

async function copied(
  examination: Examination,
  original: OpenedSource,
  { kind, damage, untimedStart: start = null }: { kind: MezzanineKind; damage: DamageListener; untimedStart?: UntimedStart | null },
): Promise<SeekableSource> {
  const { tool, tools, scratch } = examination;
  const outPath = join(scratch, MEZZANINE_NAME);
  const packetsPath = join(scratch, PACKETS_NAME);
  const { url, reading, probe, stream, head, shape } = original;
  const step = untimedStep(probe.format.format_name, head);
  let jumps = 0;
  let hasLaterTracks = false;
  let isComplainedOf = false;
  const copyStreams = (of: ProbedContainer, how: { packetsPath?: string; slips?: ClockSlips | null }) => {
    const times = { step, untimedStart: start, ahead: head.ahead };
    const args = mezzanineArgs({ sourceUrl: url, reading, probe: of, stream, outPath, ...how, kind, firstPicture: shape.coded, ...times });
    const listen = damage.of(of);
    const onStderrLine = (line: string) => {
      isComplainedOf = true;
      if (tellsOfJump(line)) jumps += 1;
      hasLaterTracks ||= tellsOfLaterTrack(line);
      listen(line);
    };
    return tool({ tool: tools.ffmpeg, args, onStderrLine });
  };
  await copyStreams(probe, { packetsPath });
  if (isComplainedOf) await refuseChangedCodec(examination, original);
  const slips = jumps > 0 ? await slipsOf(examination, original, jumps) : null;
  if (slips) await copyStreams(probe, { packetsPath, slips });
  const heard = await soundOfPackets(probe, packetsPath);
  const sounds = audioStreams(probe).map((sound, track) => ({ ...sound, changesRate: heard[track]?.changesRate }));
  if (sounds.some(({ changesRate }) => changesRate)) {
    const timed = withSound(probe, sounds);
    await examination.needs?.(probeScratchBytes({ sizeBytes: examination.sizeBytes, probe: timed, mezzanine: kind }));
    await copyStreams(timed, { slips });
  }
  const copy = await readHeader(examination, outPath);
  const picture = copy.probe.streams.find(({ codec_type }) => codec_type === 'video');
  if (!picture) throw new Failure('SourceUnreadable', 'The video track holds no frame.');
  const corruptPackets = countCorrupt(await readFile(packetsPath, 'utf8'));
  const sound = soundOfCopy(copy.probe, audioStreams(probe));
  const isDescribed = kind === 'copied' && descriptionsArgs(probe.format.format_name, stream.codec_name) !== null;
  const changes = isDescribed && changesDescription(await readFile(descriptionsPath(packetsPath), 'utf8'));
  return {
    ...{ url: outPath, probe: withSound(copy.probe, sound), stream: picture, corruptPackets, soundGaps: heard.map(({ gap }) => gap) },
    leftOut: hasLaterTracks ? [LATER_TRACKS] : [],
    keyPictures: changes ? await readKeyPictures(examination, outPath, picture) : { frames: [] },
  };
}

/**
 * Parts of different codecs in one track of a transport stream. They are looked for where something went wrong while the source was read,
 * because it has to be read once more; where streams were joined, the tool misses transport packets (ISO/IEC 13818-1 2.4.3.3).
 */
async function refuseChangedCodec({ tool, tools }: Examination, { url, probe, stream }: OpenedSource): Promise<void> {
  if (probe.format.format_name !== 'mpegts') return;
  const types = new Set<string>();
  const onStderrLine = (line: string) => {
    const type = streamTypeOf(line, stream);
    if (type !== null) types.add(type);
  };
  await tool({ tool: tools.ffmpeg, args: streamTypesArgs(url, stream), onStderrLine });
  refuse(changedCodec(types));
}

/**
 * The times to take back where ffmpeg, which has told of so many `jumps`, does not get the clock right: it takes a damaged time for a clock that
 * starts again, and such a start twice where sound of the part before comes behind the first picture. Null where it does. Containers of files,
 * such as Ogg, have pauses, and no second clock.
 */
async function slipsOf(
  { tool, tools, scratch }: Examination,
  { url, probe, stream }: OpenedSource,
  jumps: number,
): Promise<ClockSlips | null> {
  const path = join(scratch, DECODING_TIMES_NAME);
  await tool({ tool: tools.ffprobe, args: decodingTimesArgs(url, path) });
  const times = await readFile(path, 'utf8');
  await rm(path);
  if (!isContinuous(probe.format.format_name)) {
    refuse(goesBack(times) ? CLOCK_RESTARTS : null);
    return new Map();
  }
  const clock = oneClock(times, [stream.index, ...audioStreams(probe).map(({ index }) => index)]);
  return clock && (clock.joints === 0 || jumps > clock.joints) ? clock.slips : null;
}

async function readKeyPictures({ tool, tools, scratch }: Examination, url: string, { index }: ProbedStream): Promise<KeyPictures> {
  const path = join(scratch, KEY_FRAMES_NAME);
  await tool({ tool: tools.ffmpeg, args: keyFramesArgs(url, index, path) });
  const { stdout } = await tool({ tool: tools.ffprobe, args: keyPicturesArgs(path) });
  await rm(path);
  return keyPictures.parse(JSON.parse(stdout));
}

/** What the packets of each audio track of a continuous source tell; nothing of another source. */
async function soundOfPackets(probe: ProbedContainer, packetsPath: string): Promise<{ gap: Gap | null; changesRate: boolean }[]> {
  if (!isContinuous(probe.format.format_name)) return [];
  const heard = [];
  for (const [track, sound] of audioStreams(probe).entries()) {
    const packets = parsePacketScan(await readFile(soundPacketsPath(packetsPath, track), 'utf8'));
    heard.push({ gap: packetGap(packets), changesRate: changesRate(packets, sound) });
  }
  return heard;
}
