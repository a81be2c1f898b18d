import type { ProbedContainer, ProbedStream } from '../probed-container';
import { audioStreams } from '../source-streams';

/** Audio that Matroska holds as it is. Everything else is kept as FLAC, so that no codec makes the copy fail. */
const COPIED_AUDIO = [
  'aac',
  'ac3',
  'eac3',
  'alac',
  'dts',
  'flac',
  'mlp',
  'mp2',
  'mp3',
  'opus',
  'pcm_s16le',
  'pcm_s24le',
  'pcm_f32le',
  'truehd',
  'tta',
  'vorbis',
  'wavpack',
];

/** Decoders of these give no more precision than sixteen bits. */
const LOSSY_AUDIO = ['aac', 'aac_latm', 'ac3', 'eac3', 'mp2', 'mp3', 'opus', 'vorbis'];

/** Samples of these may be infinite or no numbers (IEEE 754 6.1, 6.2), which encoders refuse and filters spread. */
const FLOATING_AUDIO = ['pcm_f32le', 'pcm_f32be', 'pcm_f64le', 'pcm_f64be'];

/** Far above full scale, which is 1. */
const LOUDEST_SAMPLE = '1e6';

/** Filters in front of all others that make silence of samples that are no numbers; none for codecs that cannot have them. */
export function finiteSamples(codec: string | undefined): string[] {
  if (!FLOATING_AUDIO.includes(codec ?? '')) return [];
  return [`aeval=if(lt(abs(val(ch))\\,${LOUDEST_SAMPLE})\\,val(ch)\\,0):c=same`];
}

/**
 * How far audio may be from its timestamps, in seconds, before it is moved: a single lost packet is noticed, and a tick of
 * a container that rounds to milliseconds is not.
 */
const MOST_DRIFT_SECONDS = 0.01;

const MOST_USUAL_RATE_HZ = 48_000;

/** Filter option that keeps audio at its timestamps: silence fills gaps, and what overlaps is cut. Nothing is stretched. */
export const AT_ITS_TIME = `async=1:min_hard_comp=${MOST_DRIFT_SECONDS}`;

/** No source that is accepted lasts longer; a timestamp beyond would be filled up to with silence. */
const LONGEST_SECONDS = 27 * 3600;

/** Options that map and copy every audio stream into Matroska, in the order of `audioStreams`. */
export function audioCopyArgs(probe: ProbedContainer): string[] {
  return audioStreams(probe).flatMap((one, track) => ['-map', `0:${one.index}`, ...codecArgs(probe, one, track)]);
}

/**
 * Bitstream filter that takes the times off all frames but the first of each PES packet, the one that has a position in the file. The decoder
 * counts samples from there.
 */
export const PACKET_TIMES = "setts=pts='if(gte(POS,0),PTS,NOPTS)':dts='if(gte(POS,0),DTS,NOPTS)'";

/** Whether the packets of a stream say the same in Matroska as in their own container. */
export function isCopied({ format }: ProbedContainer, stream: ProbedStream): boolean {
  const codec = stream.codec_name ?? '';
  if (stream.fold || stream.changesRate || !COPIED_AUDIO.includes(codec)) return false;
  const container = format.format_name.split(',');
  if (container.includes('matroska')) return true;
  // Only a decoder follows the edit list of a track (ISO/IEC 14496-12 8.6.6), and its several sample descriptions.
  if (container.includes('mov')) return false;
  // The configuration is part of every ADTS frame, or is sent again; Matroska has one for the whole track.
  return codec !== 'aac';
}

/** Whether sixteen bits hold all that the decoder of a stream gives. */
export function isLossy(stream: ProbedStream): boolean {
  return LOSSY_AUDIO.includes(stream.codec_name ?? '');
}

function codecArgs(probe: ProbedContainer, stream: ProbedStream, track: number): string[] {
  if (isCopied(probe, stream)) return [`-c:a:${track}`, 'copy'];
  const end = Math.ceil(Number(probe.format.start_time ?? 0)) + LONGEST_SECONDS;
  // The first rate, or the last one, may be a low one.
  const rate = stream.changesRate ? `${MOST_USUAL_RATE_HZ}:` : '';
  const filters = [
    ...finiteSamples(stream.codec_name),
    `atrim=end=${end}`,
    ...(stream.fold ? [stream.fold] : []),
    `aresample=${rate}${AT_ITS_TIME}`,
  ];
  const depth = isLossy(stream) ? [`-sample_fmt:a:${track}`, 's16'] : [];
  return [`-filter:a:${track}`, filters.join(','), `-c:a:${track}`, 'flac', ...depth];
}
