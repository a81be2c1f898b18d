import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityFaults, matchFrames, readLuma, readPts } from '../../../activities/test-media/frame-identity';
import { toolPaths } from '../../../activities/test-media/tool-paths';
import { projectRoot } from '../../../infra/stack/setup/project-root';
import { slotOfPts } from '../../../workflows/planning/timeline/timeline';
import { downloadAudio, downloadRenditions, processFile, type DownloadedRendition } from '../scenes/published-video';

const CLIPS = join(projectRoot(), 'apps', 'e2e', 'clips');

describe('real clips of the odd kind', () => {
  const { ffmpeg } = toolPaths();
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sprocket-e2e-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  const luma = (path: string) => readLuma({ ffmpeg, path, scratch: folder });

  async function published(name: string): Promise<{ videoId: string; renditions: DownloadedRendition[] }> {
    const { videoId, status } = await processFile(join(CLIPS, name));
    expect(status).toBe('ready');
    return { videoId, renditions: await downloadRenditions(videoId, folder) };
  }

  /** Differences over all frames; the second is that of pictures turned by 180 degrees. */
  function differences(source: readonly Uint8Array[], output: readonly Uint8Array[]): [asShown: number, turned: number] {
    const sum = (turn: (picture: Uint8Array) => Uint8Array) =>
      output.reduce((total, frame, index) => {
        const picture = turn(source[index] as Uint8Array);
        return total + frame.reduce((difference, value, at) => difference + Math.abs(value - (picture[at] as number)), 0);
      }, 0);
    return [sum((picture) => picture), sum((picture) => Uint8Array.from(picture).reverse())];
  }

  it('a phone clip that its container turns by 180 degrees is exact, and turned as players turn it', async () => {
    const { videoId, renditions } = await published('bbb-180rotated.mov');
    expect(renditions.map(({ name }) => name)).toEqual(['240p']);
    const source = await luma(join(CLIPS, 'bbb-180rotated.mov'));
    const output = await luma(renditions[0]?.path ?? '');
    expect(identityFaults(matchFrames(source, output), 49)).toEqual([]);
    const [asShown, turned] = differences(source, output);
    expect(asShown).toBeLessThan(turned / 3);
    expect(await downloadAudio(videoId, folder)).not.toBeNull();
  });

  it('a screen recording of variable rate shows every picture at its time, in every rendition', async () => {
    const { renditions } = await published('cursed-vfr.mp4');
    expect(renditions.map(({ name }) => name)).toEqual(['1386p', '1080p', '720p', '480p', '360p', '240p']);
    const path = join(CLIPS, 'cursed-vfr.mp4');
    const pictures = await luma(path);
    const { timebase, pts } = await readPts({ ffmpeg, path, scratch: folder });
    // Most of its frames follow each other after 24 to 26 ms; at an average rate some were never shown.
    const frameRate = { num: 48000, den: 1001 };
    const slots = pts.map((value) => slotOfPts(value, pts[0] ?? 0, { timebase, frameRate }));
    for (const rendition of renditions) {
      const output = await luma(rendition.path);
      const wanted = output.map((_, slot) => pictures[slots.findLastIndex((start) => start <= slot)] as Uint8Array);
      expect(output).toHaveLength(418);
      expect(identityFaults(matchFrames(wanted, output), 418)).toEqual([]);
      const grid = await readPts({ ffmpeg, path: rendition.path, scratch: folder });
      expect(grid.pts).toEqual(output.map((_, slot) => slot * frameRate.den));
    }
  });
});
