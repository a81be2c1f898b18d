import { setTimeout as sleep } from 'node:timers/promises';
import { LOCAL_KEY_PROVIDER } from '../../../../temporal/contract/media/protection';
import type { Fault, Played } from '../fault';
import type { Scene } from '../scene';
import { until } from '../until';

const LIMIT_MS = 180_000;
const SCHEME = 'cbcs';

/** Faults while titles are encrypted. */
export const DRM_FAULTS: readonly Fault[] = [
  {
    name: 'worker killed while it encrypts',
    done: 'SIGKILL to the only worker while finished segments are encrypted; a supervisor starts it again',
    advice: 'Nothing. Pieces that were encrypted are kept.',
    core: false,
    play: async (scene) => {
      await startProtected(scene);
      await untilEncrypting(scene);
      // Another video may still be encoded.
      const mostChunksAgain = (await scene.chunks()).filter(({ status }) => status === 'running').length;
      await scene.stage.services.kill('worker');
      const overAt = Date.now();
      await scene.stage.services.start('worker');
      return { overAt, mostChunksAgain };
    },
  },
  {
    name: 'object storage away while titles are encrypted',
    done: 'the store is stopped and started while finished segments are encrypted',
    advice: 'Start it. No attempt is lost.',
    core: false,
    play: async (scene) => {
      await startProtected(scene);
      await untilEncrypting(scene);
      const startedAt = Date.now();
      const { services, options } = scene.stage;
      await services.stop('s3');
      await sleep(options.outageMs);
      await services.start('s3');
      const overAt = Date.now();
      return { overAt, outageMs: overAt - startedAt, mostChunksAgain: 0 };
    },
  },
  {
    name: 'content keys damaged',
    done: 'rows of `content_keys` hold what no master key opens; they are deleted, and the failed videos retried from `drm`',
    advice: 'Restore the table from its backup, or the master key; then retry. Nothing was published meanwhile.',
    core: false,
    play: damagedKeys,
  },
];

async function startProtected(scene: Scene): Promise<void> {
  await scene.startVideos({ clip: await scene.stage.numberedClip(), drm: { scheme: SCHEME } });
  scene.judge = (videoId) => scene.stage.protectedNumberFaults(videoId);
}

async function untilEncrypting(scene: Scene): Promise<void> {
  await until('segments are encrypted', LIMIT_MS, async () =>
    (await scene.rows()).some(({ taskType, status }) => taskType === 'drm' && status === 'running'),
  );
}

async function damagedKeys(scene: Scene): Promise<Played> {
  const { db, api } = scene.stage;
  await startProtected(scene);
  const key = { provider: LOCAL_KEY_PROVIDER, scheme: SCHEME, label: 'AUDIO', masterKeyId: 'damaged', createdAt: new Date() } as const;
  for (const videoId of scene.videoIds) {
    const kid = videoId.padEnd(32, 'z');
    const row = { ...key, videoId, kid, iv: kid, wrappedKey: Buffer.from('damaged') };
    await db.insertInto('contentKeys').values(row).execute();
  }
  await until('every run waits at the encryption', LIMIT_MS, async () => {
    const videos = await Promise.all(scene.videoIds.map((videoId) => api.progress(videoId)));
    return videos.every(
      ({ status, failed_step: step, error }) => status === 'failed' && step === 'drm' && error?.code === 'KeyProviderDenied',
    );
  });
  await db.deleteFrom('contentKeys').where('videoId', 'in', scene.videoIds).execute();
  const overAt = Date.now();
  for (const videoId of scene.videoIds) await scene.retry(videoId, 'drm');
  return { overAt, mostChunksAgain: 0 };
}
