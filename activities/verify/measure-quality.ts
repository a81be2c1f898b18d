import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ObjectStore } from '../../infra/object-store/object-store';
import { Failure } from '../../temporal/contract/failures';
import { clearPlace, pictureSource, renditionKey, segmentName, type MediaPlace } from '../../temporal/contract/object-keys';
import type { Plan } from '../../temporal/contract/media/plan';
import { renditionFolder, type RenditionRef } from '../../temporal/contract/media/renditions';
import type { QualityReport } from '../../temporal/contract/media/reports';
import { firstSegmentOf } from '../../workflows/planning/timeline/segment-grid';
import { renditionsOf, type Presentation } from '../../workflows/planning/manifests/presentation';
import type { Published } from '../../workflows/planning/quality/published';
import { SIGNATURE_SIZE, splitSignatures } from '../../workflows/planning/proof/signatures';
import { unmarkedCells } from '../../workflows/planning/encode/watermark/unmarked-cells';
import type { DrawnMark } from '../../workflows/planning/encode/watermark/draw-watermark';
import { qualityReport } from '../../workflows/planning/quality/quality-report';
import { sampleMeasure, type SampleMeasure } from '../../workflows/planning/quality/sample-measure';
import { qualitySamples, vmafArgs, type QualitySample } from '../../workflows/planning/quality/vmaf';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { ToolError } from '../media-tools/run-tool';
import type { TaskContext } from '../task/run-task';
import { fetchMark } from '../watermark/fetch-mark';

const vmafLog = z.object({ frames: z.array(z.object({ metrics: z.object({ vmaf: z.number() }) })) });

/** Samples by folder of the rendition. */
type Samples = Map<string, SampleMeasure[]>;

/** Compares the stored streams with the source at a few places and with the plan as a whole. Resolves to the report, good or bad. Throws `WatermarkMissing`. */
export async function measureQuality(
  deps: Pick<ActivityDependencies, 'sources' | 'tools' | 'logger'>,
  task: TaskContext,
  made: { plan: Plan; presentation: Presentation; published: Published },
): Promise<QualityReport> {
  const { plan, presentation, published } = made;
  const samples: Samples = new Map();
  const mark = await fetchMark(task.objects, plan, task.scratch);
  const judged = qualitySamples(plan).map((sample) =>
    addSamples(deps, task, { ...made, mark, sample, samples }).catch((error: unknown) => {
      // A build of ffmpeg without libvmaf publishes as well as any other; the report says that quality was not measured.
      if (!(error instanceof ToolError)) throw error;
      deps.logger.warn(`no quality was measured: ${error.message}`);
    }),
  );
  await Promise.all(judged);
  return qualityReport({
    plan,
    presentation,
    samplesOf: (folder) => samples.get(folder) ?? [],
    startMsOf: (folder) => {
      const init = published.inits.get(folder);
      const rendition = renditionsOf(presentation).find(({ ref }) => renditionFolder(ref) === folder);
      const { startTicks = 0, reorderTicks = 0 } = rendition?.segments[0] ?? {};
      return ((startTicks + reorderTicks - (init?.editStartTicks ?? 0)) * 1000) / (init?.timescale ?? 1);
    },
  });
}

/** One place of the title in every rendition: fetched, compared with the source in one run of ffmpeg, and judged. */
async function addSamples(
  deps: Pick<ActivityDependencies, 'sources' | 'tools'>,
  task: TaskContext,
  work: { plan: Plan; presentation: Presentation; mark: DrawnMark | null; sample: QualitySample; samples: Samples },
): Promise<void> {
  const { plan, presentation, mark, sample, samples } = work;
  const name = (what: string) => `${sample.chunk.index}_${what}`;
  const renditions = await Promise.all(
    presentation.video.map(async ({ rung, rendition: { ref, initName } }, index) => {
      const stored = (object: string) => storedBytes(task.objects, clearPlace(plan), { ref, object });
      const [init, segment] = await Promise.all([stored(initName), stored(segmentName(firstSegmentOf(plan.grid, sample.chunk) + 1))]);
      const path = join(task.scratch, name(`${index}.mp4`));
      await writeFile(path, Buffer.concat([init, segment]));
      return {
        rung,
        folder: renditionFolder(ref),
        segment,
        path,
        logPath: name(`${index}.json`),
        signaturesPath: name(`${index}.signatures`),
      };
    }),
  );
  const sourceSignaturesPath = name('source.signatures');
  await deps.sources.use(pictureSource(plan), (source) =>
    task.tool({ tool: deps.tools.ffmpeg, args: vmafArgs({ sourceUrl: source.url, plan, sample, renditions, mark, sourceSignaturesPath }) }),
  );
  const signatures = async (path: string) => splitSignatures(await readFile(join(task.scratch, path)));
  const sourceSignatures = await signatures(sourceSignaturesPath);
  for (const { folder, rung, segment, logPath, signaturesPath } of renditions) {
    const { frames } = vmafLog.parse(JSON.parse(await readFile(join(task.scratch, logPath), 'utf8')));
    const vmaf = frames.map(({ metrics }) => metrics.vmaf);
    const shownSignatures = await signatures(signaturesPath);
    const measure = sampleMeasure({
      startFrame: sample.chunk.startFrame,
      frames: sample.frames,
      vmaf,
      sourceSignatures,
      shownSignatures,
      segment,
      cells: unmarkedCells(plan.watermark, rung, SIGNATURE_SIZE),
      ...{ frameRate: plan.grid.frameRate, maxrateBps: rung.maxrateBps },
    });
    samples.set(folder, [...(samples.get(folder) ?? []), measure]);
  }
}

async function storedBytes(
  objects: ObjectStore,
  place: MediaPlace,
  { ref, object }: { ref: RenditionRef; object: string },
): Promise<Uint8Array> {
  const bytes = await objects.get(place.bucket, renditionKey(place, ref, object));
  if (!bytes) throw new Failure('OutputInvalid', 'A finished segment is gone.');
  return bytes;
}
