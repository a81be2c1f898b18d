import type { SourceWarning } from '../../temporal/contract/media/warnings';
import { Failure } from '../../temporal/contract/failures';
import { belongsToLook, firstLookArgs, parseFirstLook, type FirstLook } from '../../workflows/planning/source/first-look';
import { packetHeadArgs, parsePacketHead, type PacketHead } from '../../workflows/planning/source/packets/packet-head';
import { ffprobeArgs, packetCountArgs } from '../../workflows/planning/source/packet-scan';
import type { ProbedContainer, ProbedStream, Refusal } from '../../workflows/planning/source/probed-container';
import { sourceShape, type SourceShape } from '../../workflows/planning/source/shape/source-shape';
import { declaredTurn, firstFrameArgs } from '../../workflows/planning/source/shape/turn';
import type { HeadReading } from '../../workflows/planning/source/source-input';
import { startsTooLate } from '../../workflows/planning/source/source-streams';
import { headerBeyondLimits, pictureBeyondLimits } from '../../workflows/planning/source/source-limits';
import {
  ENCRYPTED,
  isTrackEncrypted,
  mentionsEncryption,
  needsPacketCounts,
  otherFilms,
  unshowable,
  videoCandidates,
  type PacketCounts,
} from '../../workflows/planning/source/video-streams';
import { ToolError } from '../media-tools/run-tool';
import { HEADER_LIMITS } from '../media-tools/tool-limits';
import type { Examination } from './examine-source';
import { firstFrameSideData, packetCounts, probedContainer } from '../../workflows/planning/source/probed-container';

/** A file whose header was read, and the track that a decoder makes pictures of. */
export interface OpenedSource {
  url: string;
  reading: HeadReading;
  ffprobeJson: string;
  probe: ProbedContainer;
  stream: ProbedStream;
  head: PacketHead;
  look: FirstLook;
  shape: SourceShape;
  warnings: SourceWarning[];
}

/** Facts of a track before it is decoded. */
export type Track = Pick<OpenedSource, 'url' | 'probe' | 'stream'>;

/**
 * Reads the header and looks at the tracks that may be the picture until one can be decoded. Throws `SourceUnreadable`,
 * `SourceUnsupported`, `SourceTooLarge`, `SourceEncrypted`, and ToolError when a tool cannot read the source at all.
 */
export async function openSource(examination: Examination): Promise<OpenedSource> {
  const { sourceUrl: url, sizeBytes, limits } = examination;
  const { probe, ffprobeJson, reading } = await readWholeHeader(examination, url);
  const counts = needsPacketCounts(probe) ? await countPackets(examination, url, probe) : new Map<number, number>();
  const candidates = videoCandidates(probe, counts);
  if ('refused' in candidates) throw refusal(candidates);
  const reasons: unknown[] = [];
  for (const stream of candidates) {
    try {
      refuse(headerBeyondLimits({ probe, stream }, sizeBytes, limits) ?? unshowable(stream));
      const head = await readHead(examination, { url, probe, stream });
      const look = await lookAt(examination, { url, probe, stream });
      const shape = await readShape(examination, { url, probe, stream }, look);
      refuse(pictureBeyondLimits(shape.coded, limits));
      const warnings = [...otherFilms(candidates, stream, counts), ...shape.warnings];
      return { url, reading, ffprobeJson, probe, stream, head, look, shape, warnings };
    } catch (error) {
      if (!isAboutTrack(error)) throw error;
      reasons.push(error);
    }
  }
  throw reasons[0];
}

/** Reads further where a track was not met yet, and no less from then on: every tool has to learn the same. */
async function readWholeHeader(examination: Examination, url: string): Promise<Header & Pick<OpenedSource, 'reading'>> {
  const near = await readHeader(examination, url);
  if (!near.probe.streams.some((stream) => startsTooLate(near.probe, stream))) return { ...near, reading: 'near' };
  return { ...(await readHeader(examination, url, 'far')), reading: 'far' };
}

interface Header {
  probe: ProbedContainer;
  ffprobeJson: string;
}

export async function readHeader({ tool, tools }: Examination, url: string, reading: HeadReading = 'near'): Promise<Header> {
  const { stdout } = await tool({ tool: tools.ffprobe, args: ffprobeArgs(url, reading), limits: HEADER_LIMITS });
  return { probe: probedContainer.parse(JSON.parse(stdout)), ffprobeJson: stdout };
}

/** Packets of the video tracks, those that an edit list hides included. Reads the whole source. */
export async function countPackets({ tool, tools }: Examination, url: string, probe: ProbedContainer): Promise<PacketCounts> {
  const { stdout } = await tool({ tool: tools.ffprobe, args: packetCountArgs(url, probe) });
  return new Map(packetCounts.parse(JSON.parse(stdout)).streams.map(({ index, nb_read_packets }) => [index, Number(nb_read_packets)]));
}

/** Encryption is found before anything is decoded: its noise would only make the decoder complain. */
async function readHead({ tool, tools }: Examination, { url, probe, stream }: Track): Promise<PacketHead> {
  const read = async (which: 'first' | 'all') =>
    parsePacketHead((await tool({ tool: tools.ffmpeg, args: packetHeadArgs(url, stream.index, which) })).stdout);
  if (isTrackEncrypted(probe, stream)) throw refusal(ENCRYPTED);
  const head = await read('first');
  // A protected title may begin in the clear.
  if (head.isEncrypted || (mentionsEncryption(probe) && (await read('all')).isEncrypted)) throw refusal(ENCRYPTED);
  return head;
}

async function lookAt({ tool, tools }: Examination, { url, stream }: Track): Promise<FirstLook> {
  const lines: string[] = [];
  const onStderrLine = (line: string) => {
    if (belongsToLook(line)) lines.push(line);
  };
  await tool({ tool: tools.ffmpeg, args: firstLookArgs(url, stream.index), onStderrLine });
  return parseFirstLook(lines.join('\n'));
}

async function readShape({ tool, tools }: Examination, { url, stream }: Track, { picture, isOriented }: FirstLook): Promise<SourceShape> {
  if (picture === null) throw new Failure('SourceUnreadable', 'No picture of the video can be decoded.');
  if (!isOriented) return sourceShape(picture, null, stream.index);
  const { stdout } = await tool({ tool: tools.ffprobe, args: firstFrameArgs(url, stream.index), limits: HEADER_LIMITS });
  return sourceShape(picture, declaredTurn(firstFrameSideData.parse(JSON.parse(stdout))), stream.index);
}

export function refuse(verdict: Refusal | null): void {
  if (verdict) throw refusal(verdict);
}

/** Another track may still do. */
function isAboutTrack(error: unknown): boolean {
  return error instanceof ToolError || error instanceof Failure;
}

function refusal({ refused, message }: Refusal): Failure {
  return new Failure(refused, message);
}
