import { postJson } from '../../scenes/post-json';
import { apiUrl } from '../../scenes/published-video';
import { Site } from '../../scenes/site';
import type { Fault, Played } from '../fault';
import type { Scene } from '../scene';
import type { StackServiceName } from '../stack-services';
import { until } from '../until';

const LIMIT_MS = 240_000;
/** A delivery whose answer was lost is sent again after its lease of a minute. */
const DELIVERED_WITHIN_MS = 180_000;

/** Faults in the moment in which a receiver has an event and its answer is on the way. Every event comes, with one id, in the order of its video. */
export const WEBHOOK_FAULTS: readonly Fault[] = [
  {
    name: 'dispatcher of webhooks killed',
    done: 'SIGKILL to the worker that sends events before it has the answer to the first `video.playable`; a supervisor starts it again',
    advice: 'Nothing. Events whose answer was lost come a minute later, with the same id.',
    core: false,
    play: (scene) => killedWhileItTells(scene, 'worker'),
  },
  {
    name: 'MySQL killed while events are sent',
    done: 'SIGKILL to the database before the answer to the first `video.playable`; a supervisor starts it again',
    advice: 'Nothing. Events are rows of the change that they tell of, so none is lost.',
    core: false,
    play: (scene) => killedWhileItTells(scene, 'mysql'),
  },
  {
    name: 'Temporal killed while events are sent',
    done: 'SIGKILL to the workflow service before the answer to the first `video.playable`; a supervisor starts it again',
    advice: 'Nothing. The dispatcher begins again with what is due.',
    core: false,
    play: (scene) => killedWhileItTells(scene, 'temporal'),
  },
];

async function killedWhileItTells(scene: Scene, name: StackServiceName): Promise<Played> {
  const { services, clip } = scene.stage;
  const site = await Site.open(clip);
  scene.whenOver(() => site.close());
  const webhookId = await hearOfAll(site);
  scene.whenOver(() => void fetch(`${apiUrl()}/api/v1/webhooks/${webhookId}`, { method: 'DELETE' }).catch(() => undefined));
  let killed: Promise<void> | undefined;
  site.beforeAnswer = ({ type }) => {
    if (type === 'video.playable') killed ??= services.kill(name);
  };
  await scene.startVideos();
  await until('the receiver has an event', LIMIT_MS, () => Promise.resolve(killed !== undefined));
  const since = Date.now();
  await killed;
  await services.start(name);
  scene.judgeAlso((videoId) => eventFaults(scene, site, videoId));
  return { overAt: Date.now(), outageMs: Date.now() - since };
}

/** Resolves to the id of a webhook for all videos. */
async function hearOfAll(site: Site): Promise<string> {
  const response = await postJson('webhooks', { url: `${site.url}/hook` });
  if (response.status !== 201) throw new Error(`the webhook was answered ${response.status}`);
  const { webhook_id: webhookId, secret } = (await response.json()) as { webhook_id: string; secret: string };
  site.setSecret(secret);
  return webhookId;
}

/** Problems with what the receiver heard of a video, once it has heard all that the database tells or its time is over. */
async function eventFaults(scene: Scene, site: Site, videoId: string): Promise<string[]> {
  const rows = scene.stage.db.selectFrom('videoEvents').select('eventId').where('videoId', '=', videoId).orderBy('sequence');
  const told = (await rows.execute()).map(({ eventId }) => eventId);
  const heard = () => [...new Set(site.events.filter(({ data }) => data['video_id'] === videoId).map(({ id }) => id))];
  await until('every event is heard', DELIVERED_WITHIN_MS, () => Promise.resolve(heard().length >= told.length)).catch(() => undefined);
  const [first, wanted] = [heard().join(' '), told.join(' ')];
  return told.length >= 3 && first === wanted ? [] : [`events of a video: heard ${first}, told ${wanted}`];
}
