import type { AudioPlan, Plan } from '../../../temporal/contract/media/plan';
import { AUDIO_COPY_OFFSET_US } from '../source/packet-scan';
import { AT_ITS_TIME } from '../source/sound/sound-copy';
import { titleStartUs } from '../timeline/timeline';
import { sourceInput } from '../source/source-input';

export interface AudioInput {
  /** The audio that the packet scan extracted. */
  inputPath: string;
  plan: Pick<Plan, 'grid' | 'source'>;
  audio: AudioPlan;
  outPath: string;
}

/**
 * ffmpeg arguments that encode one whole audio track to AAC. Time zero of the output is the start of the title: audio
 * before it is cut, audio that starts later is preceded by silence, and the end is cut or padded to the title's duration.
 */
export function audioArgs({ inputPath, plan, audio, outPath }: AudioInput): string[] {
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'warning', '-progress', 'pipe:1', '-y', '-max_error_rate', '1'],
    // Absolute timestamps, so that the start of the picture means the same here as in the source.
    '-copyts',
    ...sourceInput(inputPath),
    // Where the layout or the rate changes, ffmpeg builds a graph anew. One that counts from the start of the title would begin again
    // with silence, so it stands behind a decoder of its own, which sees one layout and rate.
    ...['-filter_complex', `[0:a:${audio.sourceTrack}]${uniform(audio)}[uniform]`, '-map', '[uniform]'],
    ...['-c:a', 'pcm_f32le', '-f', 'null', '-', '-dec', '0:0'],
    ...['-filter_complex', `[dec:0]${alignment(plan, audio)}[a]`, '-map', '[a]'],
    ...['-map_metadata', '-1', '-map_chapters', '-1'],
    ...['-c:a', audio.family, '-b:a', String(audio.bitrateBps), '-threads', '1'],
    ...['-f', 'mp4', outPath],
  ];
}

function uniform({ sampleRateHz, channels }: AudioPlan): string {
  return `aresample=${sampleRateHz},aformat=sample_fmts=fltp:channel_layouts=${channels === 1 ? 'mono' : 'stereo'}`;
}

function alignment(plan: Pick<Plan, 'grid' | 'source'>, audio: AudioPlan): string {
  const { frameRate, frameCount } = plan.grid;
  const samples = Math.round((frameCount * frameRate.den * audio.sampleRateHz) / frameRate.num);
  return [
    'asettb=1/1000000',
    `asetpts=PTS-(${titleStartUs(plan.source.video) + AUDIO_COPY_OFFSET_US})`,
    // With `first_pts` silence fills a late start, too, and an early one is cut.
    `aresample=${audio.sampleRateHz}:${AT_ITS_TIME}:first_pts=0`,
    'apad',
    `atrim=end_sample=${samples}`,
  ].join(',');
}
