import type { ObjectStore } from '../../infra/object-store/object-store';
import type { PlanRef, TaskResult } from '../../temporal/contract/activities';
import { Failure } from '../../temporal/contract/failures';
import type { CodecFamily } from '../../temporal/contract/families';
import { generationFolder, MANIFEST_NAMES, segmentsKeys } from '../../temporal/contract/object-keys';
import type { Plan } from '../../temporal/contract/plan';
import type { AudioReport, ChunkReport, RenditionReport } from '../../temporal/contract/reports';
import { dashManifest } from '../../workflows/planning/manifests/dash';
import { IFRAME_PLAYLIST_NAME, iframePlaylist, masterPlaylist, mediaPlaylist, PLAYLIST_NAME } from '../../workflows/planning/manifests/hls';
import { mergeReports, ReportMismatch } from '../../workflows/planning/manifests/merge-reports';
import { pairRungs, type AudioPresentation, type Presentation } from '../../workflows/planning/manifests/presentation';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { loadPlan } from '../task/plan-store';
import { runTask } from '../task/run-task';
import { checkConformance } from '../verify/check-conformance';
import { checkQuality } from '../verify/check-quality';
import { MANIFEST_OPTIONS } from './manifest-options';
import { measureQuality } from '../verify/measure-quality';

const REPORTS_AT_ONCE = 16;

/**
 * Writes every playlist from the reports of the tasks, text only, stages the masters for publishing, and reads everything
 * back and judges it. Throws `OutputInvalid` when the reports do not make one gapless title or what lies in storage is not what was
 * meant, `PlanInvalid` when a report is missing, `QualityRejected` for a strict preset.
 */
export async function packageManifests(deps: ActivityDependencies, ref: PlanRef): Promise<TaskResult> {
  const { videoId, generation } = ref;
  const outputKey = segmentsKeys.stagedManifest(videoId, generation, MANIFEST_NAMES.hls);
  return runTask(deps, { ref: { ...ref, taskType: 'package' }, policy: 'package' }, async (task) => {
    const { objects } = task;
    await deps.videos.advance(ref, 'packaging');
    const plan = await loadPlan(objects, ref);
    const presentation = await presentationOf(objects, plan);
    const staged = (name: string) => segmentsKeys.stagedManifest(videoId, generation, name);
    const sizes = await Promise.all([
      ...presentation.video.map(({ rendition }) => writePlaylists(objects, plan, rendition)),
      ...(presentation.audio ? [writePlaylists(objects, plan, presentation.audio.rendition)] : []),
      objects.put('segments', staged(MANIFEST_NAMES.hls), masterPlaylist(presentation), MANIFEST_OPTIONS.hls),
      objects.put('segments', staged(MANIFEST_NAMES.dash), dashManifest(presentation), MANIFEST_OPTIONS.dash),
    ]);
    const published = await checkConformance(objects, plan, presentation);
    await checkQuality({ objects, videos: deps.videos }, ref, await measureQuality(deps, task, { plan, presentation, published }));
    const bytesOut = sizes.reduce((sum, size) => sum + size, 0);
    return { result: { bytesOut }, outputKey, bytesIn: 0, bytesOut };
  });
}

async function presentationOf(objects: ObjectStore, plan: Plan): Promise<Presentation> {
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

async function chunkReports(objects: ObjectStore, plan: Plan, family: CodecFamily): Promise<ChunkReport[]> {
  const reports: ChunkReport[] = [];
  for (let first = 0; first < plan.chunks.length; first += REPORTS_AT_ONCE) {
    const batch = plan.chunks.slice(first, first + REPORTS_AT_ONCE).map(async ({ index }) => {
      const key = segmentsKeys.chunkReport(plan.videoId, plan.generation, family, index);
      return present(await objects.getJson<ChunkReport>('segments', key), 'A chunk of this video is gone; retry from the transcode step.');
    });
    reports.push(...(await Promise.all(batch)));
  }
  return reports;
}

async function audioOf(objects: ObjectStore, plan: Plan): Promise<AudioPresentation | null> {
  if (!plan.audio) return null;
  const report = await objects.getJson<AudioReport>('segments', segmentsKeys.audioReport(plan.videoId, plan.generation));
  const { rendition } = present(report, 'The audio of this video is gone; retry from the audio step.');
  return { audio: plan.audio, rendition };
}

async function writePlaylists(objects: ObjectStore, plan: Plan, rendition: RenditionReport): Promise<number> {
  const folder = `${generationFolder(plan.videoId, plan.generation)}/${rendition.folder}`;
  const put = (name: string, text: string) => objects.put('transcoded', `${folder}/${name}`, text, MANIFEST_OPTIONS.hls);
  const isVideo = !rendition.folder.startsWith('audio/');
  const sizes = await Promise.all([
    put(PLAYLIST_NAME, mediaPlaylist(rendition)),
    ...(isVideo ? [put(IFRAME_PLAYLIST_NAME, iframePlaylist(rendition))] : []),
  ]);
  return sizes.reduce((sum, size) => sum + size, 0);
}

function merged(reports: ChunkReport[], plan: Plan): RenditionReport[] {
  try {
    return mergeReports(reports, plan);
  } catch (error) {
    if (!(error instanceof ReportMismatch)) throw error;
    throw new Failure('OutputInvalid', 'The chunks of this video do not join without a seam; it was not published.', { cause: error });
  }
}

function present<T>(report: T | null, message: string): T {
  if (report === null) throw new Failure('PlanInvalid', message);
  return report;
}
