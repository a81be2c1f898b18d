import { setTimeout as sleep } from 'node:timers/promises';
import { SprocketClient } from '../../../../packages/client/src/sprocket-client';
import { apiUrl } from '../../scenes/published-video';
import type { Fault, Played } from '../fault';
import type { Scene } from '../scene';
import type { StackServiceName } from '../stack-services';

/** Faults of the service's dependencies. */
export const SERVICE_FAULTS: readonly Fault[] = [
  {
    name: 'MySQL restarted',
    done: 'the database is stopped and started while chunks are encoded',
    advice: 'Nothing. When it stays away, start it: tasks wait for it and lose no attempt.',
    core: true,
    play: (scene) => restarted(scene, 'mysql', 0),
  },
  {
    name: 'Temporal restarted',
    done: 'the workflow service is stopped and started while chunks are encoded',
    advice: 'Nothing. When it stays away, start it: its history is in its own database.',
    core: true,
    play: (scene) => restarted(scene, 'temporal', 0),
  },
  {
    name: 'object storage away',
    done: 'the store is stopped and started while chunks are encoded',
    advice: 'Start it. Tasks hold on to what they have made for two minutes; after that they are tried again and lose no attempt.',
    core: true,
    play: async (scene) => ({ ...(await restarted(scene, 's3', scene.stage.options.outageMs)), mostChunksAgain: 0 }),
  },
  {
    name: 'API restarted during an upload',
    done: 'the API is stopped after it signed the parts; clients complete their uploads while it is away',
    advice: 'Nothing. Parts go to the store directly, and clients repeat their calls.',
    core: false,
    play: async (scene) => {
      let overAt = 0;
      const { services } = scene.stage;
      const api = new (class extends SprocketClient {
        private stopped: Promise<void> | undefined;
        private back: Promise<void> | undefined;

        override async completeUpload(videoId: string): Promise<void> {
          // Once for all uploads; those that have not come so far meet the stopped API earlier.
          await (this.stopped ??= services.stop('api'));
          this.back ??= services.start('api').then(() => void (overAt = Date.now()));
          await Promise.all([super.completeUpload(videoId), this.back]);
        }
      })({ url: apiUrl() });
      await scene.startVideos({ api });
      return { overAt, mostChunksAgain: 0 };
    },
  },
];

/** Stops a service in the middle of a chunk and starts it again; its end and its start are part of the fault. */
async function restarted(scene: Scene, name: StackServiceName, outageMs: number): Promise<Played> {
  await scene.startVideos();
  await scene.chunkUnderWay();
  const startedAt = Date.now();
  await scene.stage.services.stop(name);
  await sleep(Math.max(0, outageMs - (Date.now() - startedAt)));
  await scene.stage.services.start(name);
  return { overAt: Date.now(), outageMs: Date.now() - startedAt };
}
