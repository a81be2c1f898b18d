import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { audio } from '../audio/audio';
import { runTool } from '../media-tools/run-tool';
import { packageManifests } from '../package/package-manifests';
import { probe } from '../probe/probe';
import { split } from '../split/split';
import { openActivityStand, type ActivityStand } from '../test-media/activity-stand';
import { transcodeChunk } from '../transcode/transcode-chunk';

const FILM = 'testsrc2=size=1280x720:rate=25:duration=3';
const DARK = `${FILM},eq=brightness=-0.42:contrast=0.25`;
/** Seconds by which the picture starts after the sound. */
const LATE = 0.083;

interface Hard {
  /** A lavfi source. */
  picture: string;
  /** Of the picture. */
  input?: string[];
  output?: string[];
}

/** Exact output of these comes close to what the gates look for: black, still, and unlike the source. */
const HARD: Record<string, Hard> = {
  'a fade in from black': { picture: `${FILM},fade=in:d=1` },
  'a fade in that is over after four frames': { picture: `${FILM},fade=in:0:4` },
  'a turned, fragmented clip that starts late and fades in': {
    picture: `${FILM},fade=in:d=0.8`,
    input: ['-itsoffset', String(LATE)],
    output: ['-movflags', '+frag_keyframe+empty_moov'],
  },
  'a fade out to black': { picture: `${FILM},fade=out:st=2:d=0.9` },
  'a dip to black': { picture: `${FILM},eq=eval=frame:brightness='-max(0,1-abs(t-1.5)/0.4)'` },
  'single white frames': { picture: `${FILM},drawbox=color=white:t=fill:enable='eq(mod(n,20),7)'` },
  'single black frames': { picture: `${FILM},drawbox=color=black:t=fill:enable='eq(mod(n,20),7)'` },
  'a strobe': { picture: `${FILM},drawbox=color=white:t=fill:enable='lt(mod(n,4),2)'` },
  lightning: { picture: `${DARK},drawbox=color=white:t=fill:enable='between(n,30,31)+eq(n,34)'` },
  'a dark scene': { picture: DARK },
  'a dark scene with grain': { picture: `${DARK},noise=alls=4:allf=t` },
  'a light that moves in the dark': {
    picture:
      'color=black:size=1280x720:rate=25:duration=3[night];color=0x303030:size=40x40:rate=25:duration=3[light];' +
      "[night][light]overlay=x='200+n*4':y=300",
  },
  'a still with one cut': { picture: `${FILM},loop=-1:1:0,trim=duration=3,hue=h=120:enable='gt(t,1.5)'` },
  'stills that change slowly': { picture: `${FILM},loop=-1:1:0,trim=duration=3,hue=h='t*20'` },
  'a cut with every third frame': { picture: `${FILM},hue=h='trunc(n/3)*97'` },
};

let stand: ActivityStand;
beforeAll(async () => {
  stand = await openActivityStand();
});
afterAll(() => stand.close());

it.each(Object.entries(HARD))('%s passes every gate in every rendition', async (name, source) => {
  const path = await make(name, source);
  const videoId = await stand.addVideo({}, await readFile(path));
  const run = { videoId, generation: 1 };
  await stand.run(probe, run);
  const { planSha256, families } = await stand.run(split, run);
  const plan = { ...run, planSha256 };
  for (const { family, chunkCount } of families)
    for (let chunkIndex = 0; chunkIndex < chunkCount; chunkIndex++)
      await stand.run(transcodeChunk, { ...plan, family, chunkIndex, chunkCount });
  await stand.run(audio, { ...plan, redo: false });
  await stand.run(packageManifests, plan);
  const video = await stand.deps.videos.find(videoId);
  expect({ warnings: video?.warnings, problems: video?.qualitySummary?.problemCount }).toEqual({ warnings: [], problems: 0 });
  expect(video?.qualitySummary?.worstVmaf).toBeGreaterThan(70);
});

async function make(name: string, { picture, input = [], output = [] }: Hard): Promise<string> {
  const path = join(stand.folder, `${name.replaceAll(/\W+/g, '-')}.mp4`);
  const sources = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=3', ...input, '-f', 'lavfi', '-i', picture];
  const encoders = ['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'];
  await runTool({ tool: stand.deps.tools.ffmpeg, args: ['-v', 'error', ...sources, ...encoders, ...output, path] });
  if (!name.startsWith('a turned')) return path;
  const turned = path.replace('.mp4', '.turned.mp4');
  const turn = ['-display_rotation', '-90', '-i', path, '-c', 'copy', ...output, turned];
  await runTool({ tool: stand.deps.tools.ffmpeg, args: ['-v', 'error', ...turn] });
  return turned;
}
