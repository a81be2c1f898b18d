import { ApplicationFailure, ParentClosePolicy, startChild } from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { PlanRef, RunRef } from '../../temporal/contract/activities';
import type { SplitResult } from '../../temporal/contract/results';
import { cleanUpWorkflowId, joinFamilyWorkflowId } from '../../temporal/contract/ids';
import { isRunnable, type RunnableStep, type Walk, type WalkStep } from '../../temporal/contract/pipeline';
import type { Step } from '../../temporal/contract/steps';
import { cleanUp } from '../clean-up.workflow';
import { joinFamily } from '../family/join-family.workflow';
import { MOST_REMAKES, runPlanned } from '../family/run-family';
import { firstWindow } from '../planning/run/chunk-window';
import { runProtection } from '../protection/run-protection';
import { runTs } from '../ts/run-ts';
import { bookkeeping, stepActivities } from '../step-activities';
import type { ModerationGate } from './moderation-gate';
import type { StepRunner } from './run-steps';
import { showStatus } from './show-status';
import type { AskedRetry } from './video-commands';
import { userMessage } from '../user-message';

/** Chunks that a viewer who starts at the beginning asks for while the first ones are made. */
const LEADING_CHUNKS = 3;

/** Results of an earlier attempt at the same generation, for a run that resumes it. */
export interface RunHistory {
  split: SplitResult | null;
  completed: readonly Step[];
  /** How often chunks were made again for their tools. */
  remakes?: number | undefined;
}

/** One run over one generation: its walk, its plan once known, and the executor of each step. */
export class VideoRun implements StepRunner {
  warnings = 0;
  private split: SplitResult | null;
  private readonly completed: ReadonlySet<Step>;
  private readonly remakes: number;
  /** Chunks of an earlier attempt may be there already. */
  private readonly resumes: boolean;

  /** Throws for a walk with a step that this release cannot do: its task is tried again until a newer worker takes it. */
  constructor(
    readonly ref: RunRef,
    readonly walk: Walk,
    private readonly moderation: Pick<ModerationGate, 'pass'>,
    history?: Partial<RunHistory>,
  ) {
    const foreign = walk.find(({ step }) => !isRunnable(step));
    if (foreign) throw new Error(`this worker cannot do the step ${foreign.step}; it waits for one of a newer release`);
    this.split = history?.split ?? null;
    this.completed = new Set(history?.completed);
    this.remakes = history?.remakes ?? 0;
    this.resumes = this.split !== null;
  }

  /** The retry that answers a failure without being asked for; null when the failure stands. */
  remedy(failureType: string): AskedRetry | null {
    if (failureType !== 'ToolsDiffer' || this.remakes === MOST_REMAKES) return null;
    return { request: { fromStep: 'transcode', walk: this.walk }, remakes: this.remakes + 1 };
  }

  async run({ step }: WalkStep): Promise<void> {
    if (this.completed.has(step) || this.split?.skippedSteps.includes(step)) return;
    await this.steps[step]();
  }

  async warn({ step }: WalkStep, error: unknown): Promise<void> {
    this.warnings += 1;
    await bookkeeping(`note that ${step} failed`).recordWarning({ ...this.ref, step, message: userMessage(error).message });
  }

  private readonly steps: Record<RunnableStep, () => Promise<unknown>> = {
    probe: () => {
      showStatus('probing');
      return stepActivities('probe', 'read the source').probe(this.ref);
    },
    split: async () => {
      this.split = await stepActivities('split', 'plan ladder, grid and chunks').split({ ...this.ref, walk: this.walk });
    },
    transcode: () => {
      showStatus('transcoding');
      return Promise.all(this.planned().families.map((family) => this.transcode(family)));
    },
    audio: () => stepActivities('audio', 'every track, whole').audio({ ...this.plan(), redo: this.resumes }),
    thumbnails: () => stepActivities('thumbnails', 'poster, thumbnails, sprites').thumbnails(this.plan()),
    subtitles: () => stepActivities('subtitles', 'text tracks of the source').subtitles(this.plan()),
    speech: () => stepActivities('speech', 'subtitles of what is said').recogniseSpeech(this.plan()),
    moderation: () => stepActivities('moderation', 'score sampled pictures').moderate(this.plan()),
    package: () => {
      showStatus('packaging');
      return stepActivities('package', 'HLS and DASH playlists').packageManifests({ ...this.plan(), verifiedLater: this.has('verify') });
    },
    verify: () => stepActivities('verify', 'read back, compare, measure').verify(this.plan()),
    drm: () => runProtection(this.ref),
    publish: async () => {
      if (this.has('moderation')) await this.moderation.pass(this.ref);
      await stepActivities('publish', 'replace the published manifests').publish(this.plan());
      if (this.ref.generation > 1) await this.cleanUpLater();
      if (this.planned().hasJoiningFamilies) await this.letFamiliesJoin();
    },
    ts: () => runTs(this.ref),
  };

  private async transcode({ family, chunkCount, ...planned }: SplitResult['families'][number]): Promise<void> {
    const { transcodeSlots, opensEarly } = this.planned();
    const chunks = {
      chunkCount,
      chunkWindow: firstWindow(transcodeSlots),
      ...(opensEarly ? { leads: LEADING_CHUNKS, takesWishes: opensEarly } : {}),
    };
    const made = await runPlanned({ ...this.plan(), family, ...chunks, resume: this.resumes }, planned);
    // A GPU that failed leaves a family to the CPU under another plan, which the steps after this one read.
    this.split = { ...this.planned(), planSha256: made.planSha256 };
  }

  /** On its own, so that this workflow can end. */
  private async cleanUpLater(): Promise<void> {
    const { videoId, generation } = this.ref;
    await startUnlessThere(cleanUp, {
      workflowId: cleanUpWorkflowId(videoId, generation),
      args: [{ videoId }],
      staticSummary: 'remove old generations',
    });
  }

  /** Each on its own, so that the title is ready and every family ends in its own way. */
  private async letFamiliesJoin(): Promise<void> {
    const { videoId, generation } = this.ref;
    const { families } = await bookkeeping('ask which families join').joiningFamilies(this.ref);
    for (const family of families) {
      await startUnlessThere(joinFamily, {
        workflowId: joinFamilyWorkflowId(videoId, generation, family),
        args: [{ videoId, generation, family }],
        staticSummary: `${family} of a published title`,
      });
    }
  }

  private has(step: Step): boolean {
    return this.walk.some((one) => one.step === step);
  }

  private plan(): PlanRef {
    return { ...this.ref, planSha256: this.planned().planSha256 };
  }

  private planned(): SplitResult {
    if (!this.split) throw ApplicationFailure.nonRetryable('a step ran before the plan was recorded', 'PlanInvalid');
    return this.split;
  }
}

/** Starts a workflow that outlives this one. One that a retry of the step has started already serves as well. */
async function startUnlessThere<Input>(
  workflow: (input: Input) => Promise<void>,
  options: { workflowId: string; args: [Input]; staticSummary: string },
): Promise<void> {
  try {
    await startChild(workflow, { ...options, parentClosePolicy: ParentClosePolicy.ABANDON });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
