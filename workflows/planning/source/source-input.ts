/**
 * Containers that hold media themselves. Playlists, concat scripts, SDP and subtitles are left out: they make a demuxer
 * open whatever they name, local files and other hosts included.
 */
const VIDEO_DEMUXERS = [
  'mov',
  'matroska',
  'avi',
  'mpegts',
  'mpeg',
  'mpegvideo',
  'flv',
  'asf',
  'mxf',
  'ogg',
  'wtv',
  'dv',
  'gxf',
  'nut',
  'rm',
  'gif',
  'apng',
  'ivf',
  'obu',
  'h264',
  'hevc',
  'm4v',
  'h261',
  'h263',
  'vvc',
  'avs2',
  'dirac',
  'dnxhd',
  'yuv4mpegpipe',
] as const;

/** Opened to tell a user that this is no video. Pictures are one where many follow each other in a file. */
const OTHER_DEMUXERS = [
  'mp3',
  'wav',
  'flac',
  'aac',
  'ac3',
  'aiff',
  'amr',
  'png_pipe',
  'jpeg_pipe',
  'webp_pipe',
  'bmp_pipe',
  'tiff_pipe',
] as const;

const FORMAT_WHITELIST = [...VIDEO_DEMUXERS, ...OTHER_DEMUXERS].join(',');

/** Input options and `-i` for a source from outside: the gateway's URL, or a file in scratch. Nothing else is opened. */
export function sourceInput(source: string): string[] {
  const protocols = source.startsWith('http://') ? 'http,tcp' : 'file';
  return ['-protocol_whitelist', protocols, '-format_whitelist', FORMAT_WHITELIST, '-i', source];
}
