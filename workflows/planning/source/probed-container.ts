import { z } from 'zod';

const sideData = z.looseObject({
  side_data_type: z.string().optional(),
  rotation: z.number().optional(),
  dv_profile: z.number().int().optional(),
  dv_bl_signal_compatibility_id: z.number().int().optional(),
});

/** The part of a stream's description that planning reads, as ffprobe names it. */
const probedStream = z.object({
  index: z.number().int(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  codec_tag_string: z.string().optional(),
  width: z.number().int().optional(),
  height: z.number().int().optional(),
  pix_fmt: z.string().optional(),
  bits_per_raw_sample: z.string().optional(),
  sample_aspect_ratio: z.string().optional(),
  field_order: z.string().optional(),
  color_range: z.string().optional(),
  color_space: z.string().optional(),
  color_transfer: z.string().optional(),
  color_primaries: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  time_base: z.string(),
  start_time: z.string().optional(),
  duration: z.string().optional(),
  nb_frames: z.string().optional(),
  channels: z.number().int().optional(),
  channel_layout: z.string().optional(),
  sample_rate: z.string().optional(),
  disposition: z.record(z.string(), z.number()).default({}),
  tags: z.record(z.string(), z.string()).default({}),
  side_data_list: z.array(sideData).default([]),
});

/** What `ffprobe -show_format -show_programs -show_streams -of json` prints, as far as planning reads it. Activities parse with it. */
export const probedContainer = z.object({
  format: z.object({
    format_name: z.string(),
    start_time: z.string().optional(),
    duration: z.string().optional(),
    tags: z.record(z.string(), z.string()).default({}),
  }),
  streams: z.array(probedStream).default([]),
  /** Of a multiplex, such as a transport stream. */
  programs: z.array(z.object({ streams: z.array(z.object({ index: z.number().int() })).default([]) })).default([]),
});

/** What `ffprobe -count_packets -show_entries stream=index,nb_read_packets -of json` prints. */
export const packetCounts = z.object({
  streams: z.array(z.object({ index: z.number().int(), nb_read_packets: z.string().default('0') })).default([]),
});

/** What `ffprobe -show_entries packet=flags -of json` prints: `K` for a key frame. */
export const packetFlags = z.object({ packets: z.array(z.object({ flags: z.string() })).default([]) });

/** What `ffprobe -show_entries frame=pts_time -of json` prints. */
export const frameTimes = z.object({ frames: z.array(z.object({ pts_time: z.string().optional() })).default([]) });

/** What `ffprobe -show_entries frame_side_data=displaymatrix -of json` prints of the first frame. */
export const firstFrameSideData = z.object({
  frames: z.array(z.object({ side_data_list: z.array(z.object({ displaymatrix: z.string().optional() })).default([]) })).default([]),
});

export type FirstFrameSideData = z.infer<typeof firstFrameSideData>;

/** What `ffprobe -show_entries frame=pts_time,sample_aspect_ratio -of json` prints of key frames. */
export const keyPictures = z.object({
  frames: z.array(z.object({ pts_time: z.string().optional(), sample_aspect_ratio: z.string().optional() })).default([]),
});

export type KeyPictures = z.infer<typeof keyPictures>;

export interface ProbedStream extends z.infer<typeof probedStream> {
  /** Filter that has to make stereo of the track, because the mixer has no rule for its layout. Not of ffprobe. */
  fold?: string | undefined;
  /** The sampling rate changes, so its frames are timed by what the decoder makes of them. Not of ffprobe. */
  changesRate?: boolean | undefined;
}

export interface ProbedContainer extends Omit<z.infer<typeof probedContainer>, 'streams' | 'programs'> {
  streams: readonly ProbedStream[];
  programs?: readonly { streams: readonly { index: number }[] }[] | undefined;
}

/** Why a source cannot be processed. */
export interface Refusal {
  refused: 'SourceUnsupported' | 'SourceUnreadable' | 'SourceTooLarge' | 'SourceEncrypted';
  message: string;
}

/** Language tags come from strangers and end up in playlists and pages: letters, digits and hyphens only. */
export function languageOf(stream: ProbedStream): string | null {
  const language = stream.tags['language'];
  return language && language !== 'und' && /^[A-Za-z0-9-]{2,35}$/.test(language) ? language : null;
}
