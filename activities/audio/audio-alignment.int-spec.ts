import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readClicks } from '../test-media/clicks';
import { makeBarcodeSource } from '../test-media/make-source';
import { joinRendition, planSource, runAudio } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';

jest.setTimeout(120_000);

const NTSC = { num: 30000, den: 1001 };
const FRAME_COUNT = 391;
const DURATION_SECONDS = (FRAME_COUNT * NTSC.den) / NTSC.num;

/** Half of what viewers forgive, and far above what an AAC encoder smears. */
const MOST_OFFSET_SECONDS = 0.005;

describe('audio', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'audio-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    ['with the picture', 'source.mp4', 0, 0, undefined],
    ['0.7 s after the picture', 'source.mp4', 0.7, 1, undefined],
    ['1.3 s before the picture', 'source.mkv', -1.3, -1, 39],
    ['in MPEG-TS, whose clock does not start at zero', 'source.ts', 0.25, 1, undefined],
  ])('that starts %s stays in step with it', async (_, name, audioDelaySeconds, firstClick, leadSlots) => {
    const tools = toolPaths();
    const source = { ffmpeg: tools.ffmpeg, folder, name, frameRate: NTSC, frameCount: FRAME_COUNT, audioDelaySeconds };
    const run = { tools, sourcePath: await makeBarcodeSource(source), folder, transcodeSlots: 1 };
    const plan = await planSource(run);
    expect(plan.source.video.leadSlots).toBe(leadSlots);
    const pictureSeconds = ((leadSlots ?? 0) * NTSC.den) / NTSC.num;
    const report = await runAudio(run, plan);
    const paths = report.segments.map((segment) => join(folder, 'audio', segment.name));
    const path = await joinRendition(join(folder, 'audio', 'init.mp4'), paths, join(folder, 'joined.mp4'));
    const { onsetSeconds, durationSeconds } = await readClicks({ ffmpeg: tools.ffmpeg, path, scratch: folder });
    const clicks = onsetSeconds.map((seconds) => seconds - pictureSeconds);
    const offsets = clicks.map((seconds) => seconds - Math.round(seconds));
    expect(Math.max(...offsets.map(Math.abs))).toBeLessThan(MOST_OFFSET_SECONDS);
    expect(Math.round(clicks[0] ?? NaN)).toBe(firstClick);
    expect(onsetSeconds.length).toBeGreaterThanOrEqual(11);
    // Sound that starts early is heard before the picture, and sound that starts late goes on behind the last picture, which is held.
    const titleSeconds = pictureSeconds + DURATION_SECONDS + Math.max(0, audioDelaySeconds);
    expect(Math.abs(durationSeconds - titleSeconds)).toBeLessThan(1024 / 48_000 + NTSC.den / NTSC.num);
    expect({ codec: report.codec, timescale: report.timescale }).toEqual({ codec: 'mp4a.40.2', timescale: 48_000 });
  });
});
