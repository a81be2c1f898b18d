import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '../../temporal/contract/media/plan';
import { toolPaths } from '../test-media/tool-paths';
import { judgeOutcome } from '../test-media/zoo/judge';
import { runZooSource } from '../test-media/zoo/run-zoo-source';
import { ZooKit, type Recipe } from '../test-media/zoo/zoo-kit';
import { PAL, range, ready, type ReadyExpectation } from '../test-media/zoo/zoo-source';

jest.setTimeout(60_000);

const FRAMES = 50;

describe('sound that starts before the picture', () => {
  const tools = toolPaths();
  let kit: ZooKit;

  beforeAll(async () => {
    kit = new ZooKit(tools.ffmpeg, await mkdtemp(join(tmpdir(), 'early-')));
  });

  afterAll(() => rm(kit.folder, { recursive: true }));

  /** Goes through plan, tools and proofs. Every frame has to be in its slot, every click within 20 ms of its own. */
  async function processed(name: string, recipe: Recipe, expected: ReadyExpectation): Promise<Plan> {
    await kit.encode(name, recipe);
    const folder = kit.path(`${name}.run`);
    const { plan, outcome } = await runZooSource({ tools, sourcePath: kit.path(name), folder, transcodeSlots: 1 });
    expect(await judgeOutcome(tools, outcome, expected, folder)).toEqual([]);
    return plan;
  }

  /** Sound `earlySeconds` before a picture of two seconds, in a title that holds the first picture for `lead` slots. */
  function early(earlySeconds: number, lead: number, recipe: Partial<Recipe> = {}): [Recipe, ReadyExpectation] {
    const made = { frames: FRAMES, audioDelaySeconds: -earlySeconds, audioSeconds: earlySeconds + FRAMES / PAL.num, ...recipe };
    const clicks = range(-Math.floor(earlySeconds), FRAMES / PAL.num).map((second) => second + lead / PAL.num);
    return [made, ready(lead + FRAMES, { frames: [...range(0, lead).map(() => 0), ...range(0, FRAMES)], clicks })];
  }

  it.each([
    ['constant.mkv', 33, {}],
    // The delay of AAC counts as sound where the container does not tell it.
    ['constant.mp4', 34, { output: ['-output_ts_offset', '2'] }],
    ['copied.flv', 34, { video: ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-bf', '2'] }],
  ] as const)('is heard while the first picture is held: %s', async (name, leadSlots, recipe) => {
    const { source } = await processed(name, ...early(1.3, leadSlots, recipe));
    expect(source.video).toMatchObject({ cadence: 'constant', frameCount: FRAMES, leadSlots });
  });

  it('is heard before a picture of a variable rate', async () => {
    const [recipe, { clicks }] = early(1.3, 33, { filter: "select='not(between(n,20,34))'" });
    const frames = [...range(0, 33).map(() => 0), ...range(0, 20), ...range(20, 35).map(() => 19), ...range(35, FRAMES)];
    const { source } = await processed('variable.mkv', recipe, ready(33 + FRAMES, { frames, clicks }));
    expect(source.video.cadence).toBe('variable');
  });

  it('is heard through chunks that begin before the picture', async () => {
    const { chunks } = await processed('long.mkv', ...early(26, 650));
    expect(chunks.map(({ startFrame }) => startFrame)).toEqual([0, 150, 300]);
  });

  it('does not delay a title for less than viewers notice', async () => {
    const [recipe, expected] = early(0.08, 0);
    const { source } = await processed('nearly.mkv', recipe, expected);
    expect(source.video.leadSlots).toBeUndefined();
  });
});
