import { randomUUID } from 'node:crypto';
import { CancelledFailure, WorkflowFailedError, type Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { Context } from '@temporalio/activity';
import { retryProcessVideo, removeProcessedVideo, cancelProcessVideo, type VideoCommand } from '../../temporal/video-commands';
import { startProcessVideo } from '../../temporal/client';
import type { PipelineActivities } from '../../temporal/contract/activities';
import { processVideoWorkflowId } from '../../temporal/contract/ids';
import { walkOf } from '../../temporal/contract/pipeline';
import type { Step } from '../../temporal/contract/steps';
import { encodeMissing } from '../planning/run/missing-chunks';
import { USUAL_WALK } from '../../temporal/testing/usual-walk';
import { Recorder } from '../testing/recorder';
import { terminateRun } from '../../temporal/testing/terminate-run';
import { openWorkflowServer, type WorkflowServer } from '../testing/workflow-server';

/** With every step that a video can ask for and go on without. */
const WHOLE_WALK = walkOf({ isStrict: false, families: {}, hlsTs: true, speech: {} });
const OPTIONAL: Step[] = WHOLE_WALK.filter(({ required }) => !required).map(({ step }) => step);
const REQUIRED: Step[] = USUAL_WALK.filter(({ required }) => required).map(({ step }) => step);

let server: WorkflowServer;
let client: Client;

beforeAll(async () => {
  server = await openWorkflowServer(process.env['TEMPORAL_ADDRESS'] ?? '');
  client = server.client;
}, 60_000);

afterAll(() => server.close());

/** A video whose workflow is driven as the API drives it. */
class Video {
  readonly videoId = randomUUID();
  private readonly about = { title: 'A film', sizeBytes: 1 };

  constructor(
    private readonly retryWindowMs?: number,
    private readonly walk = USUAL_WALK,
  ) {}

  start(): Promise<void> {
    return startProcessVideo(client, this.input(1), this.about);
  }

  retry(fromStep: Step, key: string = randomUUID(), mayBeEnding?: () => Promise<boolean>) {
    return retryProcessVideo(client, this.command(key), { fromStep, walk: this.walk }, mayBeEnding);
  }

  remove(key = 'remove'): Promise<void> {
    return removeProcessedVideo(client, this.command(key));
  }

  cancel(): Promise<boolean> {
    return cancelProcessVideo(client, this.videoId);
  }

  /** Resolves to the result or the failure of the latest run. */
  result(): Promise<unknown> {
    return client.workflow.result(processVideoWorkflowId(this.videoId)).catch((error: unknown) => error);
  }

  async runId(): Promise<string> {
    return (await client.workflow.getHandle(processVideoWorkflowId(this.videoId)).describe()).runId;
  }

  private command(updateId: string): VideoCommand {
    return { input: this.input(1), about: this.about, updateId };
  }

  private input(generation: number) {
    const { videoId, retryWindowMs, walk } = this;
    return {
      videoId,
      generation,
      creatorId: 'local',
      priority: 'normal' as const,
      walk,
      ...(retryWindowMs === undefined ? {} : { retryWindowMs }),
    };
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Fails for good as often as asked, then works. */
function failing<Input>(times: number, work: (input: Input) => Promise<never>): (input: Input) => Promise<never> {
  let left = times;
  return async (input) => {
    if (left-- > 0) throw ApplicationFailure.nonRetryable('It broke.', 'EncodeFailed');
    return work(input);
  };
}

/** The activity of a step, named in the contract. */
const ACTIVITY: Record<string, keyof PipelineActivities> = {
  probe: 'probe',
  split: 'split',
  transcode: 'transcodeChunk',
  audio: 'audio',
  thumbnails: 'thumbnails',
  package: 'packageManifests',
  verify: 'verify',
  drm: 'packageProtected',
  publish: 'publish',
  subtitles: 'subtitles',
  speech: 'recogniseSpeech',
  ts: 'publishTs',
};

function withFailingStep(recorder: Recorder, step: Step, times = 1): PipelineActivities {
  const name = ACTIVITY[step] as keyof PipelineActivities;
  const { [name]: work, ...others } = recorder.activities();
  return { ...others, [name]: failing(times, work as never) } as unknown as PipelineActivities;
}

describe('a run that failed', () => {
  it.each(REQUIRED)(
    'waits at %s and goes on in place',
    async (step) => {
      const recorder = new Recorder();
      const video = new Video();
      await server.serving(withFailingStep(recorder, step), async () => {
        await video.start();
        await until(() => recorder.calls.includes(`failed ${step} EncodeFailed`));
        const runId = await video.runId();
        expect(await video.retry(step)).toEqual({ generation: step === 'probe' ? 2 : 1 });
        expect(await video.result()).toMatchObject({ status: 'ready' });
        expect(await video.runId()).toBe(runId);
      });
      const times = (name: string) => recorder.calls.filter((call) => call === name).length;
      // What was done before the failure is done once; chunks and audio run side by side, so either may have been cut short.
      for (const kept of ['probe', 'split', 'package', 'verify', 'publish'].filter((one) => one !== step))
        expect([kept, times(kept)]).toEqual([kept, 1]);
    },
    60_000,
  );

  it.each([
    [1, 'ready'],
    [3, 'failed'],
  ])('makes the chunks of older tools again by itself; packaging that finds some %i times ends %s', async (times, end) => {
    const recorder = new Recorder();
    const video = new Video(1);
    const works = recorder.activities();
    let left = times;
    const packageManifests: PipelineActivities['packageManifests'] = async (plan) => {
      if (left-- > 0) throw ApplicationFailure.nonRetryable('Chunks of different tools.', 'ToolsDiffer');
      return works.packageManifests(plan);
    };
    const findMissingChunks: PipelineActivities['findMissingChunks'] = (range) =>
      Promise.resolve({ missing: encodeMissing(range, (chunkIndex) => chunkIndex === 2) });
    await server.serving({ ...works, packageManifests, findMissingChunks }, async () => {
      await video.start();
      const result = await video.result();
      if (end === 'ready') expect(result).toMatchObject({ status: 'ready' });
      else expect(result).toBeInstanceOf(WorkflowFailedError);
    });
    const count = (name: string) => recorder.calls.filter((call) => call === name).length;
    expect({ again: count('chunk 2') - 1, others: count('chunk 1'), audio: count('audio') }).toEqual({
      again: Math.min(times, 2),
      others: 1,
      audio: 1,
    });
    expect(count('failed package ToolsDiffer')).toBe(end === 'ready' ? 0 : 1);
  });

  it('encodes the one chunk that is missing', async () => {
    const recorder = new Recorder();
    const works = recorder.activities();
    let broken = true;
    const transcodeChunk: PipelineActivities['transcodeChunk'] = async (chunk) => {
      if (chunk.chunkIndex !== 3 || !broken) return works.transcodeChunk(chunk);
      await until(() => recorder.calls.filter((call) => call.startsWith('chunk')).length === 4);
      throw ApplicationFailure.nonRetryable('It broke.', 'EncodeFailed');
    };
    const video = new Video();
    await server.serving({ ...works, transcodeChunk }, async () => {
      await video.start();
      await until(() => recorder.calls.includes('failed transcode EncodeFailed'));
      recorder.forget();
      broken = false;
      await video.retry('transcode');
      await video.result();
    });
    expect(recorder.calls.filter((call) => call.startsWith('chunk'))).toEqual(['chunk 3']);
  }, 60_000);

  it('takes one of two retries, and the same one twice', async () => {
    const recorder = new Recorder();
    const video = new Video();
    await server.serving(withFailingStep(recorder, 'package'), async () => {
      await video.start();
      await until(() => recorder.calls.includes('failed package EncodeFailed'));
      const answers = await Promise.all([video.retry('package', 'a'), video.retry('audio', 'b')]);
      expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
      const [step, key] = answers[0] ? (['package', 'a'] as const) : (['audio', 'b'] as const);
      expect(await video.retry(step, key)).toEqual({ generation: 1 });
      await video.result();
    });
    expect(recorder.reopened).toHaveLength(1);
  }, 60_000);

  it('ends when no request comes in time, and is taken up by a new run', async () => {
    const recorder = new Recorder();
    const video = new Video(1);
    await server.serving(withFailingStep(recorder, 'publish'), async () => {
      await video.start();
      expect(await video.result()).toBeInstanceOf(WorkflowFailedError);
      recorder.forget();
      expect(await video.retry('publish')).toEqual({ generation: 1 });
      expect(await video.result()).toMatchObject({ status: 'ready' });
    });
    expect(recorder.calls).toEqual(['publish']);
  }, 60_000);
});

describe('a ready video', () => {
  /** Serves the activities until a video is ready and `work` with it is done. */
  async function withReadyVideo(activities: PipelineActivities, work: (video: Video) => Promise<void>, video = new Video()): Promise<void> {
    await server.serving(activities, async () => {
      await video.start();
      await video.result();
      await work(video);
    });
  }

  it('does exactly what stands on the step again', async () => {
    const recorder = new Recorder();
    await withReadyVideo(recorder.activities(), async (video) => {
      recorder.forget();
      await video.retry('package');
      await video.result();
    });
    expect(recorder.calls).toEqual(['package', 'verify', 'publish']);
  }, 60_000);

  it.each(OPTIONAL)(
    'does the optional step %s again without touching its status',
    async (step) => {
      const recorder = new Recorder();
      const retried = async (video: Video) => {
        expect(recorder.calls).toContain(`warning ${step}`);
        recorder.forget();
        await video.retry(step);
        expect(await video.result()).toMatchObject({ status: 'ready', warnings: 0 });
      };
      await withReadyVideo(withFailingStep(recorder, step), retried, new Video(undefined, WHOLE_WALK));
      expect(recorder.calls.at(-1)).toBe(step);
      expect(recorder.calls.filter((call) => call === 'publish' || call.startsWith('chunk'))).toEqual([]);
      expect(recorder.reopened).toMatchObject([{ status: null, rerun: [step] }]);
    },
    60_000,
  );

  it('takes one of two retries at once', async () => {
    const recorder = new Recorder();
    await withReadyVideo(recorder.activities(), async (video) => {
      const answers = await Promise.all([video.retry('package'), video.retry('package'), video.retry('package')]);
      expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
      await video.result();
    });
    expect(recorder.reopened).toHaveLength(1);
  }, 60_000);

  it('takes the same retry once, also after it is over', async () => {
    const recorder = new Recorder();
    await withReadyVideo(recorder.activities(), async (video) => {
      recorder.forget();
      for (let time = 0; time < 3; time++) {
        expect(await video.retry('package', 'one key')).toEqual({ generation: 1 });
        await video.result();
      }
    });
    expect(recorder.calls).toEqual(['package', 'verify', 'publish']);
  }, 60_000);

  it('is made anew when everything temporary is gone', async () => {
    const recorder = new Recorder();
    await withReadyVideo(recorder.activities(), async (video) => {
      recorder.forget();
      recorder.loseEverything();
      expect(await video.retry('publish')).toEqual({ generation: 2 });
      await video.result();
    });
    expect(recorder.calls).toEqual(expect.arrayContaining(['probe', 'split', 'chunk 0', 'publish']));
  }, 60_000);
});

describe('a video that is given up', () => {
  /** Encodes until it is told to stop. */
  const endless =
    (onStart: () => void): PipelineActivities['transcodeChunk'] =>
    async () => {
      onStart();
      const beat = setInterval(() => Context.current().heartbeat(), 50);
      try {
        await Context.current().cancelled;
        return { bytesOut: 0 };
      } finally {
        clearInterval(beat);
      }
    };

  it('stops its encoders before it says so', async () => {
    const recorder = new Recorder();
    const video = new Video();
    let started = 0;
    await server.serving(recorder.activities({ transcodeChunk: endless(() => started++) }), async () => {
      await video.start();
      await until(() => started > 0);
      expect(await video.cancel()).toBe(true);
      const error = await video.result();
      expect((error as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
      expect(await video.cancel()).toBe(false);
    });
    expect(recorder.calls.slice(-2)).toEqual(['cancelled', 'temporary objects removed']);
    expect(recorder.calls).not.toContain('package');
  }, 60_000);

  it('can be cancelled while it waits for a retry', async () => {
    const recorder = new Recorder();
    const video = new Video();
    await server.serving(withFailingStep(recorder, 'split'), async () => {
      await video.start();
      await until(() => recorder.calls.includes('failed split EncodeFailed'));
      await video.cancel();
      await video.result();
    });
    expect(recorder.calls.slice(-2)).toEqual(['cancelled', 'temporary objects removed']);
  }, 60_000);

  it.each(['under way', 'waiting', 'ready'] as const)(
    'is removed when it is %s',
    async (state) => {
      const recorder = new Recorder();
      const video = new Video();
      let started = 0;
      const activities = {
        'under way': recorder.activities({ transcodeChunk: endless(() => started++) }),
        waiting: withFailingStep(recorder, 'package'),
        ready: recorder.activities(),
      }[state];
      await server.serving(activities, async () => {
        await video.start();
        if (state === 'under way') await until(() => started > 0);
        else if (state === 'waiting') await until(() => recorder.calls.includes('failed package EncodeFailed'));
        else await video.result();
        await video.remove();
        expect(recorder.calls).toContain('removed');
        expect(await video.result()).toMatchObject({ status: 'removed' });
        await video.remove();
      });
      expect(recorder.calls).toContain('outputs removed');
      expect(recorder.calls.slice(recorder.calls.indexOf('removed'))).not.toContain('publish');
    },
    60_000,
  );

  it('answers a removal that arrives while the outputs of an earlier one go', async () => {
    const recorder = new Recorder();
    const video = new Video();
    const outputs = new Gate();
    const secondRecord = new Gate();
    const works = recorder.activities();
    const activities = recorder.activities({
      recordRemoved: async (removed) => {
        if (recorder.calls.includes('removed')) await secondRecord.pass();
        return works.recordRemoved(removed);
      },
      removeOutputs: async (removed) => {
        await outputs.pass();
        return works.removeOutputs(removed);
      },
    });
    await server.serving(activities, async () => {
      await video.start();
      await video.result();
      await video.remove();
      await outputs.reached;
      const runId = await video.runId();
      const second = video.remove('remove again');
      await secondRecord.reached;
      outputs.open();
      await until(() => recorder.calls.includes('outputs removed'));
      // Time for a workflow that does not wait to end.
      await new Promise((resolve) => setTimeout(resolve, 500));
      secondRecord.open();
      await second;
      expect(await video.runId()).toBe(runId);
      expect(await video.result()).toMatchObject({ status: 'removed' });
    });
  }, 60_000);

  it('is removed with its outputs when the removal arrives while it is being cancelled', async () => {
    const recorder = new Recorder();
    const video = new Video();
    const temporary = new Gate();
    const works = recorder.activities();
    const removeTemporary: PipelineActivities['removeTemporary'] = async (cancelled) => {
      await temporary.pass();
      return works.removeTemporary(cancelled);
    };
    let started = 0;
    await server.serving(recorder.activities({ removeTemporary, transcodeChunk: endless(() => started++) }), async () => {
      await video.start();
      await until(() => started > 0);
      await video.cancel();
      await temporary.reached;
      const removal = video.remove();
      await new Promise((resolve) => setTimeout(resolve, 500));
      temporary.open();
      await removal;
      expect(await video.result()).toMatchObject({ status: 'removed' });
    });
    expect(recorder.calls).toContain('removed');
    expect(recorder.calls.at(-1)).toBe('outputs removed');
  }, 60_000);

  it('is removed by the next run when an operator terminates the one that has taken the removal', async () => {
    const recorder = new Recorder();
    const video = new Video();
    const record = new Gate();
    const works = recorder.activities();
    let records = 0;
    const recordRemoved: PipelineActivities['recordRemoved'] = async (removed) => {
      if (records++ === 0) await record.pass();
      return works.recordRemoved(removed);
    };
    await server.serving(recorder.activities({ recordRemoved }), async () => {
      await video.start();
      await video.result();
      const removal = video.remove();
      await record.reached;
      await terminateRun(client, processVideoWorkflowId(video.videoId));
      record.open();
      await removal;
      expect(await video.result()).toMatchObject({ status: 'removed' });
    });
    expect(recorder.calls).toContain('outputs removed');
  }, 60_000);

  it('goes on from a retry that arrives while the cancelled run clears up', async () => {
    const recorder = new Recorder();
    const video = new Video();
    const temporary = new Gate();
    const works = withFailingStep(recorder, 'split');
    const removeTemporary: PipelineActivities['removeTemporary'] = async (cancelled) => {
      await temporary.pass();
      return works.removeTemporary(cancelled);
    };
    await server.serving({ ...works, removeTemporary }, async () => {
      await video.start();
      await until(() => recorder.calls.includes('failed split EncodeFailed'));
      await video.cancel();
      await temporary.reached;
      expect(await video.retry('probe')).toBeNull();
      const retry = video.retry('probe', 'again', () => Promise.resolve(true));
      setTimeout(() => temporary.open(), 500);
      expect(await retry).toEqual({ generation: 2 });
      expect(await video.result()).toMatchObject({ status: 'ready' });
    });
  }, 60_000);

  it('refuses a retry that a cancellation overtakes', async () => {
    const recorder = new Recorder();
    const video = new Video();
    const inspection = new Gate();
    const works = withFailingStep(recorder, 'split');
    const inspectRun: PipelineActivities['inspectRun'] = async (run) => {
      await inspection.pass();
      return works.inspectRun(run);
    };
    await server.serving({ ...works, inspectRun }, async () => {
      await video.start();
      await until(() => recorder.calls.includes('failed split EncodeFailed'));
      const retry = video.retry('split');
      await inspection.reached;
      await video.cancel();
      inspection.open();
      expect(await retry).toBeNull();
      await video.result();
    });
  }, 60_000);
});

/** Holds work back at a point until the test lets it go on. */
class Gate {
  private arrive: () => void = () => undefined;
  private release: () => void = () => undefined;
  readonly reached = new Promise<void>((resolve) => (this.arrive = resolve));
  private readonly opened = new Promise<void>((resolve) => (this.release = resolve));

  open(): void {
    this.release();
  }

  pass(): Promise<void> {
    this.arrive();
    return this.opened;
  }
}
