import { join } from 'node:path';
import { createDatabase } from '../../infra/database/database';
import { ProtectionRepository } from '../../infra/database/protection-repository';
import { VideosRepository } from '../../infra/database/videos-repository';
import { createTemporalClient } from '../../temporal/client';
import { protectTitleWorkflowId } from '../../temporal/contract/ids';
import { startProtectTitle } from '../../temporal/protection-commands';
import { ApiClient } from '../client/api-client';
import { apiUrl, processFile } from './scenes/published-video';

const CLIP = join(__dirname, 'clips', 'bbb-180rotated.mov');

it('encrypts a published title with the keys of the installation, and leaves nothing clear to fetch', async () => {
  const ended = await processFile(CLIP);
  expect(ended).toMatchObject({ status: 'ready' });
  const { videoId } = ended;
  const { hls_url } = await new ApiClient(apiUrl()).manifest(videoId);
  const text = async () => (await fetch(hls_url)).text();
  const playlist = /^g1\/.*playlist\.m3u8$/m.exec(await text())?.[0] ?? '';
  const db = createDatabase({ url: process.env['MYSQL_URL'] ?? '' });
  const temporal = createTemporalClient({ address: process.env['TEMPORAL_ADDRESS'] ?? '', namespace: 'default' });
  try {
    const video = await new VideosRepository(db).find(videoId);
    const drm = { scheme: 'cbcs', systems: ['widevine', 'fairplay'], keyProvider: 'local' } as const;
    expect(await new ProtectionRepository(db).ask(video!, drm)).toBe(true);
    await startProtectTitle(temporal, { videoId, generation: 1 }, { creatorId: 'local', priority: 'normal' });
    await temporal.workflow.getHandle(protectTitleWorkflowId(videoId, 1)).result();
  } finally {
    await temporal.connection.close();
    await db.destroy();
  }
  const encrypted = await text();
  expect(encrypted).toContain('#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,');
  expect(encrypted).toMatch(/^g1\/drm\/cbcs\/h264\/\w+\/playlist\.m3u8$/m);
  const statusOf = async (path: string) => (await fetch(new URL(path, hls_url))).status;
  expect(await statusOf(playlist)).toBe(404);
  expect(await statusOf(playlist.replace('playlist.m3u8', 'segment_00001.m4s'))).toBe(404);
  expect(await statusOf(playlist.replace('g1/', 'g1/drm/cbcs/').replace('playlist.m3u8', 'segment_00001.m4s'))).toBe(200);
});
