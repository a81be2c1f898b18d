import type { AudioPlan, Plan } from '../../../../temporal/contract/media/plan';
import { AUDIO_COPY_OFFSET_US } from '../../source/packet-scan';
import { AT_ITS_TIME, finiteSamples } from '../../source/sound/sound-copy';
import { sourceInput } from '../../source/source-input';
import { titleStartUs } from '../../timeline/timeline';
import { gainFilters, loudnessFilters, type SoundGain } from './loudness';

/** One rendition of a track, and the file that it is encoded into. */
export interface AudioOutput {
  audio: AudioPlan;
  path: string;
  /** As loud as the source when it is left out. */
  gain?: SoundGain | undefined;
}

export interface AudioInput {
  /** The audio that the packet scan extracted. */
  inputPath: string;
  plan: Pick<Plan, 'grid' | 'source'>;
}

const ENCODERS = { aac: 'aac', opus: 'libopus' } as const;

/**
 * ffmpeg arguments that decode one audio track once and encode it whole, as each of `outputs`. Time zero of the outputs is the start of
 * the title: audio before it is cut, audio that starts later is preceded by silence, and the end is cut or padded to the title's duration.
 * Throws RangeError without outputs.
 */
export function audioArgs(input: AudioInput & { outputs: readonly AudioOutput[] }): string[] {
  const { plan, outputs } = input;
  const source = uniformOf(outputs.map(({ audio }) => audio));
  const branches = outputs.map(({ audio, gain }) => [
    ...mixed(audio, source),
    ...(gain ? gainFilters(gain, source.sampleRateHz) : []),
    ...resampled(audio, source),
    trimmed(plan, audio.sampleRateHz),
  ]);
  return [
    ...decoding(input, source, branches),
    ...outputs.flatMap(({ audio, path }, index) => [
      ...['-map', label(index, outputs.length), '-map_metadata', '-1', '-map_chapters', '-1'],
      ...['-c:a', ENCODERS[audio.family], '-b:a', String(audio.bitrateBps), '-threads', '1'],
      ...['-f', 'mp4', path],
    ]),
  ];
}

/**
 * ffmpeg arguments that measure how loud a track is as each of `renditions`, which it is mixed down for; the files of `loudnessFiles` by
 * their channels are left in the working folder.
 */
export function measureArgs(input: AudioInput & { renditions: readonly AudioPlan[] }): string[] {
  const { plan, renditions } = input;
  const source = uniformOf(renditions);
  const mixes = measuredMixes(renditions);
  const branches = mixes.map((audio) => [...mixed(audio, source), trimmed(plan, source.sampleRateHz), ...loudnessFilters(audio.channels)]);
  return [
    ...decoding(input, source, branches),
    ...mixes.flatMap((_, index) => ['-map', label(index, mixes.length), '-c:a', 'pcm_f32le', '-f', 'null', '-']),
  ];
}

/** One rendition for each number of channels: its codec changes nothing that is measured. */
function measuredMixes(renditions: readonly AudioPlan[]): AudioPlan[] {
  return renditions.filter(({ channels }, index) => renditions.findIndex((other) => other.channels === channels) === index);
}

/** What the track is made before it is split: the widest of its renditions. */
type Uniform = Pick<AudioPlan, 'channels' | 'sampleRateHz' | 'sourceTrack'>;

function uniformOf(renditions: readonly AudioPlan[]): Uniform {
  const [first] = renditions;
  if (!first) throw new RangeError('a track has at least one rendition');
  return { ...first, channels: Math.max(...renditions.map(({ channels }) => channels)) };
}

/** Input and filters: `branches` are those of each output, behind the alignment that all share. */
function decoding({ inputPath, plan }: AudioInput, source: Uniform, branches: readonly (readonly string[])[]): string[] {
  const [only = []] = branches;
  const aligned = alignment(plan, source);
  const finite = finiteSamples(plan.source.audio[source.sourceTrack]?.codec);
  const splits = branches.map((_, index) => `[s${index}]`);
  const graph =
    branches.length === 1
      ? [`[dec:0]${[...aligned, ...only].join(',')}[a]`]
      : [
          // `asplit` gives all of its outputs one layout, which is negotiated with what is behind them unless it is given.
          `[dec:0]${aligned.join(',')},aformat=channel_layouts=${layoutOf(source.channels)},asplit=${branches.length}${splits.join('')}`,
          ...branches.map((branch, index) => `${splits[index]}${branch.join(',')}${label(index, branches.length)}`),
        ];
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'warning', '-progress', 'pipe:1', '-y', '-max_error_rate', '1'],
    // Absolute timestamps, so that the start of the picture means the same here as in the source.
    '-copyts',
    ...sourceInput(inputPath),
    // Where the layout or the rate changes, ffmpeg builds a graph anew. One that counts from the start of the title would begin again
    // with silence, so it stands behind a decoder of its own, which sees one layout and rate.
    ...['-filter_complex', `[0:a:${source.sourceTrack}]${[...finite, uniform(source)].join(',')}[uniform]`, '-map', '[uniform]'],
    ...['-c:a', 'pcm_f32le', '-f', 'null', '-', '-dec', '0:0'],
    ...['-filter_complex', graph.join(';')],
  ];
}

function label(index: number, count: number): string {
  return count === 1 ? '[a]' : `[a${index}]`;
}

function uniform({ sampleRateHz, channels }: Uniform): string {
  return `aresample=${sampleRateHz},aformat=sample_fmts=fltp:channel_layouts=${layoutOf(channels)}`;
}

function layoutOf(channels: number): string {
  return { 1: 'mono', 2: 'stereo' }[channels] ?? '5.1';
}

/** A converter takes any layout, so the mix of one branch is none of the others' business. */
function mixed(audio: Pick<AudioPlan, 'channels'>, source: Uniform): string[] {
  return audio.channels === source.channels ? [] : [`aresample=out_chlayout=${layoutOf(audio.channels)}`];
}

function resampled(audio: AudioPlan, source: Uniform): string[] {
  return audio.sampleRateHz === source.sampleRateHz ? [] : [`aresample=${audio.sampleRateHz}`];
}

function trimmed({ grid: { frameRate, frameCount } }: Pick<Plan, 'grid'>, sampleRateHz: number): string {
  return `atrim=end_sample=${Math.round((frameCount * frameRate.den * sampleRateHz) / frameRate.num)}`;
}

function alignment({ source }: Pick<Plan, 'source'>, { sampleRateHz }: Uniform): string[] {
  return [
    'asettb=1/1000000',
    `asetpts=PTS-(${titleStartUs(source.video) + AUDIO_COPY_OFFSET_US})`,
    // With `first_pts` silence fills a late start, too, and an early one is cut.
    `aresample=${sampleRateHz}:${AT_ITS_TIME}:first_pts=0`,
    'apad',
  ];
}
