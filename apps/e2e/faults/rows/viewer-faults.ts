import { setTimeout as sleep } from 'node:timers/promises';
import { EarlyViewers } from '../../scenes/early-viewers';
import type { Fault, Played } from '../fault';
import type { Scene } from '../scene';
import type { StackServiceName } from '../stack-services';
import { until } from '../until';

/** Long enough for chunks that are not made when the title opens. */
const FILM_SECONDS = 48;
/** Of each title. All of them ask for all segments at once. */
const VIEWERS = 5;
/** Longer than a request is held. */
const AWAY_MS = 20_000;
const LIMIT_MS = 240_000;
/** Connections of the API to what it depends on come and go. */
const OTHER_SOCKETS = 20;

/** Faults while requests for segments are held. Viewers see nothing but 200 and 503, and get the bytes that are published. */
export const VIEWER_FAULTS: readonly Fault[] = [
  {
    name: 'worker killed while viewers wait',
    done: 'SIGKILL to the only worker while requests for segments are held that it makes; a supervisor starts it again',
    advice: 'Nothing. Requests end with 503 after 15 s, and players ask again.',
    core: false,
    play: (scene) => awaited(scene, 'worker', 0),
  },
  {
    name: 'MySQL killed while viewers wait',
    done: 'SIGKILL to the database while requests for segments are held; a supervisor starts it again',
    advice: 'Nothing. When it stays away, start it: requests end with 503 meanwhile.',
    core: false,
    play: (scene) => awaited(scene, 'mysql', AWAY_MS),
  },
  {
    name: 'object storage killed while viewers wait',
    done: 'SIGKILL to the store while requests for segments are held; a supervisor starts it again',
    advice: 'Nothing. When it stays away, start it: requests end with 503 meanwhile.',
    core: false,
    play: (scene) => awaited(scene, 's3', AWAY_MS),
  },
];

async function awaited(scene: Scene, name: StackServiceName, awayMs: number): Promise<Played> {
  const { stage } = scene;
  const clip = await stage.numberedClip(FILM_SECONDS);
  const socketsBefore = stage.services.socketsOf('api');
  await scene.startVideos({ clip });
  const opening = scene.videoIds.map(async (videoId) => {
    const viewers = await EarlyViewers.open(stage.api, videoId, VIEWERS);
    scene.whenOver(() => viewers.close());
    return { videoId, viewers };
  });
  const everyTitle = Promise.all(opening);
  everyTitle.catch(() => undefined);
  const { viewers } = await Promise.race(opening);
  if (viewers.missing === 0) throw new Error('everything was made before viewers could wait for it');
  const since = Date.now();
  await stage.services.kill(name);
  await sleep(awayMs);
  await stage.services.start(name);
  scene.judge = (videoId) => stage.numberFaults(videoId, FILM_SECONDS);
  scene.judgeAlso(async (videoId) => {
    const title = (await everyTitle).find((one) => one.videoId === videoId);
    return [...((await title?.viewers.faults()) ?? []), ...(await leaks(scene, socketsBefore))];
  });
  return { overAt: Date.now(), outageMs: Date.now() - since };
}

/** Sockets of viewers that the API has not closed when they are served. */
async function leaks({ stage }: Scene, before: number): Promise<string[]> {
  const most = before + OTHER_SOCKETS;
  const ended = await until('the sockets of viewers are closed', LIMIT_MS, () =>
    Promise.resolve(stage.services.socketsOf('api') <= most),
  ).catch(() => false);
  return ended ? [] : [`the API has ${stage.services.socketsOf('api')} open sockets, ${before} before`];
}
