import { CancellationScope, CancelledFailure, condition, continueAsNew, patched, sleep, workflowInfo } from '@temporalio/workflow';
import { chunkActivityId } from '../../temporal/contract/ids';
import { PRIORITY_KEYS } from '../../temporal/contract/steps';
import type { TranscodeFamilyInput } from '../../temporal/contract/workflows';
import { bookkeeping, chunkActivities } from '../step-activities';
import { ExpressLane } from './express-lane';
import { planOf } from './plan-of';
import { Wishes } from './wishes';
import { watchGpu } from './watch-gpu';
import { nextChunk, type NextChunk } from '../planning/run/chunk-order';
import { cutsOf, cutsOfChunks } from '../planning/run/express-order';
import { LARGEST_WINDOW, nextWindow } from '../planning/run/chunk-window';
import { CHUNKS_PER_ANSWER, chunksOf, decodeMissing, type ChunkRange } from '../planning/run/missing-chunks';

/**
 * A chunk takes six events at most, three of its own and three of the workflow task that sees its end, and one more when it
 * is cancelled: a run stays below the 4,096 events from which the server advises to start afresh.
 */
const CHUNKS_PER_RUN = 600;

/**
 * How far a leading chunk goes ahead of the next. Activities that one workflow task schedules reach the queue in any order, and one that
 * comes behind others waits for a slot for as long as a chunk takes.
 */
const LEAD_MS = 250;

/**
 * Encodes every chunk of one codec family, or those without a report when it resumes. The first chunk that fails for good
 * cancels the others. No more chunks are in flight than keep the slots busy, so that other work of the same creator, which
 * queues behind them, soon starts. Chunks that viewers wait for are the next, before all other work. A run whose history grows long goes on
 * in a new one once its chunks in flight are over.
 */
export async function transcodeFamily(input: TranscodeFamilyInput): Promise<void> {
  const scope = new CancellationScope();
  let started = 0;
  const inFlight = new Set<number>();
  let left: number[] = [];
  let isOver = false;
  let window = input.chunkWindow ?? LARGEST_WINDOW;
  const express = new ExpressLane(input, { left: () => left, inFlight });
  const wishes = Wishes.of({ ...planOf(input), family: input.family }, { open: input.wishes, express });
  let failure: { reason: unknown } | undefined;
  let rest: number | undefined;

  const fail = (error: unknown): void => {
    failure ??= { reason: error };
    scope.cancel();
  };
  const encode = async (chunk: NextChunk): Promise<void> => {
    started += 1;
    const scheduled = { inFlight: inFlight.add(chunk.chunkIndex).size, atMs: Date.now() };
    try {
      const ranMs = await transcodeChunk(input, chunk, cutsOf(express.cuts, chunk.chunkIndex));
      window = nextWindow(window, { inFlight: scheduled.inFlight, totalMs: Date.now() - scheduled.atMs, ranMs });
    } catch (error) {
      fail(error);
    } finally {
      inFlight.delete(chunk.chunkIndex);
    }
  };

  try {
    await scope.run(async () => {
      watchGpu(input, { ended: () => started - inFlight.size, isOver: () => isOver }).catch(fail);
      for await (const missing of chunksToEncode(input)) {
        left = missing;
        const next = () => nextChunk({ left, wishes: wishes.chunks, inFlight: inFlight.size, window });
        while (left.length > 0) {
          await condition(() => next() !== undefined);
          const chunk = next() as NextChunk;
          if (historyIsLong(started)) {
            [rest] = left;
            return;
          }
          left = left.filter((chunkIndex) => chunkIndex !== chunk.chunkIndex);
          void encode(chunk);
          if (leads(input, chunk)) await sleep(LEAD_MS);
        }
      }
    });
  } catch (error) {
    failure ??= { reason: error };
  }
  await CancellationScope.nonCancellable(() => condition(() => inFlight.size === 0));
  await express.close();
  isOver = true;
  if (failure) throw failure.reason;
  if (rest === undefined) return;
  // The next run would not know of a cancellation that came when nothing was in flight any more.
  if (scope.consideredCancelled) throw new CancelledFailure('cancelled between two runs');
  await continueAsNew<typeof transcodeFamily>({ ...input, firstChunk: rest, chunkWindow: window, ...wished(wishes, express, left) });
}

/** What the next run has to know of viewers. Later chunks are done already where they waited for them. */
function wished({ chunks }: Wishes, { cuts }: ExpressLane, left: readonly number[]): Partial<TranscodeFamilyInput> {
  return chunks.length > 0 ? { resume: true, wishes: [...chunks], cuts: cutsOfChunks(cuts, left) } : {};
}

/** Older releases let the first chunk lead alone, also where more are to. */
function leads({ leads: leading = 0, chunkCount }: TranscodeFamilyInput, { chunkIndex }: NextChunk): boolean {
  const isLeading = chunkIndex < Math.min(Number(leading), chunkCount - 1);
  return isLeading && (chunkIndex === 0 || patched('several-chunks-lead'));
}

/** The server knows the size of the history and its operator's limits; the count is an upper bound in any case. */
function historyIsLong(started: number): boolean {
  return started >= CHUNKS_PER_RUN || (started > 0 && workflowInfo().continueAsNewSuggested);
}

/** Every run asks for the missing chunks anew, so that a run hands only a number to the next one. */
async function* chunksToEncode(input: TranscodeFamilyInput): AsyncGenerator<number[]> {
  for (let firstChunk = input.firstChunk ?? 0; firstChunk < input.chunkCount; firstChunk += CHUNKS_PER_ANSWER) {
    const range = { firstChunk, endChunk: Math.min(firstChunk + CHUNKS_PER_ANSWER, input.chunkCount) };
    yield input.resume ? await missingChunks(input, range) : chunksOf(range);
  }
}

async function missingChunks(input: TranscodeFamilyInput, range: ChunkRange): Promise<number[]> {
  const { missing } = await bookkeeping('find finished chunks').findMissingChunks({ ...planOf(input), family: input.family, ...range });
  return decodeMissing(range, missing);
}

/** Resolves to how long the chunk had its slot, where that together with its wait tells how busy slots are: a wished chunk overtakes the others. */
async function transcodeChunk(
  input: TranscodeFamilyInput,
  { chunkIndex, isWished }: NextChunk,
  cuts: readonly number[],
): Promise<number | undefined> {
  const { family, chunkCount } = input;
  const summary = `${family} chunk ${chunkIndex + 1} of ${chunkCount}${isWished ? ', which viewers wait for' : ''}`;
  const options = {
    ...(input.takesWishes ? { activityId: chunkActivityId(chunkIndex) } : {}),
    ...(isWished ? { priority: { priorityKey: PRIORITY_KEYS.urgent } } : {}),
  };
  const ref = { ...planOf(input), family, chunkCount, chunkIndex, ...(cuts.length > 0 ? { cuts: [...cuts] } : {}) };
  const { ranMs } = await chunkActivities(input.encoder, summary, options).transcodeChunk(ref);
  return isWished ? undefined : ranMs;
}
