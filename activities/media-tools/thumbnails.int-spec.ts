import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { posterArgs, scoreName, SCORE_SIZE, spriteArgs, thumbnailArgs } from '../../workflows/planning/ffmpeg-thumbnails';
import { scoreLuma } from '../../workflows/planning/poster-score';
import { makeBarcodeSource } from '../test-media/make-source';
import { planSource } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';
import { runTool } from './run-tool';

jest.setTimeout(120_000);

describe('thumbnails', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'thumbnails-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('are captured, judged and tiled', async () => {
    const tools = toolPaths();
    const rate = { frameRate: { num: 25, den: 1 }, frameCount: 500, audioDelaySeconds: null };
    const fadeIn = 'fade=in:0:25';
    const sourceUrl = await makeBarcodeSource({ ffmpeg: tools.ffmpeg, folder, name: 'source.mp4', ...rate, pictureFilter: fadeIn });
    const plan = await planSource({ tools, sourcePath: sourceUrl, folder, transcodeSlots: 1 });
    const count = plan.thumbnails.timesMs.length;
    await runTool({ tool: tools.ffmpeg, args: thumbnailArgs({ sourceUrl, plan, firstIndex: 0, count, outFolder: folder }) });
    const scores = [];
    for (let number = 1; number <= count; number++) {
      scores.push(scoreLuma(await readFile(join(folder, scoreName(number))), SCORE_SIZE.width, SCORE_SIZE.height));
    }
    // The first two captures show the black key frame at zero, the others the one at ten seconds.
    expect(scores.map((score) => score > 0.3)).toEqual([false, false, true, true]);
    const poster = { sourceUrl, plan, timeMs: plan.thumbnails.timesMs[2] ?? 0, outPath: join(folder, 'poster.jpg') };
    await runTool({ tool: tools.ffmpeg, args: posterArgs(poster) });
    const sprite = { thumbnails: plan.thumbnails, sheetIndex: 0, thumbFolder: folder, outPath: join(folder, 'sprite_001.jpg') };
    await runTool({ tool: tools.ffmpeg, args: spriteArgs(sprite) });
    expect((await readdir(folder)).filter((name) => name.endsWith('.jpg'))).toEqual(
      expect.arrayContaining(['poster.jpg', 'sprite_001.jpg', 'thumb_001.jpg', 'thumb_004.jpg']),
    );
    expect((await stat(sprite.outPath)).size).toBeGreaterThan((await stat(join(folder, 'thumb_003.jpg'))).size);
  });
});
