import type { AudioPlan, Plan } from '../../../temporal/contract/plan';
import { AUDIO_COPY_OFFSET_US } from '../source/packet-scan';
import { sourceInput } from '../source/source-input';

export interface AudioInput {
  /** The audio that the packet scan extracted. */
  inputPath: string;
  plan: Pick<Plan, 'grid' | 'source'>;
  audio: AudioPlan;
  outPath: string;
}

/**
 * ffmpeg arguments that encode one whole audio track to AAC. Time zero of the output is the first video frame: audio
 * before it is cut, audio that starts later is preceded by silence, and the end is cut or padded to the video's duration.
 */
export function audioArgs({ inputPath, plan, audio, outPath }: AudioInput): string[] {
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'warning', '-progress', 'pipe:1', '-y'],
    // Absolute timestamps, so that the start of the picture means the same here as in the source.
    '-copyts',
    ...sourceInput(inputPath),
    ...['-filter_complex', `[0:a:${audio.sourceTrack}]${alignment(plan, audio)}[a]`, '-map', '[a]'],
    ...['-map_metadata', '-1', '-map_chapters', '-1'],
    ...['-c:a', audio.family, '-b:a', String(audio.bitrateBps), '-threads', '1'],
    ...['-f', 'mp4', outPath],
  ];
}

function alignment(plan: Pick<Plan, 'grid' | 'source'>, audio: AudioPlan): string {
  const { video } = plan.source;
  const videoStartUs = Math.round((video.firstPts * video.timebase.num * 1_000_000) / video.timebase.den);
  const { frameRate, frameCount } = plan.grid;
  const samples = Math.round((frameCount * frameRate.den * audio.sampleRateHz) / frameRate.num);
  return [
    'asettb=1/1000000',
    `asetpts=PTS-(${videoStartUs + AUDIO_COPY_OFFSET_US})`,
    // `async=1` with `first_pts` fills gaps and a late start with silence and cuts an early start, without stretching.
    `aresample=${audio.sampleRateHz}:async=1:first_pts=0`,
    `aformat=sample_fmts=fltp:channel_layouts=${audio.channels === 1 ? 'mono' : 'stereo'}`,
    'apad',
    `atrim=end_sample=${samples}`,
  ].join(',');
}
