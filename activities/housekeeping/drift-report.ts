import pMap from 'p-map';
import type { VideoSummary } from '../../infra/database/housekeeping-repository';
import { isRasterKey, MANIFEST_NAMES } from '../../temporal/contract/object-keys';
import { rowDrift, type DriftKind } from '../../workflows/planning/housekeeping/drift';
import { folderOf, isVideoId } from '../../workflows/planning/housekeeping/video-id';
import type { HousekeepingDependencies, HousekeepingWork } from './housekeeping-dependencies';
import { inPasses } from './in-passes';

const ROWS_PER_PART = 200;
const NAMES_PER_PART = 1000;
/** Rows whose objects are asked for at a time. */
const ROWS_AT_ONCE = 10;
const EXAMPLES_PER_PART = 5;
const MANIFESTS = Object.values(MANIFEST_NAMES);

type Finding = readonly [kind: DriftKind, where: string];

const rows: HousekeepingWork = async (deps, { cursor, signal }) => {
  const page = await deps.rows.listAll({ after: cursor ?? '', limit: ROWS_PER_PART });
  const findings = (await pMap(page, (row) => driftOf(deps, row), { concurrency: ROWS_AT_ONCE, signal })).flat();
  const next = page.length < ROWS_PER_PART ? null : page.at(-1)!.videoId;
  return report(deps, { cursor: next, checked: { videos: page.length }, findings });
};

const originals: HousekeepingWork = async (deps, { cursor }) => {
  const page = await deps.objects.listing('originals').keys({ cursor, limit: NAMES_PER_PART });
  const byId = await deps.rows.findMany([...new Set(page.names.map(folderOf).filter(isVideoId))]);
  const unknown = page.names.filter((key) => !isRasterKey(key) && byId.get(folderOf(key))?.originalS3Key !== key);
  // An original that was there before its video can have any key.
  const named = await deps.rows.findOriginalKeys(unknown);
  const findings = unknown.filter((key) => !named.has(key)).map((key): Finding => ['original_without_row', key]);
  return report(deps, { cursor: page.cursor, checked: { originals: page.names.length }, findings });
};

const outputs: HousekeepingWork = async (deps, { cursor }) => {
  const page = await deps.objects.listing('transcoded').folders({ cursor, limit: NAMES_PER_PART });
  const known = await deps.rows.findMany(page.names);
  const findings = page.names.filter((name) => !known.has(name)).map((name): Finding => ['output_without_row', name]);
  return report(deps, { cursor: page.cursor, checked: { outputs: page.names.length }, findings });
};

/** Compares rows with objects and objects with rows. It changes nothing. */
export const driftReport = inPasses([
  ['rows', rows],
  ['originals', originals],
  ['outputs', outputs],
]);

async function driftOf({ objects }: HousekeepingDependencies, row: VideoSummary): Promise<Finding[]> {
  const original = await objects.head('originals', row.originalS3Key);
  const manifests =
    row.status === 'ready' ? await Promise.all(MANIFESTS.map((name) => objects.head('transcoded', `${row.videoId}/${name}`))) : [];
  const kinds = rowDrift({
    status: row.status,
    sizeBytes: row.fileSizeBytes,
    originalBytes: original?.sizeBytes ?? null,
    manifests: manifests.filter((head) => head !== null).length,
    manifestsExpected: MANIFESTS.length,
  });
  return kinds.map((kind) => [kind, row.videoId]);
}

function report(
  deps: HousekeepingDependencies,
  { cursor, checked, findings }: { cursor: string | null; checked: Record<string, number>; findings: readonly Finding[] },
) {
  const counts: Record<string, number> = Object.fromEntries(Object.entries(checked).map(([what, count]) => [`checked_${what}`, count]));
  for (const [kind, where] of findings) {
    counts[kind] = (counts[kind] ?? 0) + 1;
    deps.logger.warn(`drift: ${kind} ${where}`);
  }
  return { cursor, counts, examples: findings.slice(0, EXAMPLES_PER_PART).map(([kind, where]) => `${kind} ${where}`.slice(0, 80)) };
}
