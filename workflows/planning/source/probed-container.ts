/** The part of a stream's description that planning reads, as ffprobe names it. */
export interface ProbedStream {
  index: number;
  codec_type?: string | undefined;
  codec_name?: string | undefined;
  codec_tag_string?: string | undefined;
  width?: number | undefined;
  height?: number | undefined;
  pix_fmt?: string | undefined;
  bits_per_raw_sample?: string | undefined;
  sample_aspect_ratio?: string | undefined;
  field_order?: string | undefined;
  color_range?: string | undefined;
  color_space?: string | undefined;
  color_transfer?: string | undefined;
  color_primaries?: string | undefined;
  avg_frame_rate?: string | undefined;
  time_base: string;
  start_time?: string | undefined;
  duration?: string | undefined;
  nb_frames?: string | undefined;
  channels?: number | undefined;
  channel_layout?: string | undefined;
  sample_rate?: string | undefined;
  /** Filter that has to make stereo of the track, because the mixer has no rule for its layout. Not of ffprobe. */
  fold?: string | undefined;
  disposition: Record<string, number>;
  tags: Record<string, string>;
  side_data_list: readonly ProbedSideData[];
}

export interface ProbedSideData {
  side_data_type?: string | undefined;
  rotation?: number | undefined;
  dv_profile?: number | undefined;
  dv_bl_signal_compatibility_id?: number | undefined;
}

export interface ProbedContainer {
  format: {
    format_name: string;
    start_time?: string | undefined;
    duration?: string | undefined;
    tags: Record<string, string>;
  };
  streams: readonly ProbedStream[];
  /** Of a multiplex, such as a transport stream. */
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
