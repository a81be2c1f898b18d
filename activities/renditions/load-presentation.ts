import pMap from 'p-map';
import type { ObjectStore } from '../../infra/object-store/object-store';
import { Failure } from '../../temporal/contract/failures';
import type { FamilyPlan, Plan } from '../../temporal/contract/media/plan';
import type { ChunkReport, RenditionReport } from '../../temporal/contract/media/reports';
import { mergeReports, ReportMismatchError, ToolMixtureError } from '../../workflows/planning/manifests/merge-reports';
import {
  pairAudio,
  pairRungs,
  type AudioPresentation,
  type Presentation,
  type VideoPresentation,
} from '../../workflows/planning/manifests/presentation';
import { loadAudioReport, loadChunkReport } from './report-store';

const REPORTS_AT_ONCE = 16;

/**
 * The presentation of a generation, from the reports of its tasks. Throws `PlanInvalid` when one is missing, `OutputInvalid` when they do
 * not make one gapless title, `ToolsDiffer` when workers with different tools made them.
 */
export async function loadPresentation(objects: ObjectStore, plan: Plan): Promise<Presentation> {
  return {
    folderPrefix: `g${plan.generation}/`,
    frameRate: plan.grid.frameRate,
    video: await loadVideo(objects, plan),
    audio: present(await loadAudio(objects, plan), 'The audio of this video is gone; retry from the audio step.'),
    text: [],
    images: [],
  };
}

/** The video of a plan alone. Throws as {@link loadPresentation}. */
export async function loadVideo(objects: ObjectStore, plan: Plan): Promise<VideoPresentation[]> {
  const families = await Promise.all(
    plan.families.map(async (family) => pairRungs(family, merged(await chunkReports(objects, plan, family), plan))),
  );
  return families.flat();
}

function chunkReports(objects: ObjectStore, plan: Plan, { family }: FamilyPlan): Promise<ChunkReport[]> {
  const { videoId, generation } = plan;
  const read = async ({ index }: { index: number }) => {
    const report = await loadChunkReport(objects, { videoId, generation, family, chunkIndex: index });
    return present(report, 'A chunk of this video is gone; retry from the transcode step.');
  };
  return pMap(plan.chunks, read, { concurrency: REPORTS_AT_ONCE });
}

/** The sound of a plan, none for a silent title; null as long as it is not made. Throws `PlanVersionUnknown`. */
export async function loadAudio(objects: ObjectStore, plan: Plan): Promise<AudioPresentation[] | null> {
  if (plan.audio.length === 0) return [];
  const report = await loadAudioReport(objects, plan);
  if (!report) return null;
  const { leftOut = [], renditions } = report;
  return pairAudio(
    plan.audio.filter(({ sourceTrack }) => !leftOut.includes(sourceTrack)),
    renditions,
  );
}

function merged(reports: ChunkReport[], plan: Plan): RenditionReport[] {
  try {
    return mergeReports(reports, plan);
  } catch (error) {
    if (error instanceof ToolMixtureError) {
      throw new Failure('ToolsDiffer', 'The chunks of this video were made with different versions of the tools.', { cause: error });
    }
    if (!(error instanceof ReportMismatchError)) throw error;
    throw new Failure('OutputInvalid', 'The chunks of this video do not join without a seam; it was not published.', { cause: error });
  }
}

function present<T>(report: T | null, message: string): T {
  if (report === null) throw new Failure('PlanInvalid', message);
  return report;
}
