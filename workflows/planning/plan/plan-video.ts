import type { FrameTimes, Plan, SourceFacts } from '../../../temporal/contract/plan';
import { heardUntilUs } from '../sound/choose-sound';
import { planAudio } from './plan-audio';
import { planChunks } from './chunking';
import { planThumbnails } from '../encode/ffmpeg-thumbnails';
import { planLadder } from './ladder';
import { planGrid } from '../timeline/segment-grid';
import { titleFrameCount } from '../timeline/title-length';
import { heldAfter, seekPositions } from '../timeline/seek-positions';

/** The whole plan of one generation: what is made, on which timeline, in which units of work. */
export function planVideo(input: {
  videoId: string;
  generation: number;
  originalKey: string;
  source: SourceFacts;
  frameTimes: FrameTimes;
  transcodeSlots: number;
}): Plan {
  const { source } = input;
  const { frameRate } = source.video;
  const grid = planGrid(frameRate, titleFrameCount(source.video, heardUntilUs(source.audio)));
  const rungs = planLadder({ width: source.video.width, height: source.video.height, frameRate });
  const top = rungs[0];
  if (!top) throw new RangeError('a ladder has at least one rung');
  const seekOfFrame = heldAfter(source, input.frameTimes, seekPositions(source, input.frameTimes));
  return {
    formatVersion: 1,
    videoId: input.videoId,
    generation: input.generation,
    originalKey: input.originalKey,
    source,
    grid,
    chunks: planChunks({ grid, transcodeSlots: input.transcodeSlots, seekOfFrame }),
    transcodeSlots: input.transcodeSlots,
    families: [{ family: 'h264', rungs }],
    audio: planAudio({ audio: source.audio, topRung: top }),
    thumbnails: planThumbnails(grid, source.video),
  };
}
