import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FamilyPlan, Plan } from '../../temporal/contract/media/plan';
import { captureNames, capturesOfChunk } from '../../workflows/planning/encode/captures';
import { chunkArgs } from '../../workflows/planning/encode/chunk-args';
import { H264 } from '../../workflows/planning/families/h264';
import { SCORE_SIZE, SCORES_NAME, thumbnailArgs } from '../../workflows/planning/encode/ffmpeg-thumbnails';
import { scoreLuma } from '../../workflows/planning/encode/poster-score';
import { readBarcodes } from '../test-media/frame-identity';
import { makeBarcodeSource } from '../test-media/make-source';
import { planSource } from '../test-media/run-pipeline';
import { toolPaths, type ToolPaths } from '../test-media/tool-paths';
import { runTool } from '../media-tools/run-tool';

describe('captures and thumbnails', () => {
  const frameRate = { num: 30000, den: 1001 };
  let folder: string;
  let tools: ToolPaths;
  let plan: Plan;

  beforeAll(async () => {
    tools = toolPaths();
    folder = await mkdtemp(join(tmpdir(), 'thumbnails-'));
    // Black for the first three seconds: a poster from there would be useless.
    const black = "drawbox=y=ih/4:w=iw:h=ih:color=black:t=fill:enable='lt(t,3)'";
    const source = { ffmpeg: tools.ffmpeg, folder, name: 'source.mp4', frameRate, frameCount: 1000, audioDelaySeconds: null };
    const sourcePath = await makeBarcodeSource({ ...source, pictureFilter: black });
    plan = await planSource({ tools, sourcePath, folder, transcodeSlots: 2 });
    for (const chunk of plan.chunks) {
      const { rungs } = plan.families[0] as FamilyPlan;
      const outputs = rungs.map((rung) => ({ rung, path: join(folder, `${rung.name}.mp4`) }));
      const captures = capturesOfChunk(plan.thumbnails, chunk, folder);
      await runTool({
        tool: tools.ffmpeg,
        args: chunkArgs({ sourceUrl: sourcePath, plan, family: H264, familyPlan: {}, chunk, outputs, captures, proof: null }),
      });
    }
    await runTool({ tool: tools.ffmpeg, args: thumbnailArgs(plan.thumbnails, folder) });
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('show exactly the planned frames, whichever chunk took them', async () => {
    expect(plan.chunks.length).toBeGreaterThan(1);
    const names = captureNames({ frames: plan.thumbnails.captureFrames, firstNumber: 1, width: 0, height: 0, folder });
    const shown = await Promise.all(
      names.map(async (name) => {
        const scratch = await mkdtemp(join(folder, 'decode-'));
        return (await readBarcodes({ ffmpeg: tools.ffmpeg, path: join(folder, name), scratch }))[0];
      }),
    );
    expect(shown).toEqual(plan.thumbnails.captureFrames);
  });

  it('are all there, with the sheets that the plan counts', async () => {
    const names = await readdir(folder);
    expect(names.filter((name) => name.startsWith('thumb_'))).toHaveLength(plan.thumbnails.captureFrames.length);
    expect(names.filter((name) => name.startsWith('sprite_'))).toEqual(['sprite_001.jpg']);
    expect((await stat(join(folder, 'sprite_001.jpg'))).size).toBeGreaterThan((await stat(join(folder, 'thumb_002.jpg'))).size);
  });

  it('tell a black frame from a picture', async () => {
    const planes = await readFile(join(folder, SCORES_NAME));
    const bytes = SCORE_SIZE.width * SCORE_SIZE.height;
    const scores = plan.thumbnails.captureFrames.map((_, index) =>
      scoreLuma(planes.subarray(index * bytes, (index + 1) * bytes), SCORE_SIZE.width, SCORE_SIZE.height),
    );
    expect(scores[0]).toBeLessThan(0.3);
    expect(Math.min(...scores.slice(1))).toBeGreaterThan(0.5);
  });
});
