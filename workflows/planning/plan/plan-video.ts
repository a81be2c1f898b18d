import { FORMAT_VERSION } from '../../../temporal/contract/format-version';
import { recipeFor } from '../../../temporal/contract/media/recipe';
import type { Walk } from '../../../temporal/contract/pipeline';
import type { FrameTimes, Plan, SourceFacts } from '../../../temporal/contract/media/plan';
import { heardUntilUs } from '../source/sound/choose-sound';
import { planAudio } from './plan-audio';
import { planChunks } from './chunking';
import { planThumbnails } from '../encode/ffmpeg-thumbnails';
import { DEFAULT_FAMILIES, type Family } from '../families/family';
import { planLadder } from './ladder';
import { planGrid } from '../timeline/segment-grid';
import { titleFrameCount } from '../timeline/title-length';
import { heldAfter, seekPositions } from '../timeline/seek-positions';

/** The whole plan of one generation: renditions, timeline and units of work. */
export function planVideo(input: {
  videoId: string;
  generation: number;
  walk: Walk;
  originalKey: string;
  source: SourceFacts;
  frameTimes: FrameTimes;
  transcodeSlots: number;
  /** In the order of manifests; `DEFAULT_FAMILIES` when left out. */
  families?: readonly Family[];
}): Plan {
  const { source } = input;
  const { frameRate } = source.video;
  const grid = planGrid(frameRate, titleFrameCount(source.video, heardUntilUs(source.audio)));
  const families = (input.families ?? DEFAULT_FAMILIES).map((family) => ({
    family: family.name,
    rungs: planLadder(family, { width: source.video.width, height: source.video.height, frameRate }),
  }));
  const top = families[0]?.rungs[0];
  if (!top) throw new RangeError('a title has at least one rung');
  const seekOfFrame = heldAfter(source, input.frameTimes, seekPositions(source, input.frameTimes));
  return {
    formatVersion: FORMAT_VERSION,
    recipe: recipeFor(input.walk),
    walk: input.walk,
    videoId: input.videoId,
    generation: input.generation,
    originalKey: input.originalKey,
    source,
    grid,
    chunks: planChunks({ grid, transcodeSlots: input.transcodeSlots, seekOfFrame }),
    transcodeSlots: input.transcodeSlots,
    families,
    audio: planAudio({ audio: source.audio, topRung: top }),
    thumbnails: planThumbnails(grid, source.video),
  };
}
