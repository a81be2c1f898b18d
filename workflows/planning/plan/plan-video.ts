import { FORMAT_VERSION } from '../../../temporal/contract/format-version';
import { opensEarly, type EncodingRequest } from '../../../temporal/contract/media/encoding';
import type { HardwareEncoder } from '../../../temporal/contract/media/hardware';
import { recipeFor } from '../../../temporal/contract/media/recipe';
import type { Walk } from '../../../temporal/contract/pipeline';
import type { FrameGrid, FrameTimes, Plan, SourceFacts } from '../../../temporal/contract/media/plan';
import { heardUntilUs } from '../source/sound/choose-sound';
import { planAudio } from './plan-audio';
import { planChunks } from './chunking';
import { planThumbnails } from '../encode/ffmpeg-thumbnails';
import { DEFAULT_FAMILIES, type Family } from '../families/family';
import { withEncoder } from './choose-encoder';
import { planRenditions } from './ladder';
import { planGrid, segmentRange } from '../timeline/segment-grid';
import { titleFrameCount } from '../timeline/title-length';
import { heldAfter, seekPositions, type Seek } from '../timeline/seek-positions';

const NO_REQUEST: EncodingRequest = { isStrict: false, families: {} };

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
  encoding?: EncodingRequest;
  /** Pictures of a protected title are clear, and no higher than this many pixels; any size when it is left out. */
  clearPictureMaxHeight?: number;
  /** Encoders that every live GPU worker has; none when left out. */
  gpuEncoders?: readonly HardwareEncoder[];
}): Plan {
  const { source } = input;
  const { frameRate } = source.video;
  const grid = planGrid(frameRate, titleFrameCount(source.video, heardUntilUs(source.audio)));
  const { families: asked = DEFAULT_FAMILIES, encoding = NO_REQUEST } = input;
  const families = asked.map((family) =>
    withEncoder(planRenditions(family, source.video, encoding), encoding.gpu ?? 'auto', input.gpuEncoders ?? []),
  );
  const top = families[0]?.rungs[0];
  if (!top) throw new RangeError('a title has at least one rung');
  const seekOfFrame = heldAfter(source, input.frameTimes, seekPositions(source, input.frameTimes));
  return {
    formatVersion: FORMAT_VERSION,
    recipe: recipeFor(input.walk, encoding),
    walk: input.walk,
    videoId: input.videoId,
    generation: input.generation,
    originalKey: input.originalKey,
    source,
    grid,
    chunks: planChunks({ grid, transcodeSlots: input.transcodeSlots, seekOfFrame, opensEarly: opensEarly(encoding) }),
    transcodeSlots: input.transcodeSlots,
    families,
    audio: planAudio({ audio: source.audio, topRung: top, sound: encoding.sound }),
    thumbnails: planThumbnails(grid, source.video, {
      mostHeight: encoding.drm ? input.clearPictureMaxHeight : undefined,
      asked: encoding.thumbnails,
    }),
    ...(encoding.drm ? { protection: encoding.drm } : {}),
    ...(opensEarly(encoding) ? { opensEarly: true as const, segmentSeeksUs: segmentSeeks(grid, seekOfFrame) } : {}),
    ...(encoding.watermark ? { watermark: encoding.watermark } : {}),
  };
}

/** The input seek of every segment up to the last picture, in microseconds. */
function segmentSeeks(grid: FrameGrid, seekOfFrame: (frame: number) => Seek): number[] {
  const seeks = Array.from({ length: grid.segmentCount }, (_, segment) => seekOfFrame(segmentRange(grid, segment).startFrame));
  const held = seeks.findIndex(({ heldSlot }) => heldSlot !== undefined);
  return seeks.slice(0, held < 0 ? undefined : held).map(({ seekUs }) => seekUs);
}
