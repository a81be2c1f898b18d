import type { PlanRef, RunRef } from '../../temporal/contract/activities';
import type { Step } from '../../temporal/contract/steps';
import { Failure } from '../../temporal/contract/failures';
import { qualityKey } from '../../temporal/contract/object-keys';
import { OBJECTS } from '../../temporal/contract/media/objects';
import type { QualityReport } from '../../temporal/contract/media/reports';
import { qualitySummary } from '../../workflows/planning/quality/quality-summary';
import type { ActivityDependencies } from '../task/activity-dependencies';

/**
 * Stores the report and its summary, then applies the bars. A rendition below its bar is a warning on the video, or
 * `QualityRejected` when the upload was strict. Throws `OutputInvalid` for a fault in any case.
 */
export async function checkQuality(
  deps: Pick<ActivityDependencies, 'objects' | 'videos' | 'qualityMeasured'>,
  { ref: run, step }: { ref: RunRef & Pick<PlanRef, 'joins'>; step: Step },
  report: QualityReport,
): Promise<void> {
  const key = qualityKey(run.videoId, run.generation, run.joins);
  await deps.objects.put('transcoded', key, JSON.stringify(report), OBJECTS.quality);
  deps.qualityMeasured?.(report);
  // The row is about the title itself.
  if (!run.joins) await deps.videos.setQuality(run, qualitySummary(report));
  if (report.faults[0])
    throw new Failure(
      'OutputInvalid',
      `The finished streams have a fault that the source does not have. ${report.faults[0]} They were not published.`,
    );
  const [first] = report.problems;
  if (!first) return;
  const video = await deps.videos.find(run.videoId);
  if (video?.encoding.isStrict) throw new Failure('QualityRejected', `The streams are below the bars of a strict upload. ${first}`);
  for (const message of report.problems) await deps.videos.addWarning(run, { step, message });
}
