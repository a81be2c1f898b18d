import { failed, SHORT, type ZooSource } from './zoo-source';
import type { ZooKit } from './zoo-kit';

/** Where the traps point: a test may listen there, and keep a file there. */
const TRAP = { url: 'http://127.0.0.1:47999/trap', file: '/etc/hostname' } as const;

const PIXEL = ['-f', 'lavfi', '-i', 'color=red:size=320x180:rate=25'];

/** Files that are no video, too much video, or a way to make the service read something else. */
export const REFUSALS: readonly ZooSource[] = [
  refused('audio-only.m4a', 'no picture', 'SourceUnsupported', (kit, path) => kit.ffmpeg(['-f', 'lavfi', '-i', 'sine=duration=2', path])),
  refused('song.mp3', 'no picture but a cover', 'SourceUnsupported', async (kit, path) => {
    await kit.ffmpeg([...PIXEL, '-frames:v', '1', kit.path('song.png')]);
    const cover = ['-i', kit.path('song.png'), '-map', '0', '-map', '1', '-disposition:v', 'attached_pic'];
    await kit.ffmpeg(['-f', 'lavfi', '-i', 'sine=duration=2', ...cover, path]);
  }),
  refused('still.png', 'a still image', 'SourceUnsupported', (kit, path) => kit.ffmpeg([...PIXEL, '-frames:v', '1', path])),
  refused('still.jpg', 'a photograph', 'SourceUnsupported', (kit, path) => kit.ffmpeg([...PIXEL, '-frames:v', '1', path])),
  text('text.mp4', 'text under another name', 'Dear editor, here is my film.\n'.repeat(200)),
  refused('noise.mp4', 'nothing but noise', 'SourceUnreadable', (kit) => kit.write('noise.mp4', noise(200_000))),
  refused('no-index.mp4', 'cut off before its index', 'SourceUnreadable', async (kit) => {
    await kit.encode('no-index.base.mp4', { frames: SHORT });
    await kit.patch('no-index.base.mp4', 'no-index.mp4', (bytes) => bytes.subarray(0, bytes.length >> 1));
  }),
  refused('cut-off.mp4', 'cut off behind its index', 'SourceUnreadable', async (kit) => {
    await kit.encode('cut-off.base.mp4', { frames: SHORT, output: ['-movflags', '+faststart'] });
    await kit.patch('cut-off.base.mp4', 'cut-off.mp4', (bytes) => bytes.subarray(0, Math.round(bytes.length * 0.7)));
  }),
  refused('undecodable.mp4', 'no frame can be decoded', 'SourceUnreadable', async (kit) => {
    await kit.encode('undecodable.base.mp4', { frames: SHORT, audio: null });
    await kit.patch('undecodable.base.mp4', 'undecodable.mp4', (bytes) => {
      const media = bytes.indexOf('mdat') + 4;
      const end = bytes.indexOf('moov') - 4;
      return Buffer.concat([bytes.subarray(0, media), noise(end - media), bytes.subarray(end)]);
    });
  }),
  refused('no-size.avi', 'a picture of 0x0', 'SourceUnreadable', async (kit) => {
    await kit.encode('no-size.base.avi', { frames: 5, video: ['-c:v', 'rawvideo', '-pix_fmt', 'bgr24'], audio: null });
    await kit.patch('no-size.base.avi', 'no-size.avi', (bytes) => {
      const format = bytes.indexOf('strf') + 8;
      return Buffer.from(bytes).fill(0, format + 4, format + 12);
    });
  }),
  refused('empty-track.mp4', 'a track without a frame', 'SourceUnreadable', (kit, path) =>
    kit.ffmpeg([...PIXEL, '-frames:v', '0', '-c:v', 'libx264', '-movflags', '+empty_moov+frag_keyframe', path]),
  ),
  refused('tiny.mkv', 'a picture of 1x1', 'SourceUnsupported', (kit, path) =>
    kit.ffmpeg(['-f', 'lavfi', '-i', 'color=red:size=1x1:rate=25', '-frames:v', '3', '-c:v', 'ffv1', path]),
  ),
  refused('wide.mkv', '9000 pixels wide', 'SourceTooLarge', (kit, path) =>
    kit.ffmpeg(['-f', 'lavfi', '-i', 'color=red:size=9000x16:rate=25', '-frames:v', '3', '-c:v', 'ffv1', path]),
  ),
  refused('hasty.mkv', '500 frames a second', 'SourceTooLarge', (kit, path) =>
    kit.ffmpeg(['-f', 'lavfi', '-i', 'color=red:size=64x64:rate=500', '-frames:v', '500', '-c:v', 'ffv1', path]),
  ),
  refused('endless.mkv', '13 hours', 'SourceTooLarge', (kit, path) =>
    kit.ffmpeg(['-f', 'lavfi', '-i', 'color=red:size=64x64:rate=1/3600', '-frames:v', '14', '-c:v', 'ffv1', path]),
  ),
  refused('crowded.mkv', '70 streams', 'SourceTooLarge', (kit, path) =>
    kit.ffmpeg([
      ...PIXEL,
      '-f',
      'lavfi',
      '-i',
      'sine=duration=0.2',
      '-map',
      '0',
      ...Array.from({ length: 69 }, () => ['-map', '1']).flat(),
      '-t',
      '0.2',
      path,
    ]),
  ),
  text(
    'playlist.m3u8',
    'a playlist that names another host',
    `#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\n${TRAP.url}\n#EXT-X-ENDLIST\n`,
  ),
  text(
    'playlist.mp4',
    'a playlist that names a local file',
    `#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nfile://${TRAP.file}\n#EXT-X-ENDLIST\n`,
  ),
  text('concat.mp4', 'a script that names a local file', `ffconcat version 1.0\nfile '${TRAP.file}'\nfile '${TRAP.url}'\n`),
  text(
    'session.sdp',
    'a session that names another host',
    'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 47999 RTP/AVP 96\na=rtpmap:96 H264/90000\n',
  ),
  text(
    'manifest.mpd',
    'a manifest that names another host',
    `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT6S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>${TRAP.url}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
  ),
  text(
    'subtitle.idx',
    'a subtitle that names another file',
    '# VobSub index file, v7 (do not modify this line!)\nsize: 720x576\nid: en, index: 0\ntimestamp: 00:00:01:000, filepos: 000000000\n',
  ),
  text('redirect.asx', 'a redirector', `<asx version="3.0"><entry><ref href="${TRAP.url}"/></entry></asx>`),
];

function refused(
  name: string,
  about: string,
  failure: Parameters<typeof failed>[0],
  make: (kit: ZooKit, path: string) => Promise<void>,
): ZooSource {
  return { name, about, expect: failed(failure), make: (kit) => make(kit, kit.path(name)) };
}

function text(name: string, about: string, content: string): ZooSource {
  return refused(name, about, 'SourceUnreadable', (kit) => kit.write(name, content));
}

/** The same noise every time (xorshift). */
function noise(length: number): Buffer {
  let state = 0x2545f491;
  return Buffer.from(
    Array.from({ length }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state & 0xff;
    }),
  );
}
