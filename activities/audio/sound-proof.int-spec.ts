import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AUDIO_COPY_OFFSET_US } from '../../workflows/planning/source/packet-scan';
import { runTool } from '../media-tools/run-tool';
import { makeBarcodeSource } from '../test-media/make-source';
import { planSource, runAudio, type PipelineRun } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';

jest.setTimeout(120_000);

const FRAME_RATE = { num: 25, den: 1 };
const FRAME_COUNT = 300;

describe('the proof of the finished audio', () => {
  const tools = toolPaths();
  let run: PipelineRun;

  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sound-'));
    const source = { ffmpeg: tools.ffmpeg, folder, name: 'source.mkv', frameRate: FRAME_RATE, frameCount: FRAME_COUNT };
    const sourcePath = await makeBarcodeSource({ ...source, audioDelaySeconds: 0 });
    run = { tools, sourcePath, folder, transcodeSlots: 1 };
  });

  afterEach(() => rm(run.folder, { recursive: true }));

  /** Changes the copy of the sound that the encoder reads, behind the back of the probe. */
  async function changeSound(filter: string): Promise<void> {
    const copy = join(run.folder, 'audio.mka');
    const changed = join(run.folder, 'changed.mka');
    const args = ['-v', 'error', '-copyts', '-i', copy, '-filter_complex', `[0:a]${filter}[a]`, '-map', '[a]', '-c:a', 'flac'];
    await runTool({ tool: tools.ffmpeg, args: [...args, '-avoid_negative_ts', 'disabled', changed] });
    await rename(changed, copy);
  }

  /** Filter that makes sound 30 ms late between two moments of the title. */
  function late(from: number, to: number): string {
    const within = `between(t,${AUDIO_COPY_OFFSET_US / 1e6 + from},${AUDIO_COPY_OFFSET_US / 1e6 + to})`;
    const kept = `[kept]volume=0:enable='${within}'[outside]`;
    const moved = `[moved]adelay=30:all=1,volume=0:enable='not(${within})'[inside]`;
    return `asplit=2[kept][moved];${kept};${moved};[outside][inside]amix=inputs=2:normalize=0`;
  }

  it('passes what the encoder makes', async () => {
    const { segments } = await runAudio(run, await planSource(run));
    expect(segments.length).toBe(2);
  });

  it.each([
    ['30 ms late at the start', late(0, 1.5), /^The finished audio did not pass its check: the sound is (28|32) ms late at 0\.\d s\.$/],
    [
      '30 ms late in the middle',
      late(5.5, 7.5),
      /^The finished audio did not pass its check: the sound is (28|32) ms late at [5-7]\.\d s\.$/,
    ],
    ['30 ms late at the end', late(10.5, 12), /^The finished audio did not pass its check: the sound is (28|32) ms late at 1[01]\.\d s\.$/],
    ['30 ms late everywhere', late(0, 12), /^The finished audio did not pass its check: the sound is (28|32) ms late at 0\.\d s\.$/],
    [
      'cut off',
      `volume=0:enable='gt(t,${AUDIO_COPY_OFFSET_US / 1e6 + 4})'`,
      /^The finished audio did not pass its check: the sound is missing at [45]\.\d s\.$/,
    ],
  ])('refuses sound that is %s', async (_, filter, message) => {
    const plan = await planSource(run);
    await changeSound(filter);
    await expect(runAudio(run, plan)).rejects.toMatchObject({ type: 'OutputInvalid', message: expect.stringMatching(message) });
  });
});
