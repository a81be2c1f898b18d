import type { ObjectStore } from '../../infra/object-store/object-store';
import { Failure } from '../../temporal/contract/failures';
import type { Plan } from '../../temporal/contract/plan';
import type { Presentation } from '../../workflows/planning/presentation';
import { conformanceProblems } from '../../workflows/planning/quality/conformance';
import { readPublished, Unreadable } from './read-published';

/**
 * Lets only a generation through whose objects and playlists, read back from storage, agree with each other and with what
 * was made. Throws `OutputInvalid`.
 */
export async function checkConformance(objects: ObjectStore, plan: Plan, presentation: Presentation): Promise<void> {
  const [first, ...others] = await problemsOf(objects, plan, presentation);
  if (!first) return;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  throw new Failure('OutputInvalid', `The finished streams did not pass their check: ${first}${more}. They were not published.`);
}

async function problemsOf(objects: ObjectStore, plan: Plan, presentation: Presentation): Promise<string[]> {
  try {
    const published = await readPublished(objects, plan, presentation);
    return conformanceProblems(presentation, published).map(({ rule, problem }) => `${problem} (${rule})`);
  } catch (error) {
    if (error instanceof Unreadable) return [error.message];
    throw error;
  }
}
