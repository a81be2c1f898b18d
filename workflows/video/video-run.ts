import {
  ActivityFailure,
  ApplicationFailure,
  ChildWorkflowFailure,
  ParentClosePolicy,
  proxyActivities,
  startChild,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { PipelineActivities, PlanRef, RunRef, SplitResult } from '../../temporal/contract/activities';
import { cleanUpWorkflowId } from '../../temporal/contract/ids';
import type { Step } from '../../temporal/contract/steps';
import { activityOptions } from '../activity-options';
import { cleanUp } from '../clean-up.workflow';
import type { PipelineStep } from '../../temporal/contract/pipeline';
import { firstWindow } from '../planning/run/chunk-window';
import { showStatus } from './show-status';
import { runFamily } from '../family/run-family';
import type { StepRunner } from './run-steps';

export const bookkeeping = proxyActivities<PipelineActivities>(activityOptions('pipeline', 'bookkeeping', 'keep the books'));
export const cleaning = proxyActivities<PipelineActivities>(activityOptions('pipeline', 'cleanUp', 'delete objects'));

/** What an earlier walk over the steps left, for one that goes on from there. */
export interface RunHistory {
  split: SplitResult | null;
  completed: readonly Step[];
}

/** One walk over the steps of one generation: what is known on the way, and how each step is done. */
export class VideoRun implements StepRunner {
  warnings = 0;
  private split: SplitResult | null;
  private readonly completed: ReadonlySet<Step>;
  /** Chunks of an earlier walk may be there already. */
  private readonly resumes: boolean;

  constructor(
    readonly ref: RunRef,
    history?: RunHistory,
  ) {
    this.split = history?.split ?? null;
    this.completed = new Set(history?.completed);
    this.resumes = this.split !== null;
  }

  async run(row: PipelineStep): Promise<void> {
    if (this.completed.has(row.step) || this.split?.skippedSteps.includes(row.step)) return;
    await this.steps[row.step]?.(row);
  }

  async warn(row: PipelineStep, error: unknown): Promise<void> {
    this.warnings += 1;
    await bookkeeping.recordWarning({ ...this.ref, step: row.step, message: userMessage(error).message });
  }

  private readonly steps: Partial<Record<Step, (row: PipelineStep) => Promise<void>>> = {
    probe: async (row) => {
      showStatus('probing');
      await activities(row, 'read the source').probe(this.ref);
    },
    split: async (row) => {
      this.split = await activities(row, 'plan ladder, grid and chunks').split(this.ref);
    },
    transcode: async () => {
      showStatus('transcoding');
      await Promise.all(this.planned().families.map((family) => this.transcode(family)));
    },
    audio: async (row) => {
      await activities(row, 'AAC, whole track').audio({ ...this.plan(), redo: this.resumes });
    },
    thumbnails: async (row) => {
      await activities(row, 'poster, thumbnails, sprites').thumbnails(this.plan());
    },
    package: async (row) => {
      showStatus('packaging');
      await activities(row, 'HLS and DASH playlists').packageManifests(this.plan());
    },
    publish: async (row) => {
      await activities(row, 'replace the published manifests').publish(this.plan());
      if (this.ref.generation > 1) await this.cleanUpLater();
    },
  };

  private async transcode({ family, chunkCount }: SplitResult['families'][number]): Promise<void> {
    const chunkWindow = firstWindow(this.planned().transcodeSlots);
    await runFamily({ ...this.plan(), family, chunkCount, chunkWindow, resume: this.resumes });
  }

  /** On its own, so that this workflow can end. One that a retry of the step has started already serves as well. */
  private async cleanUpLater(): Promise<void> {
    const { videoId, generation } = this.ref;
    try {
      await startChild(cleanUp, {
        workflowId: cleanUpWorkflowId(videoId, generation),
        args: [{ videoId }],
        parentClosePolicy: ParentClosePolicy.ABANDON,
        staticSummary: 'remove old generations',
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }

  private plan(): PlanRef {
    return { ...this.ref, planSha256: this.planned().planSha256 };
  }

  private planned(): SplitResult {
    if (!this.split) throw ApplicationFailure.nonRetryable('a step ran before the plan was recorded', 'PlanInvalid');
    return this.split;
  }
}

/** The innermost application failure: it holds the type and the sentence meant for the user. */
export function userMessage(error: unknown): { type: string; message: string } {
  let current = error;
  while ((current instanceof ActivityFailure || current instanceof ChildWorkflowFailure) && current.cause) {
    current = current.cause;
  }
  if (current instanceof ApplicationFailure) return { type: current.type ?? 'EncodeFailed', message: current.message };
  return { type: 'EncodeFailed', message: 'The step did not finish: its workers stopped answering.' };
}

function activities(row: PipelineStep, summary: string) {
  return proxyActivities<PipelineActivities>(activityOptions(row.queue, row.policy, summary));
}
