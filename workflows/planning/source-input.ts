/**
 * Containers that hold media themselves. Playlists, concat scripts, SDP and image sequences are left out: they make a
 * demuxer open whatever they name, local files and other hosts included.
 */
const DEMUXERS = [
  ...['mov', 'matroska', 'avi', 'mpegts', 'mpeg', 'mpegvideo', 'flv', 'asf', 'mxf', 'ogg', 'wtv', 'dv', 'gxf', 'nut', 'rm'],
  ...['gif', 'ivf', 'obu', 'h264', 'hevc', 'm4v', 'yuv4mpegpipe'],
].join(',');

/** Input options and `-i` for a source: an HTTP URL of the source gateway, or a local file. Nothing else can be opened. */
export function sourceInput(source: string): string[] {
  return [...accessArgs(source), '-format_whitelist', DEMUXERS, '-i', source];
}

function accessArgs(source: string): string[] {
  if (!source.startsWith('http://')) return ['-protocol_whitelist', 'file'];
  // A dropped connection costs one request, not the whole task.
  const reconnect = ['-reconnect', '1', '-reconnect_on_network_error', '1', '-reconnect_delay_max', '8'];
  return ['-protocol_whitelist', 'http,tcp', ...reconnect];
}
