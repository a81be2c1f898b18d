import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { FamilyPlanRef } from '../../temporal/contract/activities';
import type { PlannedEncoder } from '../../temporal/contract/results';
import type { JoinFamilyInput } from '../../temporal/contract/workflows';
import { patiently } from '../patiently';
import { firstWindow } from '../planning/run/chunk-window';
import { runProtection } from '../protection/run-protection';
import { bookkeeping, stepActivities } from '../step-activities';
import { userMessage } from '../user-message';
import { MOST_REMAKES, runPlanned } from './run-family';

/**
 * Makes one codec family of a published title and takes it into the manifests. Chunks of an earlier attempt are kept. Its failure or
 * cancellation changes nothing about the title but a warning.
 */
export async function joinFamily(input: JoinFamilyInput): Promise<void> {
  try {
    await make(input);
  } catch (error) {
    await CancellationScope.nonCancellable(() => recordEnd(input, error));
    throw error;
  }
}

async function make(input: JoinFamilyInput): Promise<void> {
  const { videoId, generation, family } = input;
  const planned = await patiently(() => stepActivities('split', `plan ${family}`).planFamily(input));
  let plan: FamilyPlanRef = { videoId, generation, planSha256: planned.planSha256, joins: family };
  const { chunkCount, encoder, needsGpu } = planned;
  const chunkWindow = firstWindow(planned.transcodeSlots);
  let madeBy: PlannedEncoder = { ...(encoder ? { encoder } : {}), ...(needsGpu ? { needsGpu } : {}) };
  for (let remakes = 0; ; remakes++) {
    const made = await runPlanned({ ...plan, family, chunkCount, chunkWindow, resume: true }, madeBy);
    [plan, madeBy] = [{ ...plan, planSha256: made.planSha256 }, made.madeBy];
    try {
      await stepActivities('package', `playlists of ${family}`).packageFamily(plan);
      break;
    } catch (error) {
      if (userMessage(error).type !== 'ToolsDiffer' || remakes === MOST_REMAKES) throw error;
    }
  }
  await stepActivities('verify', `read ${family} back, compare, measure`).verifyFamily(plan);
  if (planned.isProtected) await runProtection({ videoId, generation, joins: family });
  await stepActivities('publish', `take ${family} into the manifests`).publishFamily(plan);
}

async function recordEnd({ videoId, generation, family }: JoinFamilyInput, error: unknown): Promise<void> {
  const { type: failureType, message } = userMessage(error);
  // A superseded family was asked for in another generation, or is not wanted any more.
  const isCancelled = isCancellation(error) || failureType === 'Cancelled';
  const how = isCancelled ? ({ state: 'cancelled' } as const) : ({ state: 'failed', failureType, message } as const);
  await bookkeeping(`note that ${family} was not made`).recordFamilyEnd({ videoId, generation, family, ...how });
}
