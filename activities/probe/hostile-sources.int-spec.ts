import { once } from 'node:events';
import { mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../media-tools/run-tool';
import { planSource } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';

jest.setTimeout(60_000);

const LONG_AGO = new Date('2001-01-01T00:00:00Z');

/** Files that name another file or another host. Every one works on a tool that trusts it. */
const TRAPS: [string, (url: string, file: string) => string][] = [
  ['a playlist with a host', (url) => `#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\n${url}\n#EXT-X-ENDLIST\n`],
  ['a playlist with a file', (_, file) => `#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nfile://${file}\n#EXT-X-ENDLIST\n`],
  [
    'a playlist with a key',
    (url, file) => `#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-KEY:METHOD=AES-128,URI="${url}"\n#EXTINF:6,\n${file}\n#EXT-X-ENDLIST\n`,
  ],
  ['a master playlist', (url) => `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n${url}\n`],
  ['a script with a file', (_, file) => `ffconcat version 1.0\nfile '${file}'\n`],
  ['a script with a host', (url) => `ffconcat version 1.0\nfile '${url}'\n`],
  [
    'a DASH manifest',
    (url) =>
      '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT6S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011">' +
      `<Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>${url}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
  ],
  [
    'a session description',
    (url) => `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video ${new URL(url).port} TCP 96\n`,
  ],
  [
    'a VobSub index',
    () => '# VobSub index file, v7 (do not modify this line!)\nsize: 720x576\nid: en, index: 0\ntimestamp: 00:00:01:000, filepos: 0\n',
  ],
  ['a redirector', (url) => `<asx version="3.0"><entry><ref href="${url}"/></entry></asx>`],
  ['a reference movie', (url) => `<?xml version="1.0"?><?quicktime type="application/x-quicktime-media-link"?><embed src="${url}" />`],
];

describe('a file that names other files and hosts', () => {
  const tools = toolPaths();
  const requests: string[] = [];
  let server: Server;
  let folder: string;
  let canary: string;
  let url: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hostile-'));
    canary = join(folder, 'canary.ts');
    await runTool({ tool: tools.ffmpeg, args: ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=64x64:rate=25:duration=1', canary] });
    server = createServer((request, response) => {
      requests.push(request.url ?? '');
      response.end();
    });
    server.on('connection', () => requests.push('connection'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/trap.ts`;
  });

  beforeEach(async () => {
    requests.length = 0;
    // Older than any access, so that the next read moves the access time forward.
    await utimes(canary, LONG_AGO, new Date());
  });

  afterAll(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  const canaryWasRead = async () => (await stat(canary)).atime.getTime() !== LONG_AGO.getTime();

  it.each(TRAPS)('is refused as %s: nothing is fetched and nothing is read', async (_, trap) => {
    const sourcePath = join(folder, 'trap.mp4');
    await writeFile(sourcePath, trap(url, canary));
    await writeFile(join(folder, 'trap.sub'), 'canary');
    const run = { tools, sourcePath, folder, transcodeSlots: 1 };
    await expect(planSource(run)).rejects.toMatchObject({ name: 'ToolError' });
    expect(requests).toEqual([]);
    expect(await canaryWasRead()).toBe(false);
  });

  it('would be followed by a tool that is not held back', async () => {
    const read = async (name: string, content: string) => {
      const path = join(folder, name);
      await writeFile(path, content);
      const args = ['-v', 'error', '-protocol_whitelist', 'file,http,tcp', '-safe', '0', '-i', path, '-show_format'];
      await runTool({
        tool: tools.ffprobe,
        args: name.endsWith('.m3u8') ? args.filter((arg) => arg !== '-safe' && arg !== '0') : args,
      }).catch(() => undefined);
    };
    await read('open.m3u8', `#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\n${url}\n#EXT-X-ENDLIST\n`);
    expect(requests).not.toEqual([]);
    await read('open.ffconcat', `ffconcat version 1.0\nfile '${canary}'\n`);
    expect(await canaryWasRead()).toBe(true);
  });
});
