import { join } from 'node:path';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { SprocketClient } from '../../packages/client/src/sprocket-client';
import { watchVideo } from '../../packages/client/src/watch-video';
import { until } from './faults/until';
import { apiUrl } from './scenes/published-video';
import { postJson } from './scenes/post-json';
import { Site } from './scenes/site';

const DEMO_CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
const EVENTS_WITHIN_MS = 30_000;

describe('a video that is pulled from the site of a customer', () => {
  const api = new SprocketClient({ url: apiUrl() });
  const statuses: string[] = [];
  let site: Site;
  let videoId: string;

  beforeAll(async () => {
    site = await Site.open(DEMO_CLIP);
    const request = {
      source_url: `${site.url}/film.mp4?signature=s3cret`,
      webhook_url: `${site.url}/hook`,
      metadata: { campaign: 'spring' },
    };
    const accepted = await postJson('videos/ingest', request);
    const body = (await accepted.json()) as { video_id: string; source: string; webhook_secret: string };
    expect([accepted.status, body.source]).toEqual([202, `${site.url}/film.mp4`]);
    site.setSecret(body.webhook_secret);
    videoId = body.video_id;
    for await (const { status } of watchVideo(api, videoId)) statuses.push(status);
  });

  afterAll(() => site.close());

  it('ends ready, by requests for ranges, and keeps what was said of it', async () => {
    expect([statuses[0], statuses.at(-1)]).toEqual(['uploading', 'ready']);
    expect(site.ranges.every((range) => range.startsWith('bytes='))).toBe(true);
    const answer = await fetch(`${apiUrl()}/api/v1/videos?metadata.campaign=spring`);
    const { videos } = (await answer.json()) as { videos: { video_id: string; title: string }[] };
    expect(videos).toContainEqual(expect.objectContaining({ video_id: videoId, title: 'film.mp4' }));
  });

  it('tells of itself by signed events, each once and in order', async () => {
    await until('the last event is there', EVENTS_WITHIN_MS, () => Promise.resolve(site.events.some(({ type }) => type === 'video.ready')));
    expect(site.events.map(({ type }) => type)).toEqual(['video.uploaded', 'video.playable', 'video.ready']);
    expect(new Set(site.events.map(({ id }) => id)).size).toBe(3);
    expect(site.events.every(({ data }) => data['video_id'] === videoId)).toBe(true);
    expect(JSON.stringify(site.events)).not.toContain('s3cret');
  });
});
