import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../temporal/contract/failures';
import { generationFolder, pictureSource, segmentName } from '../../temporal/contract/object-keys';
import type { Plan } from '../../temporal/contract/plan';
import type { QualityReport } from '../../temporal/contract/reports';
import { firstSegmentOf } from '../../workflows/planning/chunking';
import type { Presentation } from '../../workflows/planning/presentation';
import type { Published } from '../../workflows/planning/quality/published';
import { qualityReport } from '../../workflows/planning/quality/quality-report';
import { qualitySamples, vmafArgs, type QualitySample } from '../../workflows/planning/quality/vmaf';
import type { ActivityDependencies } from '../activity-dependencies';
import { ToolError } from '../media-tools/run-tool';
import type { TaskContext } from '../run-task';

const vmafLog = z.object({ frames: z.array(z.object({ metrics: z.object({ vmaf: z.number() }) })) });

/** Scores by folder of the rendition. */
type Scores = Map<string, number[]>;

/** Compares the stored streams with the source at a few places and with the plan as a whole. Resolves with what it found, good or bad. */
export async function measureQuality(
  deps: Pick<ActivityDependencies, 'objects' | 'sources' | 'tools' | 'logger'>,
  task: TaskContext,
  made: { plan: Plan; presentation: Presentation; published: Published },
): Promise<QualityReport> {
  const { plan, presentation, published } = made;
  const scores: Scores = new Map();
  const judged = qualitySamples(plan).map((sample) =>
    addScores(deps, task, { ...made, sample, scores }).catch((error: unknown) => {
      // A build of ffmpeg without libvmaf publishes as well as any other; the report says that nothing was judged.
      if (!(error instanceof ToolError)) throw error;
      deps.logger.warn(`no quality was measured: ${error.message}`);
    }),
  );
  await Promise.all(judged);
  return qualityReport({
    plan,
    presentation,
    vmafOf: (folder) => scores.get(folder) ?? [],
    startMsOf: (folder) => {
      const init = published.inits.get(folder);
      const first = [...presentation.video, ...(presentation.audio ? [presentation.audio] : [])].find(({ rendition }) => rendition.folder === folder);
      const { startTicks = 0, reorderTicks = 0 } = first?.rendition.segments[0] ?? {};
      return ((startTicks + reorderTicks - (init?.editStartTicks ?? 0)) * 1000) / (init?.timescale ?? 1);
    },
  });
}

async function addScores(
  deps: Pick<ActivityDependencies, 'objects' | 'sources' | 'tools'>,
  task: TaskContext,
  work: { plan: Plan; presentation: Presentation; sample: QualitySample; scores: Scores },
): Promise<void> {
  const { plan, presentation, sample, scores } = work;
  const renditions = await Promise.all(
    presentation.video.map(async ({ rung, rendition: { folder, initName } }, index) => {
      const prefix = `${generationFolder(plan.videoId, plan.generation)}/${folder}`;
      const names = [initName, segmentName(firstSegmentOf(plan.grid, sample.chunk) + 1)];
      const parts = await Promise.all(names.map((name) => deps.objects.get('transcoded', `${prefix}/${name}`)));
      const present = parts.filter((part) => part !== null);
      if (present.length < names.length) throw new Failure('OutputInvalid', 'A finished segment is gone.');
      const path = join(task.scratch, `${sample.chunk.index}_${index}.mp4`);
      await writeFile(path, Buffer.concat(present));
      return { rung, folder, path, logPath: `${sample.chunk.index}_${index}.json` };
    }),
  );
  await deps.sources.use(pictureSource(plan), (source) =>
    task.tool({ tool: deps.tools.ffmpeg, args: vmafArgs({ sourceUrl: source.url, plan, sample, renditions }) }),
  );
  for (const { folder, logPath } of renditions) {
    const { frames } = vmafLog.parse(JSON.parse(await readFile(join(task.scratch, logPath), 'utf8')));
    scores.set(folder, [...(scores.get(folder) ?? []), ...frames.map(({ metrics }) => metrics.vmaf)]);
  }
}
