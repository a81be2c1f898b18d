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

/**
 * How much of a source a tool reads to learn what its tracks are: `near`, as much as the tool does by itself (5 MB or 7 seconds of a broadcast),
 * or `far`, for a track whose first packet comes later.
 */
export type HeadReading = 'near' | 'far';

/** Bytes and microseconds. The tool keeps in memory what it has read so far. */
const FAR = ['-probesize', String(64 * 1024 * 1024), '-analyzeduration', String(600 * 1_000_000)];

/**
 * An input of ffmpeg that decodes a source from the gateway and gives the captions inside its pictures (CEA-608, in CEA-708 also) as a subtitle stream,
 * with the times of the source. Nothing else is opened: the demuxer is the one that the probe found.
 */
export function captionsInput({ url, container }: { url: string; container: string }): string[] {
  const [demuxer = ''] = container.split(',');
  const options = `format_name=${demuxer}:format_opts='protocol_whitelist=http,tcp'`;
  return ['-f', 'lavfi', '-i', `movie=filename='${url.replaceAll(':', String.raw`\:`)}':${options}[out0+subcc]`];
}

/** Input options and `-i` for a source from outside: the gateway's URL, or a file in scratch. Nothing else is opened. */
export function sourceInput(source: string, reading: HeadReading = 'near'): string[] {
  const protocols = source.startsWith('http://') ? 'http,tcp' : 'file';
  const patience = reading === 'far' ? FAR : [];
  return ['-protocol_whitelist', protocols, '-format_whitelist', FORMAT_WHITELIST, ...patience, '-i', source];
}
