import { segmentName } from '../../../temporal/contract/object-keys';
import type { FrameGrid, Plan, VideoRung } from '../../../temporal/contract/media/plan';
import type { ChunkReport, SegmentReport } from '../../../temporal/contract/media/reports';
import { pairRungs, type AudioPresentation, type Presentation } from './presentation';

/**
 * A whole title of which the first chunk is there: every segment of the grid, with the size that the cap of its rung allows, so that manifests
 * announce no less than players will need. Codec and init segment are those of the chunk, which all chunks of a family share. Times are those
 * of the finished title, so its media playlists are the same text now and then. Manifests see it from a folder beside that of the generation.
 * Throws RangeError for a report that lacks a rung of the plan's first family.
 */
export function earlyPresentation(plan: Plan, { renditions }: ChunkReport, audio: readonly AudioPresentation[]): Presentation {
  const [family] = plan.families;
  if (!family) throw new RangeError('a title has at least one family');
  return {
    folderPrefix: `../g${plan.generation}/`,
    frameRate: plan.grid.frameRate,
    video: pairRungs(family, renditions).map(({ rung, rendition }) => {
      const reorderTicks = rendition.segments[0]?.reorderTicks ?? 0;
      const segments = plannedSegments(plan.grid, rung).map((segment) => ({ ...segment, reorderTicks }));
      return { rung, rendition: { ...rendition, segments } };
    }),
    audio,
    text: [],
    images: [],
    isUnfinished: true,
  };
}

/** Ticks are those of every video rendition: `frameRate.num` a second (`proof/check-chunk`). */
function plannedSegments({ frameRate, frameCount, framesPerSegment, segmentCount }: FrameGrid, { maxrateBps }: VideoRung): SegmentReport[] {
  return Array.from({ length: segmentCount }, (_, index) => {
    const startFrame = index * framesPerSegment;
    const sampleCount = Math.min(framesPerSegment, frameCount - startFrame);
    const durationTicks = sampleCount * frameRate.den;
    return {
      name: segmentName(index + 1),
      sizeBytes: Math.ceil((maxrateBps * durationTicks) / frameRate.num / 8),
      sampleCount,
      durationTicks,
      startTicks: startFrame * frameRate.den,
      reorderTicks: 0,
      stepTicks: frameRate.den,
      keyFrame: null,
    };
  });
}
