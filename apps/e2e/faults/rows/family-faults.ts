import type { Fault } from '../fault';
import type { Scene } from '../scene';
import { until } from '../until';

const LIMIT_MS = 180_000;
const LATER = ['hevc', 'av1'] as const;

/** Faults while codec families join published titles. */
export const FAMILY_FAULTS: readonly Fault[] = [
  {
    name: 'worker killed with two families in flight',
    done: 'SIGKILL to the only worker while HEVC and AV1 are encoded for titles that play already; a supervisor starts it again',
    advice: 'Nothing. The titles play on, and each family resumes with the chunks that it has.',
    core: true,
    play: async (scene) => {
      await scene.startVideos({ clip: await scene.stage.numberedClip(), codecs: ['h264', ...LATER] });
      scene.judge = (videoId) => scene.stage.numberFaults(videoId);
      await until('chunks of two families are under way', LIMIT_MS, async () => {
        const running = (await scene.chunks()).filter(({ status }) => status === 'running');
        return LATER.every((family) => running.some(({ codec }) => codec === family));
      });
      const { slots, since } = await killWorker(scene);
      return { overAt: since, mostChunksAgain: slots, startedAgainMs: await scene.untilStartedAgain(since) };
    },
  },
];

/** Resolves to how many chunks it had in its hands. */
async function killWorker(scene: Scene): Promise<{ slots: number; since: number }> {
  const { services } = scene.stage;
  const slots = (await scene.chunks()).filter(({ status }) => status === 'running').length;
  await services.kill('worker');
  const since = Date.now();
  await services.start('worker');
  return { slots, since };
}
