/**
 * Containers that hold media themselves. Playlists, concat scripts, SDP and subtitles are left out: they make a demuxer
 * open whatever they name, local files and other hosts included.
 */
const DEMUXERS = [
  'mov', 'matroska', 'avi', 'mpegts', 'mpeg', 'mpegvideo', 'flv', 'asf', 'mxf', 'ogg', 'wtv', 'dv', 'gxf', 'nut', 'rm',
  'gif', 'ivf', 'obu', 'h264', 'hevc', 'm4v', 'yuv4mpegpipe',
] as const;

/** Input options and `-i` for a source from outside: the gateway's URL, or a local file in tests. Nothing else is opened. */
export function sourceInput(source: string): string[] {
  const protocols = source.startsWith('http://') ? 'http,tcp' : 'file';
  return ['-protocol_whitelist', protocols, '-format_whitelist', DEMUXERS.join(','), '-i', source];
}
