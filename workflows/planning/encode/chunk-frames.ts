import type { ChunkPlan, Fraction, Interlacing, Plan, VideoRung } from '../../../temporal/contract/media/plan';
import { planColour } from './colour';
import { fractionText, leastCommonMultiple, usToSeconds6 } from '../timeline/frame-rate';
import { fitPicture, SCALER_FLAGS } from '../source/shape/fit-picture';
import { turnFilters } from '../source/shape/turn';
import { sourceInput } from '../source/source-input';

const DECODER_THREADS = 2;

/** The frames that a chunk is made of: where to read, and how far to seek. */
export interface ChunkFrames {
  sourceUrl: string;
  plan: Pick<Plan, 'grid' | 'source'>;
  chunk: Pick<ChunkPlan, 'startFrame' | 'endFrame' | 'seekUs' | 'heldSlot'>;
}

/** Input options that go with {@link chunkFrames}. */
export function chunkInputArgs({ sourceUrl, plan, chunk }: ChunkFrames): string[] {
  return [
    // Times as the container has them, for every chunk alike.
    '-copyts',
    // The frames between the key frame and the chunk are cut off by their times, so the seek need not be exact.
    '-noaccurate_seek',
    // A size that changes in the middle would build the filters anew and count frames from zero again; fitPicture copes.
    ...['-reinit_filter', '0'],
    // The filters turn pictures after they were fitted; ffmpeg would turn them before, all as if they had the size of the first.
    ...(plan.source.video.turn ? ['-noautorotate'] : []),
    ...['-threads', String(DECODER_THREADS)],
    ...(chunk.seekUs > 0 ? ['-ss', usToSeconds6(chunk.seekUs)] : []),
    ...sourceInput(sourceUrl),
  ];
}

/** Filters from the source of input 0 to exactly the frames of a chunk, numbered from 0, in SDR. */
export function chunkFrames(input: ChunkFrames): string {
  const { video } = input.plan.source;
  return `[0:${video.streamIndex}]${[...gridFrames(input), ...planColour(video).toneMap].join(',')}`;
}

/** Filters from a frame of {@link chunkFrames} to the picture that the encoder of a rung gets. */
export function rungFilter({ source }: Pick<Plan, 'source'>, { width, height }: Pick<VideoRung, 'width' | 'height'>): string {
  const { scaler, marks } = planColour(source.video);
  return `scale=${width}:${height}:flags=${SCALER_FLAGS}:${scaler},setsar=1,format=yuv420p,${marks}`;
}

/** Seconds per frame, as ffmpeg writes a timebase. */
export function tickOfFrame({ grid }: Pick<Plan, 'grid'>): string {
  return `${grid.frameRate.den}/${grid.frameRate.num}`;
}

/**
 * The frames of the chunk, numbered from zero. Every source timestamp is rounded to a slot of the grid that starts at the
 * first frame of the title. Slots before the chunk are cut off; a slot without a frame of its own, because the rate varies
 * or the frame is damaged, shows the frame before.
 */
function gridFrames({ plan, chunk }: ChunkFrames): string[] {
  const { firstPts, leadSlots = 0, timebase, interlacing, firstPicture, pixelAspects = [], turn, colour } = plan.source.video;
  const { frameRate } = plan.grid;
  const tick = commonTick(timebase, frameRate);
  const ticksPerPts = (timebase.num * tick.den) / timebase.den;
  // The filters see no frame of a chunk behind the last picture, unless its time is that of the picture it holds.
  const startSlot = (chunk.heldSlot ?? chunk.startFrame) - leadSlots;
  const chunkStart = Math.round(firstPts * ticksPerPts + (startSlot * frameRate.den * tick.den) / frameRate.num);
  const aspects = pixelAspects.map(({ fromPts, pixelAspect }) => ({
    // Between the frame and the one before it: expressions count in floating point.
    fromSeconds: (((fromPts - 0.5) * ticksPerPts - chunkStart) * tick.num) / tick.den,
    pixelAspect,
  }));
  return [
    `settb=${fractionText(tick)}`,
    `setpts=PTS-(${chunkStart})`,
    // A mark that was not believed would still reach the filters.
    ...(firstPicture && colour.matrix === null ? ['setparams=colorspace=unknown'] : []),
    // The encoder would write captions (CEA-608) into the picture, which the manifests do not announce.
    ...(firstPicture ? ['sidedata=mode=delete:type=A53_CC', ...fitPicture(firstPicture, aspects)] : []),
    ...(DEINTERLACERS[interlacing] ?? []),
    ...(turn ? turnFilters(turn) : []),
    // Zero is the start of the chunk: slots before it are dropped, and a start without a frame is filled.
    `fps=${fractionText(frameRate)}:start_time=0:round=near:eof_action=pass`,
    'tpad=stop=-1:stop_mode=clone',
    `settb=${tickOfFrame(plan)}`,
    'setpts=N',
    // Without the end, the captures would go on decoding to the end of the source.
    `trim=end_frame=${chunk.endFrame - chunk.startFrame}`,
  ];
}

/** One frame out for each frame in; fields of marked pictures are told apart by their marks. */
const DEINTERLACERS: Record<Interlacing, string[]> = {
  none: [],
  marked: ['bwdif=mode=send_frame:parity=auto:deint=interlaced'],
  'top-first': ['bwdif=mode=send_frame:parity=tff:deint=all'],
  'bottom-first': ['bwdif=mode=send_frame:parity=bff:deint=all'],
};

/** Filters keep timebases in 32 bits, and the deinterlacer doubles them. */
const LARGEST_TIMEBASE = 2 ** 30;

/** A tick in which both timestamps and slots are whole, so that all chunks round alike; the source's where there is none. */
function commonTick(timebase: Fraction, frameRate: Fraction): Fraction {
  const den = leastCommonMultiple(timebase.den, frameRate.num);
  return den <= LARGEST_TIMEBASE ? { num: 1, den } : timebase;
}
