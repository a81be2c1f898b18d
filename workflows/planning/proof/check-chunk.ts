import type { ChunkPlan, FrameGrid } from '../../../temporal/contract/media/plan';
import { renditionFolder } from '../../../temporal/contract/media/renditions';
import type { RenditionReport } from '../../../temporal/contract/media/reports';

/**
 * Whether every rendition of a chunk holds exactly the frames of its range, segment by segment, on the title's timeline.
 * Returns the problem, or null.
 */
export function checkChunk(grid: FrameGrid, chunk: ChunkPlan, renditions: readonly RenditionReport[]): string | null {
  for (const rendition of renditions) {
    const folder = renditionFolder(rendition.ref);
    if (rendition.timescale !== grid.frameRate.num) return `${folder} has a timescale of ${rendition.timescale}`;
    let frame = chunk.startFrame;
    for (const segment of rendition.segments) {
      const expected = Math.min(grid.framesPerSegment, chunk.endFrame - frame);
      const where = `${folder}/${segment.name}`;
      if (segment.sampleCount !== expected) return `${where} holds ${segment.sampleCount} frames, not ${expected}`;
      if (segment.durationTicks !== expected * grid.frameRate.den) return `${where} lasts ${segment.durationTicks} ticks`;
      if (segment.startTicks !== frame * grid.frameRate.den) return `${where} starts at tick ${segment.startTicks}`;
      if (segment.stepTicks !== grid.frameRate.den) return `${where} shows its frames at uneven times`;
      if (segment.reorderTicks !== rendition.segments[0]?.reorderTicks) return `${where} shows its first frame late or early`;
      if (!segment.keyFrame) return `${where} does not start with a key frame`;
      frame += expected;
    }
    if (frame !== chunk.endFrame) return `${folder} ends at frame ${frame}, not ${chunk.endFrame}`;
  }
  return null;
}
