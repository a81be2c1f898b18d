import pMap from 'p-map';
import type { ObjectStore } from '../../infra/object-store/object-store';
import type { RunRef } from '../../temporal/contract/activities';
import { Failure } from '../../temporal/contract/failures';
import { tsKey, PLAYLIST_NAME } from '../../temporal/contract/object-keys';
import type { TsRendition, TsSource } from '../../workflows/planning/mpegts/ts-title';
import type { ConformanceProblem } from '../../workflows/planning/quality/conformance';
import { tsConformanceProblems } from '../../workflows/planning/quality/ts-conformance';
import { TsTimeline } from '../../workflows/planning/quality/ts-timeline';
import type { TaskContext } from '../task/run-task';
import { parseMaster, parseMedia } from '../verify/parse-manifests';

/** Segments that are fetched while one is read. */
const FETCHED_AHEAD = 4;

export interface MadeTs {
  run: RunRef;
  source: TsSource;
  renditions: readonly TsRendition[];
  /** Not published yet. */
  master: string;
}

/**
 * Reads every playlist and every packet of the MPEG-TS segments back from storage and refuses what does not agree with the title. Resolves to
 * the bytes that were read. Throws `OutputInvalid`.
 */
export async function checkTs(task: Pick<TaskContext, 'objects' | 'signal'>, made: MadeTs): Promise<number> {
  const problems = await listingProblems(task.objects, made);
  let bytes = 0;
  for (const rendition of problems.length > 0 ? [] : made.renditions) {
    bytes += rendition.segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    problems.push(...(await segmentProblems(task, made, rendition)));
  }
  const [first, ...others] = problems.map(({ rule, problem }) => `${problem} (${rule})`);
  if (!first) return bytes;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  throw new Failure('OutputInvalid', `The MPEG-TS segments did not pass their check: ${first}${more}. They were not published.`);
}

async function listingProblems(objects: ObjectStore, { run, source, renditions, master }: MadeTs): Promise<ConformanceProblem[]> {
  const below = tsKey(run, '', '').slice(0, -1);
  const names = renditions.map(({ video }) => video.rendition.ref.name);
  const [sizes, texts] = await Promise.all([
    objects.sizesBelow('transcoded', below),
    Promise.all(names.map((name) => objects.get('transcoded', tsKey(run, name, PLAYLIST_NAME)))),
  ]);
  try {
    const media = new Map(names.map((name, index) => [name, parseMedia(Buffer.from(texts[index] ?? []).toString('utf8'))]));
    return tsConformanceProblems(source, renditions, { master: parseMaster(master), media, sizes });
  } catch {
    return [{ rule: 'playlists', problem: 'a playlist is missing or a parser refuses it' }];
  }
}

async function segmentProblems(
  { objects, signal }: Pick<TaskContext, 'objects' | 'signal'>,
  { run, source }: MadeTs,
  { video: { rendition }, segments }: TsRendition,
): Promise<ConformanceProblem[]> {
  const { audio } = source;
  const timeline = new TsTimeline({
    frameRate: source.frameRate,
    frameCounts: rendition.segments.map(({ sampleCount }) => sampleCount),
    sound: audio && {
      sampleRateHz: audio.audio.sampleRateHz,
      frameCount: audio.rendition.segments.reduce((sum, { sampleCount }) => sum + sampleCount, 0),
    },
  });
  const fetch = async ({ name }: { name: string }) => {
    signal.throwIfAborted();
    return (await objects.get('transcoded', tsKey(run, rendition.ref.name, name))) ?? new Uint8Array();
  };
  const problems: ConformanceProblem[] = [];
  for (let first = 0; first < segments.length; first += FETCHED_AHEAD) {
    const some = segments.slice(first, first + FETCHED_AHEAD);
    for (const [index, bytes] of (await pMap(some, fetch)).entries()) {
      const where = `${rendition.ref.name}/${some[index]?.name}`;
      problems.push(...timeline.add(bytes).map(({ rule, problem }) => ({ rule, problem: `${where} ${problem}` })));
    }
    if (problems.length > 0) return problems;
  }
  return timeline.end().map(({ rule, problem }) => ({ rule, problem: `${rendition.ref.name} ${problem}` }));
}
