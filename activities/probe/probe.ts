import type { ObjectStore } from '../../infra/object-store/object-store';
import type { RunRef } from '../../temporal/contract/activities';
import type { ProbeResult } from '../../temporal/contract/results';
import { Failure } from '../../temporal/contract/failures';
import { segmentsKeys } from '../../temporal/contract/object-keys';
import { OBJECTS } from '../../temporal/contract/media/objects';
import type { SourceFacts } from '../../temporal/contract/media/plan';
import type { ActivityBinding } from '../activity-binding';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { staleRun } from '../task/activity-failure';
import { runTask } from '../task/run-task';
import { examineSource, type Findings } from './examine-source';

/**
 * Reads the source once: header, every packet's timestamp, and copies of its audio and text subtitles.
 * Throws `SourceUnreadable`, `SourceUnsupported`, `SourceTooLarge` or `SourceNotFound` when there is nothing to encode, `Cancelled` when the run was cancelled or superseded.
 */
export async function probe(deps: ActivityDependencies, run: RunRef): Promise<ProbeResult> {
  const outputKey = segmentsKeys.facts(run.videoId, run.generation);
  const ref = { ...run, taskType: 'probe' } as const;
  return runTask(deps, { ref, policy: 'probe', toolFailure: 'SourceUnreadable' }, async (task) => {
    // Cancelled or removed between its upload and now: nothing is encoded for it.
    if (!(await deps.videos.advance(run, 'probing'))) throw staleRun();
    const video = await deps.videos.find(run.videoId);
    if (!video) throw new Failure('SourceNotFound', 'The video was removed.');
    const known = await task.objects.getJson<SourceFacts>('segments', outputKey);
    if (known) {
      await warn(deps, run, known);
      return { result: resultOf(known), outputKey, bytesIn: 0, bytesOut: 0 };
    }
    return deps.sources.use({ bucket: 'originals', key: video.originalS3Key }, async (source) => {
      const findings = await examineSource({
        tools: deps.tools,
        tool: (tool) => task.tool(tool),
        scratch: task.scratch,
        sourceUrl: source.url,
        sizeBytes: source.sizeBytes,
        limits: deps.sourceLimits,
        needs: (bytes) => task.needs(bytes),
      });
      const bytesOut = await store(task.objects, run, findings);
      await warn(deps, run, findings.facts);
      await deps.videos.setSourceFacts(run, findings.facts);
      return { result: resultOf(findings.facts), outputKey, bytesIn: source.bytesRead(), bytesOut };
    });
  });
}

/** Facts are stored last: their presence says that the rest is there. */
async function store(objects: ObjectStore, run: RunRef, findings: Findings): Promise<number> {
  const { videoId, generation } = run;
  const putText = (key: string, text: string) => objects.put('segments', key, text, OBJECTS.record);
  const putCopy = (key: string, path: string | null) => (path ? objects.putFile('segments', key, path, OBJECTS.sourceCopy) : 0);
  const sizes = await Promise.all([
    putText(segmentsKeys.ffprobe(videoId, generation), findings.ffprobeJson),
    putText(segmentsKeys.frameTimes(videoId, generation), JSON.stringify(findings.frameTimes)),
    ...findings.soundLevels.map((levels, track) =>
      objects.put('segments', segmentsKeys.soundLevels(videoId, generation, track), levels, OBJECTS.soundLevels),
    ),
    putCopy(segmentsKeys.sourceAudio(videoId, generation), findings.audioPath),
    putCopy(segmentsKeys.sourceSubtitles(videoId, generation), findings.subtitlesPath),
    putCopy(segmentsKeys.mezzanine(videoId, generation), findings.mezzaninePath),
  ]);
  const factsBytes = await putText(segmentsKeys.facts(videoId, generation), JSON.stringify(findings.facts));
  return sizes.reduce((sum, size) => sum + size, factsBytes);
}

/** Once each, also when the task is repeated. */
async function warn({ videos }: ActivityDependencies, run: RunRef, { warnings }: SourceFacts): Promise<void> {
  for (const { code, message } of warnings ?? []) await videos.addWarning(run, { code, step: 'probe', message });
}

function resultOf(facts: SourceFacts): ProbeResult {
  return { durationMs: facts.durationMs, frameCount: facts.video.frameCount };
}

export const probeBinding: ActivityBinding = { queue: 'probe', bind: (deps) => ({ probe: (ref) => probe(deps, ref) }) };
