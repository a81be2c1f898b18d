import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityFaults, matchFrames, readLuma, readPts } from '../../../activities/test-media/frame-identity';
import { toolPaths } from '../../../activities/test-media/tool-paths';
import { projectRoot } from '../../../infra/stack/setup/project-root';
import { downloadAudio, downloadRenditions, processFile } from '../scenes/published-video';

const DEMO_CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
const CLIPS = join(projectRoot(), 'apps', 'e2e', 'clips');

interface Clip {
  path: string;
  frameCount: number;
  frameRate: { num: number; den: number };
  rungs: string[];
  audio: boolean;
}

const clips: [string, Clip][] = [
  [
    'a film at 24 frames a second',
    { path: DEMO_CLIP, frameCount: 720, frameRate: { num: 24, den: 1 }, rungs: ['480p', '360p', '240p'], audio: true },
  ],
  [
    'a camera at 12.5',
    {
      path: join(CLIPS, 'car-detection.mp4'),
      frameCount: 377,
      frameRate: { num: 25, den: 2 },
      rungs: ['432p', '360p', '240p'],
      audio: true,
    },
  ],
  [
    'a camera at 179/6, silent',
    { path: join(CLIPS, 'bottle-detection.mp4'), frameCount: 1189, frameRate: { num: 179, den: 6 }, rungs: ['360p', '240p'], audio: false },
  ],
];

describe.each(clips)('%s', (_, clip) => {
  const { ffmpeg } = toolPaths();
  let folder: string;
  let videoId: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sprocket-e2e-'));
    const ended = await processFile(clip.path);
    expect(ended).toMatchObject({ status: 'ready', percent: 100 });
    videoId = ended.videoId;
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('is published with every source frame once, in order, one step apart, in every rendition', async () => {
    const renditions = await downloadRenditions(videoId, folder);
    expect(renditions.map(({ name }) => name)).toEqual(clip.rungs);
    const source = await readLuma({ ffmpeg, path: clip.path, scratch: folder });
    expect(source).toHaveLength(clip.frameCount);
    for (const { path } of renditions) {
      const input = { ffmpeg, path, scratch: folder };
      expect(identityFaults(matchFrames(source, await readLuma(input)), clip.frameCount)).toEqual([]);
      const { timebase, pts } = await readPts(input);
      expect(timebase).toEqual({ num: 1, den: clip.frameRate.num });
      expect(pts).toEqual(Array.from({ length: clip.frameCount }, (__, frame) => frame * clip.frameRate.den));
    }
  });

  it('would not pass with one frame too many at any segment start', async () => {
    const source = await readLuma({ ffmpeg, path: clip.path, scratch: folder });
    const framesPerSegment = Math.round((6 * clip.frameRate.num) / clip.frameRate.den);
    for (let start = framesPerSegment; start + framesPerSegment <= clip.frameCount; start += framesPerSegment) {
      const doubled = [...source.slice(0, start), ...source.slice(start - 1, -1)];
      expect(identityFaults(matchFrames(source, doubled), clip.frameCount)).not.toEqual([]);
    }
  });

  it(clip.audio ? 'has its audio' : 'has no audio', async () => {
    expect((await downloadAudio(videoId, folder)) !== null).toBe(clip.audio);
  });
});
