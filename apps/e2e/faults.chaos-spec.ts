import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { defaultHomeFolder } from '../../infra/stack/home/stack-home';
import { FAULTS } from './faults/faults';
import { faultsPage, type Outcome } from './faults/faults-table';
import { workBelow, unfinished } from './faults/leftovers';
import { runFault } from './faults/run-fault';
import { Scene } from './faults/scene';
import { Stage } from './faults/stage';

const OPTIONS = { videos: 3, clipSeconds: 12, outageMs: Number(process.env['CHAOS_OUTAGE_SECONDS'] ?? 60) * 1000 };

/** Outcomes of the last runs with the same options: a run of some faults replaces their rows and keeps the others. */
const MEMORY_PATH = join(defaultHomeFolder(), 'test-reports', 'faults.json');
const PAGE_PATH = join(projectRoot(), 'docs', 'faults.md');

describe('the fault matrix', () => {
  const outcomes = lastOutcomes();
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open(OPTIONS);
  });

  afterAll(async () => {
    await writeFile(MEMORY_PATH, JSON.stringify({ options: OPTIONS, outcomes }, null, 2));
    if (FAULTS.every(({ name }) => outcomes[name])) await writeFile(PAGE_PATH, faultsPage(FAULTS, outcomes, OPTIONS));
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
      outcomes[fault.name] = 'WRONG: it did not come to its end';
      const result = await runFault(stage, fault);
      outcomes[fault.name] = result;
      process.stderr.write(`${fault.name}: ${JSON.stringify(result)}\n`);
      expect(result.wrong).toEqual([]);
    });
    if (obstacle === null) continue;
    outcomes[fault.name] = `not played: ${obstacle}`;
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

function lastOutcomes(): Record<string, Outcome> {
  if (!existsSync(MEMORY_PATH)) return {};
  const { options, outcomes } = JSON.parse(readFileSync(MEMORY_PATH, 'utf8')) as { options: unknown; outcomes: Record<string, Outcome> };
  return JSON.stringify(options) === JSON.stringify(OPTIONS) ? outcomes : {};
}
