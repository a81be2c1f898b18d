/** Files in the scratch folder that a piece of a rung is muxed from: segments behind their init segment. */
export const TS_INPUTS = { video: 'video.mp4', audio: 'audio.mp4' } as const;

/** The first picture is shown at this time. Pictures are decoded before they are shown, and timestamps cannot be negative. */
export const TS_START_SECONDS = 10;

/** Data arrives this long before it is decoded, by the clock reference: within the second that ISO/IEC 13818-1 2.4.2.7 allows. */
const DELIVERY_SECONDS = 0.5;

/**
 * ffmpeg arguments that copy a piece of a rung, with its sound if it has any, into MPEG-TS segments in the scratch folder. Segments have the
 * frames of the CMAF ones, `frameCounts`, and names by {@link tsSegmentName} from the 1-based `firstNumber` on. Counters go on from one
 * segment to the next and begin at 0.
 */
export function muxTsArgs(piece: { firstNumber: number; frameCounts: readonly number[]; hasAudio: boolean }): string[] {
  const { firstNumber, frameCounts, hasAudio } = piece;
  let frames = 0;
  const bounds = frameCounts.map((count) => (frames += count));
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y'],
    // Times of the title, also behind its first piece.
    ...['-copyts', '-i', TS_INPUTS.video],
    ...(hasAudio ? ['-copyts', '-i', TS_INPUTS.audio] : []),
    ...['-map', '0:v:0', ...(hasAudio ? ['-map', '1:a:0'] : []), '-c', 'copy', '-map_metadata', '-1', '-fflags', '+bitexact'],
    // The muxer delays its timestamps by twice this.
    ...['-muxdelay', String(DELIVERY_SECONDS), '-muxpreload', '0', '-output_ts_offset', String(TS_START_SECONDS - 2 * DELIVERY_SECONDS)],
    // Players begin with a segment, and each opens with its tables.
    ...['-f', 'segment', '-segment_format', 'mpegts', '-segment_format_options', 'pcr_period=20:pat_period=3600:sdt_period=3600'],
    // One header for all: counters go on, and tables are repeated where a segment begins.
    ...['-individual_header_trailer', '0', '-segment_frames', bounds.join(), '-segment_start_number', String(firstNumber)],
    'segment_%05d.ts',
  ];
}
