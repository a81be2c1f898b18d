import { sourceInput, type HeadReading } from '../source-input';

/** What the decoder of an audio track says of its first frame. */
export interface DecodedSound {
  sampleRateHz: number;
  /** ffmpeg's name of the channel layout, such as `5.1(side)`. */
  layout: string;
  channels: number;
}

export interface TrialInput {
  sourceUrl: string;
  reading: HeadReading;
  streamIndex: number;
}

/**
 * ffmpeg arguments that decode the first frame of an audio track. They fail where no decoder knows the track; whether one does is
 * a matter of the tool that will decode it, not of the one that describes it.
 */
export function trialDecodeArgs({ sourceUrl, reading, streamIndex }: TrialInput, filter = 'anull'): string[] {
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-max_error_rate', '1'],
    ...[...sourceInput(sourceUrl, reading), '-map', `0:${streamIndex}`, '-frames:a', '1', '-filter:a', filter],
    ...['-c:a', 'pcm_s16le', '-f', 'framecrc', '-'],
  ];
}

/** Reads what {@link trialDecodeArgs} makes ffmpeg print; null when the track has no frame that can be decoded. */
export function parseTrialDecode(stdout: string): DecodedSound | null {
  const header = (name: string) => new RegExp(`^#${name} 0: (.+)$`, 'm').exec(stdout)?.[1];
  const frame = /^0,\s*-?\d+,\s*-?\d+,\s*(\d+),\s*(\d+),/m.exec(stdout);
  const samples = Number(frame?.[1] ?? 0);
  if (samples === 0) return null;
  const channels = Number(frame?.[2]) / (samples * BYTES_PER_SAMPLE);
  return { sampleRateHz: Number(header('sample_rate')), layout: header('channel_layout_name') ?? '', channels: Math.round(channels) };
}

const BYTES_PER_SAMPLE = 2;

/** A trial with this filter fails where the mixer has no rule for the layout of the track. */
export const TO_STEREO = 'aformat=channel_layouts=stereo';

/**
 * Filter that makes stereo of a layout that the mixer has no rule for. Ambisonics in ACN order (RFC 8486 3.1) becomes two cardioids
 * that look left and right: its first channel is the omnidirectional W, its second the sideways Y. Of others the first two
 * channels are taken.
 */
export function foldFilter(layout: string): string {
  return layout.startsWith('ambisonic') ? 'pan=stereo|c0=0.5*c0+0.5*c1|c1=0.5*c0-0.5*c1' : 'channelmap=map=0|1:channel_layout=stereo';
}
