import { appendFile, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MIB } from '../../../../temporal/contract/units';
import { postJson } from '../../scenes/post-json';
import { Site } from '../../scenes/site';
import type { Fault } from '../fault';
import type { Scene } from '../scene';
import { until } from '../until';

const LIMIT_MS = 180_000;
/** The smallest part of a pull: `pull-plan.ts`. */
const PART_BYTES = 16 * MIB;
const FILM_BYTES = 4 * PART_BYTES;

/** Faults of pulls. */
export const INGEST_FAULTS: readonly Fault[] = [
  {
    name: 'worker killed in the middle of a pull',
    done: 'SIGKILL to the only worker while a source of 64 MiB is half there, beside three uploads; a supervisor starts it again, and it asks for the ranges that are missing',
    advice: 'Nothing. Parts that are stored are kept.',
    core: false,
    play: async (scene) => {
      const { services, api } = scene.stage;
      const site = await Site.open(await longFilm(scene));
      scene.whenOver(() => site.close());
      site.breaksOffFrom = 2 * PART_BYTES;
      const pulled = await pull(`${site.url}/film.mp4`);
      await scene.startVideos();
      scene.videoIds.push(pulled);
      await until('two parts of the film are there', LIMIT_MS, async () => {
        const { ingest } = await api.progress(pulled);
        return (ingest?.bytes_received ?? 0) >= 2 * PART_BYTES;
      });
      await services.kill('worker');
      site.ranges.length = 0;
      site.breaksOffFrom = Infinity;
      await services.start('worker');
      const overAt = Date.now();
      scene.judgeAlso((videoId) => Promise.resolve(videoId === pulled ? rangeFaults(site.ranges) : []));
      return { overAt };
    },
  },
];

/** The clip followed by a box that readers skip (ISO/IEC 14496-12 8.1.2). */
async function longFilm({ stage }: Scene): Promise<string> {
  const path = join(stage.folder, 'long.mp4');
  await copyFile(stage.clip, path);
  const padding = Buffer.alloc(FILM_BYTES);
  padding.writeUInt32BE(padding.length, 0);
  padding.write('free', 4, 'latin1');
  await appendFile(path, padding);
  return path;
}

async function pull(address: string): Promise<string> {
  const response = await postJson('videos/ingest', { source_url: address });
  if (response.status !== 202) throw new Error(`the pull was answered ${response.status}`);
  return ((await response.json()) as { video_id: string }).video_id;
}

/** After the first byte, which tells of ranges, a pull that goes on asks for nothing that is stored. */
function rangeFaults(ranges: readonly string[]): string[] {
  const again = ranges.filter((range) => range !== 'bytes=0-0' && Number(/^bytes=(\d+)-/.exec(range)?.[1]) < 2 * PART_BYTES);
  return ranges.length > 0 ? again.map((range) => `asked for again: ${range}`) : ['no range was asked for'];
}
