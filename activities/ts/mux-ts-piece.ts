import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pMap from 'p-map';
import type { TsPieceRef } from '../../temporal/contract/activities';
import type { ChunkResult } from '../../temporal/contract/results';
import { Failure } from '../../temporal/contract/failures';
import type { TsPieceRendition } from '../../temporal/contract/media/mpeg-ts';
import { OBJECTS } from '../../temporal/contract/media/objects';
import { segmentsKeys, tsKey, tsSegmentName } from '../../temporal/contract/object-keys';
import type { VideoPresentation } from '../../workflows/planning/manifests/presentation';
import { alignCounters, countPackets, type PacketCounts } from '../../workflows/planning/mpegts/align-counters';
import { muxTsArgs, TS_INPUTS } from '../../workflows/planning/mpegts/mux-args';
import { MalformedTsError } from '../../workflows/planning/mpegts/packets';
import { tsPieceSpan } from '../../workflows/planning/mpegts/ts-title';
import { fetchSpan, type JoinedRendition } from '../renditions/fetch-span';
import { versionsSha256 } from '../renditions/stored-versions';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { runTask, type TaskContext } from '../task/run-task';
import { isTsPieceDone, storeTsPiece } from './ts-piece-store';
import { loadTsSource, tsPieceTask, type StoredTsSource } from './ts-source';

/** Of the largest rung: joined, copied, and what packets add. */
const COPIES = 2.3;
const UPLOADS_AT_ONCE = 8;

/**
 * Copies consecutive segments of all rungs into MPEG-TS, each with its sound, and stores them. The report is written last, so a piece that
 * has one is done while its CMAF segments stay the same. Throws `OutputInvalid`, `PlanInvalid` and `ScratchFull`.
 */
export async function muxTsPiece(deps: ActivityDependencies, ref: TsPieceRef): Promise<ChunkResult> {
  const startedMs = performance.now();
  const outputKey = segmentsKeys.tsPieceReport(ref.videoId, ref.generation, ref.pieceIndex);
  return runTask<ChunkResult>(deps, { ref: tsPieceTask(ref), policy: 'ts' }, async (task) => {
    const source = await loadTsSource({ ...deps, objects: task.objects }, ref);
    if (await isTsPieceDone(task.objects, ref, source)) return { result: { bytesOut: 0 }, outputKey, bytesIn: 0, bytesOut: 0 };
    const work: PieceWork = { deps, task, ref, source, ...tsPieceSpan(source, ref.pieceIndex) };
    await task.needs(Math.ceil(COPIES * largestBytes(work)));
    const sound = await fetchSound(work);
    const made: { rendition: TsPieceRendition; cmaf: JoinedRendition }[] = [];
    for (const video of source.video) {
      made.push(await muxRung(work, video));
      task.percent = (100 * made.length) / source.video.length;
    }
    const joined = [...made.map(({ cmaf }) => cmaf), ...(sound ? [sound] : [])];
    const cmafSha256 = versionsSha256(joined.flatMap(({ versions }) => versions));
    const renditions = made.map(({ rendition }) => rendition);
    await storeTsPiece(task.objects, ref, { pieceIndex: ref.pieceIndex, cmafSha256, renditions });
    const bytesIn = sum(joined.flatMap(({ segments }) => segments.map(({ sizeBytes }) => sizeBytes)));
    const bytesOut = sum(renditions.flatMap(({ sizesBytes }) => sizesBytes));
    return { result: { bytesOut, ranMs: Math.round(performance.now() - startedMs) }, outputKey, bytesIn, bytesOut };
  });
}

type PieceWork = ReturnType<typeof tsPieceSpan> & {
  deps: ActivityDependencies;
  task: TaskContext;
  ref: TsPieceRef;
  source: StoredTsSource;
};

/** Rungs are copied one after the other. */
function largestBytes({ source, video, audio }: PieceWork): number {
  const bytesOf = (rendition: VideoPresentation['rendition'], { first, end }: { first: number; end: number }) =>
    sum(rendition.segments.slice(first, end).map(({ sizeBytes }) => sizeBytes));
  const sound = source.audio ? bytesOf(source.audio.rendition, audio) : 0;
  return sound + Math.max(...source.video.map(({ rendition }) => bytesOf(rendition, video)));
}

async function fetchSound({ task, source, audio: span }: PieceWork): Promise<JoinedRendition | null> {
  if (!source.audio || span.first >= span.end) return null;
  return fetchSpan(task, { place: source.place, rendition: source.audio.rendition, span, path: join(task.scratch, TS_INPUTS.audio) });
}

async function muxRung(work: PieceWork, { rendition }: VideoPresentation): Promise<{ rendition: TsPieceRendition; cmaf: JoinedRendition }> {
  const { deps, task, ref, source, video: span, audio, isLast } = work;
  const { name } = rendition.ref;
  const cmaf = await fetchSpan(task, { place: source.place, rendition, span, path: join(task.scratch, TS_INPUTS.video) });
  const frameCounts = rendition.segments.slice(span.first, span.end).map(({ sampleCount }) => sampleCount);
  const args = muxTsArgs({ firstNumber: span.first + 1, frameCounts, hasAudio: source.audio !== null && audio.first < audio.end });
  await task.tool({ tool: deps.tools.ffmpeg, args });
  const names = frameCounts.map((_, index) => tsSegmentName(span.first + index + 1));
  if (!isLast) await alignLast(task.scratch, names);
  const sizesBytes = await pMap(
    names,
    (one) => {
      task.signal.throwIfAborted();
      return task.objects.putFile('transcoded', tsKey(ref, name, one), join(task.scratch, one), OBJECTS.tsSegment);
    },
    { concurrency: UPLOADS_AT_ONCE },
  );
  await Promise.all(names.map((one) => rm(join(task.scratch, one))));
  return { rendition: { name, sizesBytes }, cmaf };
}

/** The next piece is made apart and begins with counters of 0. */
async function alignLast(scratch: string, names: readonly string[]): Promise<void> {
  try {
    let counts: PacketCounts = new Map();
    for (const name of names.slice(0, -1)) counts = countPackets(await readFile(join(scratch, name)), counts);
    const last = join(scratch, names.at(-1) ?? '');
    await writeFile(last, alignCounters(await readFile(last), counts));
  } catch (error) {
    if (!(error instanceof MalformedTsError)) throw error;
    throw new Failure('OutputInvalid', `The MPEG-TS segments cannot be joined: ${error.message}.`, { cause: error });
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
