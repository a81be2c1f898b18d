import { CancellationScope, condition, proxyActivities } from '@temporalio/workflow';
import type { PipelineActivities } from '../temporal/contract/activities';
import type { TranscodeFamilyInput } from '../temporal/contract/workflows';
import { activityOptions } from './activity-options';
import { pipelineStep } from './pipeline';

/** Chunks in the task queue at once: enough for any fleet a family can use, few enough for one workflow task (4 MB). */
const WINDOW = 200;

/** Encodes every chunk of one codec family. The first chunk that fails for good cancels the others. */
export async function transcodeFamily(input: TranscodeFamilyInput): Promise<void> {
  const scope = new CancellationScope();
  let inFlight = 0;
  let failure: { reason: unknown } | undefined;

  const encode = async (chunkIndex: number): Promise<void> => {
    inFlight += 1;
    try {
      await transcodeChunk(input, chunkIndex);
    } catch (error) {
      failure ??= { reason: error };
      scope.cancel();
    } finally {
      inFlight -= 1;
    }
  };

  try {
    await scope.run(async () => {
      for (let chunkIndex = 0; chunkIndex < input.chunkCount; chunkIndex++) {
        await condition(() => inFlight < WINDOW);
        void encode(chunkIndex);
      }
    });
  } catch (error) {
    failure ??= { reason: error };
  }
  await CancellationScope.nonCancellable(() => condition(() => inFlight === 0));
  if (failure) throw failure.reason;
}

async function transcodeChunk(input: TranscodeFamilyInput, chunkIndex: number): Promise<void> {
  const row = pipelineStep('transcode');
  const summary = `${input.family} chunk ${chunkIndex + 1} of ${input.chunkCount}`;
  const activities = proxyActivities<PipelineActivities>(activityOptions(row.queue, row.policy, summary));
  await activities.transcodeChunk({ ...input, chunkIndex });
}
