import {
  ApplicationFailure,
  ActivityFailure,
  CancellationScope,
  ChildWorkflowFailure,
  ParentClosePolicy,
  proxyActivities,
  setCurrentDetails,
  startChild,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { defineSearchAttributeKey, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { PipelineActivities, PlanRef, SplitResult } from '../temporal/contract/activities';
import { cleanUpWorkflowId, SEARCH_ATTRIBUTES } from '../temporal/contract/ids';
import type { Step, VideoStatus } from '../temporal/contract/steps';
import type { ProcessVideoInput, ProcessVideoResult } from '../temporal/contract/workflows';
import { activityOptions } from './activity-options';
import { cleanUp } from './clean-up.workflow';
import { PIPELINE, type PipelineStep } from './pipeline';
import { runFamily } from './run-family';
import { runSteps, StepFailed } from './run-steps';

const videoStatus = defineSearchAttributeKey(SEARCH_ATTRIBUTES.videoStatus, 'KEYWORD');
const failedStep = defineSearchAttributeKey(SEARCH_ATTRIBUTES.failedStep, 'KEYWORD');

const bookkeeping = proxyActivities<PipelineActivities>(activityOptions('pipeline', 'bookkeeping', 'record the outcome'));

/** Takes one uploaded video to published streams. One at a time per video; see `processVideoWorkflowId`. */
export async function processVideo(input: ProcessVideoInput): Promise<ProcessVideoResult> {
  const run = new VideoRun(input);
  try {
    await runSteps(PIPELINE, run);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    await CancellationScope.nonCancellable(() => run.fail(error));
  }
  showStatus('ready');
  return { status: 'ready', warnings: run.warnings };
}

/** What one run knows: the recorded plan once there is one, and how each step is done. */
class VideoRun {
  warnings = 0;
  private split: SplitResult | undefined;

  constructor(private readonly input: ProcessVideoInput) {}

  async run(row: PipelineStep): Promise<void> {
    if (this.split?.skippedSteps.includes(row.step)) return;
    await this.steps[row.step]?.(row);
  }

  async warn(row: PipelineStep, error: unknown): Promise<void> {
    this.warnings += 1;
    await bookkeeping.recordWarning({ ...this.ref(), step: row.step, message: userMessage(error).message });
  }

  /** Records the failure where the user looks for it, then fails the workflow. */
  async fail(failure: StepFailed): Promise<never> {
    const { type, message } = userMessage(failure.reason);
    await bookkeeping.recordFailure({ ...this.ref(), step: failure.step, failureType: type, message });
    showStatus('failed', failure.step);
    throw ApplicationFailure.create({ type, message: `${failure.step}: ${message}`, nonRetryable: true });
  }

  private readonly steps: Partial<Record<Step, (row: PipelineStep) => Promise<void>>> = {
    probe: async (row) => {
      showStatus('probing');
      await activities(row, 'read the source').probe(this.ref());
    },
    split: async (row) => {
      this.split = await activities(row, 'plan ladder, grid and chunks').split(this.ref());
      showStatus('transcoding');
    },
    transcode: async () => {
      await Promise.all(this.planned().families.map((family) => this.transcode(family)));
    },
    audio: async (row) => {
      await activities(row, 'AAC, whole track').audio(this.plan());
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
      if (this.input.generation > 1) await this.cleanUpLater();
    },
  };

  private async transcode({ family, chunkCount }: SplitResult['families'][number]): Promise<void> {
    await runFamily({ ...this.plan(), family, chunkCount, resume: false });
  }

  /** On its own, so that this workflow can end. One that a retry of the step has started already serves as well. */
  private async cleanUpLater(): Promise<void> {
    const { videoId, generation } = this.input;
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

  private ref() {
    return { videoId: this.input.videoId, generation: this.input.generation };
  }

  private plan(): PlanRef {
    return { ...this.ref(), planSha256: this.planned().planSha256 };
  }

  private planned(): SplitResult {
    if (!this.split) throw ApplicationFailure.nonRetryable('a step ran before the plan was recorded', 'PlanInvalid');
    return this.split;
  }
}

function activities(row: PipelineStep, summary: string) {
  return proxyActivities<PipelineActivities>(activityOptions(row.queue, row.policy, summary));
}

function showStatus(status: VideoStatus, step?: Step): void {
  upsertSearchAttributes([
    { key: videoStatus, value: status },
    { key: failedStep, value: step ?? null },
  ]);
  setCurrentDetails(step ? `${status} at ${step}` : status);
}

/** The innermost application failure: it holds the type and the sentence meant for the user. */
function userMessage(error: unknown): { type: string; message: string } {
  let current = error;
  while ((current instanceof ActivityFailure || current instanceof ChildWorkflowFailure) && current.cause) {
    current = current.cause;
  }
  if (current instanceof ApplicationFailure) return { type: current.type ?? 'EncodeFailed', message: current.message };
  return { type: 'EncodeFailed', message: 'The step did not finish: its workers stopped answering.' };
}
