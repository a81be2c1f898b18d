/**
 * Containers that hold media themselves. Playlists, concat scripts, SDP and subtitles are left out: they make a demuxer
 * open whatever they name, local files and other hosts included.
 */
const DEMUXERS = [
  'mov', 'matroska', 'avi', 'mpegts', 'mpeg', 'mpegvideo', 'flv', 'asf', 'mxf', 'ogg', 'wtv', 'dv', 'gxf', 'nut', 'rm',
  'gif', 'ivf', 'obu', 'h264', 'hevc', 'm4v', 'yuv4mpegpipe',
] as const;

/** Input options for every tool that reads a file from outside: only these containers, only the loopback gateway. */
export const INPUT_SAFETY_ARGS: readonly string[] = [
  '-protocol_whitelist', 'http,tcp',
  '-format_whitelist', DEMUXERS.join(','),
];
