import { sourceInput } from '../source-input';
import type { ProbedStream, Refusal } from '../probed-container';

/** MPEG-1 video, which every decoder of MPEG-2 video reads; stream types of ISO/IEC 13818-1 table 2-34, in hexadecimal. */
const MPEG1_VIDEO = '1';
const MPEG2_VIDEO = '2';

/** Of a stream that the demuxer met before the first program map. */
const NOT_KNOWN_YET = '0';

/**
 * ffmpeg arguments that read a transport stream to its end and tell, among much else, every stream type that its program maps (ISO/IEC 13818-1
 * 2.4.4.8) give to a track. Other tools name the first one or the last one only.
 */
export function streamTypesArgs(sourceUrl: string, { index }: Pick<ProbedStream, 'index'>): string[] {
  const copied = ['-map', `0:${index}`, '-c', 'copy', '-f', 'null', '-'];
  return ['-hide_banner', '-nostdin', '-nostats', '-v', 'debug', ...sourceInput(sourceUrl), ...copied];
}

/** The stream type that a line of {@link streamTypesArgs} gives to a track, or null. Types that one decoder reads are the same. */
export function streamTypeOf(line: string, { index }: Pick<ProbedStream, 'index'>): string | null {
  const [, stream, type = NOT_KNOWN_YET] = /\] stream=(\d+) stream_type=([0-9a-f]+) pid=/.exec(line) ?? [];
  if (Number(stream) !== index || type === NOT_KNOWN_YET) return null;
  return type === MPEG1_VIDEO ? MPEG2_VIDEO : type;
}

/** Why a track with these stream types is refused: a decoder reads one of them, and makes nothing or noise of the other. */
export function changedCodec(streamTypes: ReadonlySet<string>): Refusal | null {
  if (streamTypes.size < 2) return null;
  return { refused: 'SourceUnsupported', message: 'The codec of the picture changes in the middle of the file.' };
}
