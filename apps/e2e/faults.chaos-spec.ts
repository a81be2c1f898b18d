import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../infra/stack/project-root';
import { FAULTS } from './faults/faults';
import { faultsPage, type Row } from './faults/faults-table';
import { workBelow, unfinished } from './faults/leftovers';
import { runFault } from './faults/run-fault';
import { Scene } from './faults/scene';
import { Stage } from './faults/stage';

const OPTIONS = { videos: 3, clipSeconds: 12, outageMs: Number(process.env['CHAOS_OUTAGE_SECONDS'] ?? 60) * 1000 };

describe('the fault matrix', () => {
  const rows = new Map<string, Row>();
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open(OPTIONS);
  });

  afterAll(async () => {
    const played = FAULTS.map(({ name }) => rows.get(name)).filter((row) => row !== undefined);
    // Part of the matrix, as with a pattern, says nothing about the rest.
    if (played.length === FAULTS.length) await writeFile(join(projectRoot(), 'docs', 'faults.md'), faultsPage(played, OPTIONS));
    else process.stderr.write(faultsPage(played, OPTIONS));
    await stage.close();
  });

  it('looks for leftovers where they are', async () => {
    const scene = new Scene(stage);
    await scene.startVideos();
    await scene.chunkUnderWay();
    const work = workBelow(scene.scratchRoots);
    expect(work.some((line) => line.includes('ffmpeg'))).toBe(true);
    expect(work.some((line) => /\/transcode-\w{6}$/.test(line))).toBe(true);
    expect(unfinished(await scene.rows())).not.toEqual([]);
    await runToTheEnd(scene.videoIds);
  });

  for (const fault of FAULTS) {
    const obstacle = fault.obstacle?.() ?? null;
    (obstacle === null ? it : it.skip)(fault.name, async () => {
      rows.set(fault.name, { fault, instead: 'WRONG: it did not come to its end' });
      const result = await runFault(stage, fault);
      rows.set(fault.name, { fault, result });
      process.stderr.write(`${fault.name}: ${JSON.stringify({ ...result, fault: undefined })}\n`);
      expect(result.wrong).toEqual([]);
    });
    if (obstacle === null) continue;
    rows.set(fault.name, { fault, instead: `not played: ${obstacle}` });
    process.stderr.write(`not played: ${fault.name}: ${obstacle}\n`);
  }

  /** No fault at all: the checks find nothing, and nothing is done twice. */
  async function runToTheEnd(videoIds: string[]): Promise<void> {
    const play = async (scene: Scene) => {
      scene.videoIds = videoIds;
      return { overAt: Date.now(), mostChunksAgain: 0 };
    };
    const { wrong, chunksAgain, othersAgain } = await runFault(stage, { name: 'none', done: '', advice: '', core: false, play });
    expect({ wrong, chunksAgain, othersAgain }).toEqual({ wrong: [], chunksAgain: 0, othersAgain: [] });
  }
});
