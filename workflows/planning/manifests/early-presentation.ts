import { segmentName } from '../../../temporal/contract/object-keys';
import type { FamilyPlan, FrameGrid, Plan, VideoRung } from '../../../temporal/contract/media/plan';
import { videoRef } from '../../../temporal/contract/media/renditions';
import type { ChunkReport, RenditionReport, SegmentReport } from '../../../temporal/contract/media/reports';
import { encoderOf } from '../families/hardware/encoder-of';
import type { AudioPresentation, Presentation, VideoPresentation } from './presentation';

/**
 * A whole title of which the first chunk is there, in some rungs at least: every segment of the grid, with the size that the cap of its rung
 * allows, so that manifests announce no less than players will need. Codec and init segment are those of the chunk, which all chunks of a family
 * share, and of a rung that is still encoded those that are planned. Times are those of the finished title, so its media playlists are the same
 * text now and then. Manifests see it from a folder beside that of the generation. Null while the codec string of a rung is not known.
 */
export function earlyPresentation(
  plan: Plan,
  { renditions }: Pick<ChunkReport, 'renditions'>,
  audio: readonly AudioPresentation[],
): Presentation | null {
  const [family] = plan.families;
  if (!family) return null;
  const video: VideoPresentation[] = [];
  // Players start with the first variant, and the smallest are there first.
  for (const rung of family.rungs.toReversed()) {
    const rendition = renditions.find(({ ref }) => ref.name === rung.name) ?? plannedRendition(family, rung, renditions);
    if (!rendition) return null;
    const reorderTicks = rendition.segments[0]?.reorderTicks ?? 0;
    const segments = plannedSegments(plan.grid, rung).map((segment) => ({ ...segment, reorderTicks }));
    video.push({ rung, rendition: { ...rendition, segments } });
  }
  return {
    folderPrefix: `../g${plan.generation}/`,
    frameRate: plan.grid.frameRate,
    video,
    audio,
    text: [],
    images: [],
    isUnfinished: true,
  };
}

/** Whether a title may open before all rungs of its first chunk are there: what they will be called is known. */
export function opensBeforeItsChunk({ families: [family] }: Pick<Plan, 'families'>): boolean {
  return family?.rungs.every((rung) => plannedCodec(family, rung) !== null) ?? false;
}

function plannedCodec(family: FamilyPlan, rung: VideoRung): string | null {
  const encoder = encoderOf(family);
  return encoder.plannedCodecString?.(rung, family.speed ?? encoder.defaultSpeed) ?? null;
}

/** A rung of the same family as the finished `others`, with the codec string that it will have. */
function plannedRendition(family: FamilyPlan, rung: VideoRung, others: readonly RenditionReport[]): RenditionReport | null {
  const [like] = others;
  const codec = plannedCodec(family, rung);
  return like && codec ? { ...like, ref: videoRef(family.family, rung), codec } : null;
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
