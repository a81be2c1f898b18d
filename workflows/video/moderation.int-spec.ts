import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { startProcessVideo } from '../../temporal/client';
import type { PipelineActivities } from '../../temporal/contract/activities';
import { processVideoWorkflowId } from '../../temporal/contract/ids';
import type { ModerationDecision } from '../../temporal/contract/media/moderation';
import { walkOf } from '../../temporal/contract/pipeline';
import { decideModeration } from '../../temporal/moderation-commands';
import { cancelProcessVideo, removeProcessedVideo, retryProcessVideo } from '../../temporal/video-commands';
import { Recorder } from '../testing/recorder';
import { openWorkflowServer, type WorkflowServer } from '../testing/workflow-server';

jest.setTimeout(60_000);

const ABOUT = { title: 'A film', sizeBytes: 1 };
const walkIn = (mode: 'flag' | 'hold') => walkOf({ isStrict: false, families: {}, moderation: { mode, threshold: 0.5 } });

let server: WorkflowServer;
beforeAll(async () => {
  server = await openWorkflowServer(process.env['TEMPORAL_ADDRESS'] ?? '');
}, 60_000);
afterAll(() => server.close());

/** A video whose pictures are flagged, and rows as its decisions leave them. */
class FlaggedVideo {
  readonly videoId = randomUUID();
  readonly recorder = new Recorder();
  private isApproved = false;

  constructor(private readonly mode: 'flag' | 'hold') {}

  activities(overrides: Partial<PipelineActivities> = {}): PipelineActivities {
    const works = this.recorder.activities();
    return {
      ...works,
      holdForModeration: async () => {
        const isHeld = this.mode === 'hold' && !this.isApproved;
        if (isHeld) this.recorder.calls.push('held');
        return { isHeld };
      },
      recordModerationRuling: async (ruling) => {
        this.isApproved ||= ruling.decision === 'approve';
        await works.recordModerationRuling(ruling);
      },
      ...overrides,
    };
  }

  start(): Promise<void> {
    return startProcessVideo(server.client, this.input, ABOUT);
  }

  decide(decision: ModerationDecision, decidedBy = 'moderator'): Promise<boolean> {
    return decideModeration(server.client, this.videoId, { decision, decidedBy, note: null });
  }

  retry(fromStep: 'moderation' | 'verify') {
    return retryProcessVideo(server.client, this.command('retry'), { fromStep, walk: this.input.walk });
  }

  remove(): Promise<void> {
    return removeProcessedVideo(server.client, this.command('remove'));
  }

  result(): Promise<unknown> {
    return server.client.workflow.result(processVideoWorkflowId(this.videoId)).catch((error: unknown) => error);
  }

  async until(call: string): Promise<void> {
    while (!this.recorder.calls.includes(call)) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Resolves once the run has taken the answer of its last activity and waits for nothing but a message. */
  async untilIdle(): Promise<void> {
    const handle = server.client.workflow.getHandle(processVideoWorkflowId(this.videoId));
    for (;;) {
      const { raw } = await handle.describe();
      if (!raw.pendingWorkflowTask && !raw.pendingActivities?.length) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  private command(what: string) {
    return { input: this.input, about: ABOUT, updateId: `${what} ${randomUUID()}` };
  }

  private get input() {
    return { videoId: this.videoId, generation: 1, creatorId: 'local', priority: 'normal' as const, walk: walkIn(this.mode) };
  }
}

it('is packaged and verified, and published when it was approved, by one moderator', async () => {
  const video = new FlaggedVideo('hold');
  await server.serving(video.activities(), async () => {
    await video.start();
    await video.until('held');
    expect(video.recorder.calls).toEqual(expect.arrayContaining(['moderation', 'package', 'verify']));
    expect(video.recorder.calls).not.toContain('publish');
    const answers = await Promise.all([video.decide('approve', 'first'), video.decide('reject', 'second')]);
    expect(answers.sort()).toEqual([false, true]);
    // What is left of the run would go to the worker of the next test.
    await video.result();
  });
  const rulings = video.recorder.calls.filter((call) => call.includes(' by '));
  expect(rulings).toHaveLength(1);
});

it('waits without a worker, and takes the decision when one is there again', async () => {
  const video = new FlaggedVideo('hold');
  await server.serving(video.activities(), async () => {
    await video.start();
    await video.until('held');
    // A worker that goes away with a task in its hands would keep the run waiting for the time-out of that task.
    await video.untilIdle();
  });
  await server.serving(video.activities(), async () => {
    expect(await video.decide('approve')).toBe(true);
    expect(await video.result()).toMatchObject({ status: 'ready' });
    expect(await video.decide('approve')).toBe(false);
  });
  expect(video.recorder.calls.slice(-2)).toEqual(['approve by moderator', 'publish']);
});

it('ends removed when it was rejected, and is never published', async () => {
  const video = new FlaggedVideo('hold');
  await server.serving(video.activities(), async () => {
    await video.start();
    await video.until('held');
    expect(await video.decide('reject')).toBe(true);
    expect(await video.result()).toMatchObject({ status: 'removed' });
  });
  expect(video.recorder.calls.slice(-3)).toEqual(['reject by moderator', 'removed', 'outputs removed']);
  expect(video.recorder.calls).not.toContain('publish');
});

it('is cancelled and removed like any run while it is held, and not retried', async () => {
  const cancelled = new FlaggedVideo('hold');
  await server.serving(cancelled.activities(), async () => {
    await cancelled.start();
    await cancelled.until('held');
    expect(await cancelled.retry('moderation')).toBeNull();
    expect(await cancelProcessVideo(server.client, cancelled.videoId)).toBe(true);
    await cancelled.result();
    expect(await cancelled.decide('approve')).toBe(false);
  });
  expect(cancelled.recorder.calls.slice(-2)).toEqual(['cancelled', 'temporary objects removed']);
  const removed = new FlaggedVideo('hold');
  await server.serving(removed.activities(), async () => {
    await removed.start();
    await removed.until('held');
    await removed.remove();
    expect(await removed.result()).toMatchObject({ status: 'removed' });
  });
  expect(removed.recorder.calls).not.toContain('publish');
});

it('takes no decision before it is held, and keeps an approval when it is scored again', async () => {
  const video = new FlaggedVideo('hold');
  let score = () => {};
  const scored = new Promise<void>((resolve) => (score = resolve));
  const works = video.activities();
  await server.serving(
    video.activities({
      moderate: async (plan) => {
        await scored;
        return works.moderate(plan);
      },
    }),
    async () => {
      await video.start();
      await video.until('probe');
      expect(await video.decide('approve')).toBe(false);
      score();
      await video.until('held');
      expect(await video.decide('approve')).toBe(true);
      await video.result();
      video.recorder.forget();
      expect(await video.retry('moderation')).toEqual({ generation: 1 });
      expect(await video.result()).toMatchObject({ status: 'ready' });
    },
  );
  expect(video.recorder.calls).toEqual(['moderation', 'publish']);
});

it.each([
  ['hold', 'failed moderation ModerationUnavailable', false],
  ['flag', 'warning moderation', true],
] as const)('that nothing can score: %s ends with "%s"', async (mode, call, isPublished) => {
  const video = new FlaggedVideo(mode);
  const moderate = () => Promise.reject(ApplicationFailure.nonRetryable('The model cannot be used.', 'ModerationUnavailable'));
  await server.serving(video.activities({ moderate }), async () => {
    await video.start();
    await video.until(call);
    if (isPublished) await video.result();
  });
  expect(video.recorder.calls.includes('publish')).toBe(isPublished);
});
