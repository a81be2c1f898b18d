import type { ObjectStore } from '../../infra/object-store/object-store';
import { Failure } from '../../temporal/contract/failures';
import { conformanceProblems } from '../../workflows/planning/quality/conformance';
import type { Published } from '../../workflows/planning/quality/published';
import { readPublished, UnreadableError, type PackagedOutput } from './read-published';

/**
 * Refuses a generation whose objects and playlists, read back from storage, do not agree with each other and with the reports.
 * Resolves to the parsed generation. Throws `OutputInvalid`.
 */
export async function checkConformance(objects: ObjectStore, made: PackagedOutput): Promise<Published> {
  const published = await readOrThrow(objects, made);
  const [first, ...others] = conformanceProblems(made.presentation, published).map(({ rule, problem }) => `${problem} (${rule})`);
  if (!first) return published;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  throw invalid(`${first}${more}`);
}

async function readOrThrow(objects: ObjectStore, made: PackagedOutput): Promise<Published> {
  try {
    return await readPublished(objects, made);
  } catch (error) {
    if (error instanceof UnreadableError) throw invalid(error.message);
    throw error;
  }
}

function invalid(problem: string): Failure {
  return new Failure('OutputInvalid', `The finished streams did not pass their check: ${problem}. They were not published.`);
}
