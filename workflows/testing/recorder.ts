import type { PipelineActivities, ReopenRequest, RunRemains } from '../../temporal/contract/activities';
import type { SplitResult } from '../../temporal/contract/results';
import type { Step } from '../../temporal/contract/steps';
import { encodeMissing } from '../planning/run/missing-chunks';

const CHUNKS = 5;
export const SPLIT: SplitResult = { planSha256: 'f'.repeat(64), families: [{ family: 'h264', chunkCount: CHUNKS }], skippedSteps: [] };

/**
 * Activities that succeed at once, note that they ran, and remember what they made as storage and rows would. A test replaces
 * those it is about.
 */
export class Recorder {
  readonly calls: string[] = [];
  readonly reopened: ReopenRequest[] = [];
  private readonly completed = new Set<Step>();
  private readonly chunks = new Set<number>();
  private split: SplitResult | null = null;
  private lost = false;

  constructor(private readonly plan: SplitResult = SPLIT) {}

  activities(overrides: Partial<PipelineActivities> = {}): PipelineActivities {
    const note = (name: string): Promise<void> => {
      this.calls.push(name);
      return Promise.resolve();
    };
    const done = async (step: Step): Promise<{ bytesOut: number }> => {
      await note(step);
      this.completed.add(step);
      return { bytesOut: 1 };
    };
    return {
      ingest: async () => {
        await note('ingest');
        return { bytesOut: 1 };
      },
      recordIngestFailure: ({ failureType }) => note(`ingest failed ${failureType}`),
      probe: async () => {
        await done('probe');
        return { durationMs: 30_000, frameCount: 720 };
      },
      split: async () => {
        await done('split');
        this.split = this.plan;
        return this.plan;
      },
      transcodeChunk: async ({ chunkIndex, chunkCount }) => {
        await note(`chunk ${chunkIndex}`);
        this.chunks.add(chunkIndex);
        if (this.chunks.size === chunkCount) this.completed.add('transcode');
        return { bytesOut: 1 };
      },
      findMissingChunks: (range) => Promise.resolve({ missing: encodeMissing(range, (chunkIndex) => !this.chunks.has(chunkIndex)) }),
      bringForward: async ({ segments }) => ({ chunks: segments }),
      transcodeExpress: ({ segment }) => note(`express ${segment}`),
      audio: () => done('audio'),
      thumbnails: () => done('thumbnails'),
      remakePictures: async () => {
        await note('remake pictures');
        return { bytesOut: 1 };
      },
      subtitles: () => done('subtitles'),
      recogniseSpeech: () => done('speech'),
      publishText: () => note('publish text'),
      removeText: () => note('remove text'),
      moderate: () => done('moderation'),
      holdForModeration: () => Promise.resolve({ isHeld: false }),
      recordModerationRuling: ({ decision, decidedBy }) => note(`${decision} by ${decidedBy}`),
      packageManifests: () => done('package'),
      verify: () => done('verify'),
      publish: () => done('publish'),
      planProtection: async ({ joins }) => {
        await note('plan protection');
        return { groups: [joins ?? ('h264' as const), ...(joins ? [] : ['audio' as const])].map((group) => ({ group, pieceCount: 2 })) };
      },
      protectPiece: async ({ group, pieceIndex }) => {
        await note(`protect ${group} ${pieceIndex}`);
        return { bytesOut: 1 };
      },
      packageProtected: () => done('drm'),
      beginProtection: async () => {
        await note('begin protection');
        return { families: ['av1'] };
      },
      switchToProtected: () => note('switch to protected'),
      removeClear: () => note('clear media removed'),
      planTs: async () => {
        await note('plan ts');
        return { pieceCount: 2 };
      },
      muxTsPiece: async ({ pieceIndex }) => {
        await note(`mux ts ${pieceIndex}`);
        return { bytesOut: 1 };
      },
      publishTs: () => done('ts'),
      joiningFamilies: async () => ({ families: [] }),
      planFamily: async ({ family }) => {
        await note(`plan ${family}`);
        return { planSha256: 'c'.repeat(64), chunkCount: 2, transcodeSlots: 1 };
      },
      packageFamily: ({ joins }) => note(`package ${joins}`).then(() => ({ bytesOut: 1 })),
      verifyFamily: ({ joins }) => note(`verify ${joins}`).then(() => ({ bytesOut: 1 })),
      publishFamily: ({ joins }) => note(`publish ${joins}`).then(() => ({ bytesOut: 1 })),
      withdrawFamily: ({ family }) => note(`withdraw ${family}`),
      removeFamily: ({ family }) => note(`remove ${family}`),
      leaveGpu: async ({ family, failureType }) => {
        await note(`leave GPU ${family} ${failureType}`);
        this.chunks.clear();
        return { planSha256: 'd'.repeat(64) };
      },
      isGpuServed: () => Promise.resolve({ isServed: true }),
      recordFamilyEnd: ({ family, state }) => note(`${family} ${state}`),
      removeOldGenerations: async () => {
        await note('clean up');
        return { removedGenerations: 1 };
      },
      recordFailure: ({ step, failureType }) => note(`failed ${step} ${failureType}`),
      recordWarning: ({ step }) => note(`warning ${step}`),
      recordCancelled: () => note('cancelled'),
      recordRemoved: () => note('removed'),
      removeTemporary: () => note('temporary objects removed'),
      removeOutputs: () => note('outputs removed'),
      inspectRun: () => Promise.resolve(this.remains()),
      reopenRun: (request) => {
        this.reopened.push(request);
        return Promise.resolve();
      },
      ...overrides,
    };
  }

  /** Forgets what ran so far, so that a test sees what a retry adds. */
  forget(): void {
    this.calls.length = 0;
  }

  /** As if storage had lost what the runs stored. */
  loseEverything(): void {
    this.lost = true;
    this.split = null;
    this.completed.clear();
    this.chunks.clear();
  }

  private remains(): RunRemains {
    return { lost: this.lost, split: this.split, completedSteps: [...this.completed] };
  }
}
