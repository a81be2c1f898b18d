import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../temporal/contract/failures';
import { probeScratchBytes } from '../../workflows/planning/encode/scratch-need';
import {
  firstTimesArgs,
  mezzanineArgs,
  mezzanineKind,
  untimedStart,
  type MezzanineKind,
  type UntimedStart,
} from '../../workflows/planning/source/mezzanine';
import { countCorrupt } from '../../workflows/planning/source/packets/packet-times';
import { ToolError } from '../media-tools/run-tool';
import { HEADER_LIMITS } from '../media-tools/tool-limits';
import type { Examination } from './examine-source';
import { frameTimesOutput } from './ffprobe-output';
import { readHeader, type OpenedSource, type Track } from './open-source';

const MEZZANINE_NAME = 'mezzanine.mkv';
const PACKETS_NAME = 'original-packets.txt';

/** The file that later steps read. */
export interface SeekableSource extends Track {
  /** Packets of the source that its copy does not call damaged any more. */
  corruptPackets: number;
}

/**
 * The source itself where chunks can seek in it, else its copy in the scratch folder. Pictures that the copy cannot hold as they are
 * get coded again without loss. Throws `ScratchFull`, `SourceUnreadable`, and ToolError when the source cannot be copied.
 */
export async function seekableSource(examination: Examination, original: OpenedSource): Promise<SeekableSource> {
  const { probe, stream, look, head } = original;
  const kind = mezzanineKind(probe, stream, { isPacked: look.isPacked, isTimed: head.isTimed });
  const takeRoom = (mezzanine: MezzanineKind) =>
    examination.needs?.(probeScratchBytes({ sizeBytes: examination.sizeBytes, probe, mezzanine }));
  await takeRoom(kind);
  if (kind === 'none') return { ...original, corruptPackets: 0 };
  try {
    return await copied(examination, original, kind);
  } catch (error) {
    if (kind === 'coded' || !(error instanceof ToolError)) throw error;
  }
  await takeRoom('coded');
  return copied(examination, original, 'coded', head.isTimed ? null : await readUntimedStart(examination, original));
}

async function readUntimedStart({ tool, tools }: Examination, { url, probe, stream, head }: OpenedSource): Promise<UntimedStart | null> {
  const { stdout } = await tool({ tool: tools.ffprobe, args: firstTimesArgs(url, stream.index), limits: HEADER_LIMITS });
  const times = frameTimesOutput
    .parse(JSON.parse(stdout))
    .frames.map(({ pts_time }) => (pts_time === undefined ? undefined : Number(pts_time)));
  return untimedStart(times, Number(probe.format.start_time ?? 0), head.step);
}

async function copied(
  examination: Examination,
  original: OpenedSource,
  kind: MezzanineKind,
  untimed: UntimedStart | null = null,
): Promise<SeekableSource> {
  const { tool, tools, scratch } = examination;
  const outPath = join(scratch, MEZZANINE_NAME);
  const packetsPath = join(scratch, PACKETS_NAME);
  const { url, probe, stream, head } = original;
  // Only streams without a container tell their rate themselves.
  const step = ['h264', 'hevc'].includes(probe.format.format_name) ? head.step : null;
  await tool({
    tool: tools.ffmpeg,
    args: mezzanineArgs({ sourceUrl: url, probe, stream, outPath, packetsPath, kind, step, untimedStart: untimed }),
  });
  const copy = await readHeader(examination, outPath);
  const picture = copy.probe.streams.find(({ codec_type }) => codec_type === 'video');
  if (!picture) throw new Failure('SourceUnreadable', 'The video track holds no frame.');
  const corruptPackets = countCorrupt(await readFile(packetsPath, 'utf8'));
  return { url: outPath, probe: copy.probe, stream: picture, corruptPackets };
}
