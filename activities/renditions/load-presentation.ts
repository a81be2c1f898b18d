import pMap from 'p-map';
import type { ObjectStore } from '../../infra/object-store/object-store';
import { Failure } from '../../temporal/contract/failures';
import { ofKnownVersion } from '../../temporal/contract/format-version';
import { segmentsKeys } from '../../temporal/contract/object-keys';
import type { CodecFamily, Plan } from '../../temporal/contract/plan';
import type { AudioReport, ChunkReport, RenditionReport } from '../../temporal/contract/reports';
import { mergeReports, ReportMismatchError } from '../../workflows/planning/manifests/merge-reports';
import { pairRungs, type AudioPresentation, type Presentation } from '../../workflows/planning/manifests/presentation';

const REPORTS_AT_ONCE = 16;

/**
 * The whole renditions of a generation, joined from the reports of its tasks. Throws `OutputInvalid` when they do not make one
 * gapless title, `PlanInvalid` when one is missing, `PlanVersionUnknown`.
 */
export async function loadPresentation(objects: ObjectStore, plan: Plan): Promise<Presentation> {
  const families = await Promise.all(
    plan.families.map(async ({ family, rungs }) => pairRungs(family, rungs, merged(await chunkReports(objects, plan, family), plan))),
  );
  return {
    folderPrefix: `g${plan.generation}/`,
    frameRate: plan.grid.frameRate,
    video: families.flat(),
    audio: await audioOf(objects, plan),
  };
}

function chunkReports(objects: ObjectStore, plan: Plan, family: CodecFamily): Promise<ChunkReport[]> {
  const read = async ({ index }: { index: number }) => {
    const key = segmentsKeys.chunkReport(plan.videoId, plan.generation, family, index);
    return present(
      ofKnownVersion(await objects.getJson<ChunkReport>('segments', key)),
      'A chunk of this video is gone; retry from the transcode step.',
    );
  };
  return pMap(plan.chunks, read, { concurrency: REPORTS_AT_ONCE });
}

async function audioOf(objects: ObjectStore, plan: Plan): Promise<AudioPresentation | null> {
  if (!plan.audio) return null;
  const report = ofKnownVersion(await objects.getJson<AudioReport>('segments', segmentsKeys.audioReport(plan.videoId, plan.generation)));
  const { rendition } = present(report, 'The audio of this video is gone; retry from the audio step.');
  return { audio: plan.audio, rendition };
}

function merged(reports: ChunkReport[], plan: Plan): RenditionReport[] {
  try {
    return mergeReports(reports, plan);
  } catch (error) {
    if (!(error instanceof ReportMismatchError)) throw error;
    throw new Failure('OutputInvalid', 'The chunks of this video do not join without a seam; it was not published.', { cause: error });
  }
}

function present<T>(report: T | null, message: string): T {
  if (report === null) throw new Failure('PlanInvalid', message);
  return report;
}
