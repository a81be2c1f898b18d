import type { ProbedContainer } from '../probed-container';
import type { PacketScan } from '../packet-scan';
import { audioStreams } from '../source-streams';
import { finiteSamples } from './sound-copy';

/** Loudness over time of one track, coarse enough to keep and fine enough to measure a slip of a few milliseconds with. */
export interface SoundLevels {
  /** One byte a {@link LEVEL_MS}, the square root of the mean amplitude; the first begins at the start of the picture. */
  levels: Uint8Array;
  /** First and last moment at which there are samples, in microseconds after the start of the picture. */
  startUs: number;
  endUs: number;
  /** Whether more than silence and the delay of a codec lies before the first level. */
  isHeardBefore: boolean;
}

/** Length of one level. */
export const LEVEL_MS = 4;

/** No title lasts longer; what a timestamp beyond claims is held against the limits of the service before it is planned. */
const LONGEST_MS = 27 * 3_600_000;

const MEASURED_RATE_HZ = 1000;
const BYTES_PER_SAMPLE = 2;
const FULL_SCALE = 32_768;
const BRIGHTEST = 255;

/** Sum of amplitudes: 10 ms at -30 dBFS. The delay of a codec, which some muxers write far before the sound, comes to a tenth of it. */
const HEARD_BEFORE = 10 * 1000;

/** Names of the two files that hold the measured amplitude of a track: its samples, and the times of its frames. */
export function levelFiles(folder: string, track: number): { samples: string; frames: string } {
  return { samples: `${folder}/levels_${track}.raw`, frames: `${folder}/levels_${track}.txt` };
}

/** Outputs that decode every audio stream and leave its {@link levelFiles} in `folder`. Timestamps are those of the decoded frames. */
export function soundLevelArgs(probe: ProbedContainer, folder: string): string[] {
  return audioStreams(probe).flatMap((one, track) =>
    levelArgs({ input: `0:${one.index}`, codec: one.codec_name, fold: one.fold, track, folder }),
  );
}

/** One track, and where its levels go. */
interface LevelInput {
  input: string;
  codec?: string | undefined;
  fold?: string | undefined;
  track: number;
  folder: string;
}

/** The same for the first audio track of the only input. */
export function levelArgs(of: LevelInput): string[] {
  const { input, codec, fold, track, folder } = of;
  const measured = [
    ...finiteSamples(codec),
    ...(fold ? [fold] : []),
    'aresample=8000',
    'aformat=sample_fmts=fltp:channel_layouts=stereo',
    // Amplitude, not samples: a sum of channels in opposite phase would be silent.
    'aeval=(abs(val(0))+abs(val(1)))/2:c=mono',
    `aresample=${MEASURED_RATE_HZ}`,
    'aformat=sample_fmts=s16',
    `asplit=2[samples${track}][frames${track}]`,
  ];
  const { samples, frames } = levelFiles(folder, track);
  return [
    ...['-filter_complex', `[${input}]${measured.join(',')}`],
    ...['-map', `[samples${track}]`, '-c:a', 'pcm_s16le', '-f', 's16le', samples],
    ...['-map', `[frames${track}]`, '-c:a', 'pcm_s16le', '-f', 'framecrc', frames],
  ];
}

/**
 * Puts the samples of every frame at the time of the frame, on a clock that starts at `originUs`. No other code places sound, so
 * what the encoder made of the timestamps can be held against it.
 */
export function soundLevels(frames: PacketScan, samples: Uint8Array, originUs: number): SoundLevels {
  const bytes = new DataView(samples.buffer, samples.byteOffset, samples.byteLength);
  const toMs = (ticks: number) => (ticks * frames.timebase.num * 1000) / frames.timebase.den - originUs / 1000;
  const ends = frames.packets.map(({ pts, durationTicks }) => toMs(pts + durationTicks));
  const endMs = ends.reduce((latest, end) => Math.max(latest, end), 0);
  const startMs = frames.packets.reduce((earliest, { pts }) => Math.min(earliest, toMs(pts)), Infinity);
  const sums = new Float32Array(Math.ceil(Math.min(endMs, LONGEST_MS) / LEVEL_MS));
  let offset = 0;
  let before = 0;
  for (const { pts, durationTicks } of frames.packets) {
    const firstMs = Math.round(toMs(pts));
    for (let index = 0; index < durationTicks && offset + 1 < bytes.byteLength; index++, offset += BYTES_PER_SAMPLE) {
      const bin = Math.floor((firstMs + index) / LEVEL_MS);
      if (bin < 0) before += Math.abs(bytes.getInt16(offset, true));
      else if (bin < sums.length) sums[bin] = (sums[bin] as number) + bytes.getInt16(offset, true);
    }
  }
  const levels = Uint8Array.from(sums, (sum) => BRIGHTEST * Math.sqrt(Math.max(0, Math.min(1, sum / LEVEL_MS / FULL_SCALE))));
  const startUs = Math.round((Number.isFinite(startMs) ? startMs : 0) * 1000);
  return { levels, startUs, endUs: Math.round(endMs * 1000), isHeardBefore: before >= HEARD_BEFORE };
}
