import type { QualityReport, QualitySummary } from '../../../temporal/contract/media/reports';

/** What a list of videos shows of a report. */
export function qualitySummary({ renditions, problems }: Pick<QualityReport, 'renditions' | 'problems'>): QualitySummary {
  const means = renditions.flatMap(({ vmaf }) => (vmaf ? [vmaf.mean] : []));
  return { worstVmaf: means.length === 0 ? null : Math.min(...means), problemCount: problems.length };
}
