import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceSession } from '../../infra/object-store/source-gateway';
import type { ProbeResult, RunRef } from '../../temporal/contract/activities';
import { Failure } from '../../temporal/contract/failures';
import { segmentsKeys } from '../../temporal/contract/object-keys';
import type { SourceFacts } from '../../temporal/contract/plan';
import { ffprobeArgs, packetScanArgs, parsePacketScan } from '../../workflows/planning/packet-scan';
import { chooseVideoStream, missingFrames, sourceFacts, type Refusal } from '../../workflows/planning/source-facts';
import { analyseTimeline } from '../../workflows/planning/timeline';
import type { ActivityDependencies } from '../activity-dependencies';
import { runTask, type TaskContext } from '../run-task';
import { ffprobeOutput } from './ffprobe-output';

const JSON_TYPE = { contentType: 'application/json' };

/** What the one pass over a source found. */
interface Findings {
  facts: SourceFacts;
  sortedPts: number[];
  ffprobeJson: string;
  audioPath: string | null;
}

/**
 * Reads the source once: header, every packet's timestamp, and a copy of its audio.
 * Throws `SourceUnreadable`, `SourceUnsupported` or `SourceNotFound` when there is nothing to encode.
 */
export async function probe(deps: ActivityDependencies, run: RunRef): Promise<ProbeResult> {
  const outputKey = segmentsKeys.facts(run.videoId, run.generation);
  const ref = { ...run, taskType: 'probe' } as const;
  return runTask(deps, { ref, policy: 'probe', toolFailure: 'SourceUnreadable' }, async (task) => {
    await deps.videos.advance(run, 'probing');
    const video = await deps.videos.find(run.videoId);
    if (!video) throw new Failure('SourceNotFound', 'The video was removed.');
    const known = await deps.objects.getJson<SourceFacts>('segments', outputKey);
    if (known) return { result: resultOf(known), outputKey, bytesIn: 0, bytesOut: 0 };
    return deps.sources.use({ bucket: 'originals', key: video.originalS3Key }, async (source) => {
      const findings = await examine(deps, task, source);
      const bytesOut = await store(deps, run, findings);
      await deps.videos.setSourceFacts(run, findings.facts);
      return { result: resultOf(findings.facts), outputKey, bytesIn: source.bytesRead(), bytesOut };
    });
  });
}

async function examine(deps: ActivityDependencies, task: TaskContext, source: SourceSession): Promise<Findings> {
  const { stdout: ffprobeJson } = await task.tool({ tool: deps.tools.ffprobe, args: ffprobeArgs(source.url) });
  const header = ffprobeOutput.parse(JSON.parse(ffprobeJson));
  const stream = accepted(chooseVideoStream(header));
  const hasAudio = header.streams.some((one) => one.codec_type === 'audio' && one.channels);
  const scanPath = join(task.scratch, 'packets.txt');
  const audioPath = hasAudio ? join(task.scratch, 'audio.mka') : null;
  await task.tool({
    tool: deps.tools.ffmpeg,
    args: packetScanArgs({ sourceUrl: source.url, videoStreamIndex: stream.index, audioOutPath: audioPath, scanOutPath: scanPath }),
  });
  const { timebase, packets } = parsePacketScan(await readFile(scanPath, 'utf8'));
  const refusal = missingFrames(stream, packets.length);
  if (refusal) accepted(refusal);
  const inOrder = packets.filter((packet) => !packet.discard).sort((a, b) => a.pts - b.pts);
  const sortedPts = inOrder.map((packet) => packet.pts);
  const lastDurationTicks = inOrder.at(-1)?.durationTicks ?? 0;
  const timeline = analyseTimeline({ ptsTicks: sortedPts, lastDurationTicks, timebase });
  const facts = accepted(sourceFacts({ probe: header, stream, timeline, timebase, sizeBytes: source.sizeBytes }));
  return { facts, sortedPts, ffprobeJson, audioPath };
}

/** Facts are stored last: their presence says that the rest is there. */
async function store(deps: ActivityDependencies, run: RunRef, findings: Findings): Promise<number> {
  const { videoId, generation } = run;
  const sizes = await Promise.all([
    deps.objects.put('segments', segmentsKeys.ffprobe(videoId, generation), findings.ffprobeJson, JSON_TYPE),
    deps.objects.put('segments', segmentsKeys.timestamps(videoId, generation), JSON.stringify(findings.sortedPts), JSON_TYPE),
    findings.audioPath
      ? deps.objects.putFile('segments', segmentsKeys.sourceAudio(videoId, generation), findings.audioPath, { contentType: 'audio/x-matroska' })
      : 0,
  ]);
  const factsBytes = await deps.objects.put('segments', segmentsKeys.facts(videoId, generation), JSON.stringify(findings.facts), JSON_TYPE);
  return sizes.reduce((sum, size) => sum + size, factsBytes);
}

function accepted<T extends object>(result: T | Refusal): T {
  if ('refused' in result) throw new Failure(result.refused, result.message);
  return result;
}

function resultOf(facts: SourceFacts): ProbeResult {
  return { durationMs: facts.durationMs, frameCount: facts.video.frameCount };
}
