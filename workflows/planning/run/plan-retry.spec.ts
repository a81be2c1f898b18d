import fc from 'fast-check';
import type { SplitResult } from '../../../temporal/contract/results';
import type { Step } from '../../../temporal/contract/steps';
import { downstreamOf, FIRST_WALK, PIPELINE, walkOf, type Walk, type WalkStep } from '../../../temporal/contract/pipeline';
import { planRetry } from './plan-retry';

const split: SplitResult = { planSha256: 'a', families: [{ family: 'h264', chunkCount: 12 }], skippedSteps: [] };
const ALL: Step[] = ['probe', 'split', 'transcode', 'audio', 'thumbnails', 'package', 'publish'];

describe('downstreamOf', () => {
  it.each<[Step, Step[]]>([
    ['probe', ALL],
    ['split', ['split', 'transcode', 'audio', 'thumbnails', 'package', 'publish']],
    ['transcode', ['transcode', 'thumbnails', 'package', 'publish']],
    ['audio', ['audio', 'package', 'publish']],
    ['thumbnails', ['thumbnails']],
    ['package', ['package', 'publish']],
    ['publish', ['publish']],
  ])('%s: %j', (step, expected) => {
    expect(downstreamOf(FIRST_WALK, step)).toEqual(expected);
  });
});

describe('planRetry', () => {
  it.each<[Step, Step[], string | null]>([
    ['split', ['probe'], 'probing'],
    ['transcode', ['probe', 'split', 'audio'], 'transcoding'],
    ['audio', ['probe', 'split', 'transcode', 'thumbnails'], 'transcoding'],
    ['package', ['probe', 'split', 'transcode', 'audio', 'thumbnails'], 'packaging'],
    ['publish', ['probe', 'split', 'transcode', 'audio', 'thumbnails', 'package'], 'packaging'],
    ['thumbnails', ['probe', 'split', 'transcode', 'audio', 'package', 'publish'], null],
  ])('of a finished video from %s keeps %j', (fromStep, kept, status) => {
    const plan = planRetry({ walk: FIRST_WALK, next: FIRST_WALK }, fromStep, { lost: false, split, completedSteps: ALL });
    expect(plan).toEqual({ newGeneration: false, completed: kept, rerun: ALL.filter((step) => !kept.includes(step)), status });
  });

  it('scores again and publishes, in a status that no moderator looks for', () => {
    const walk = walkOf({ isStrict: false, families: {}, moderation: { mode: 'hold', threshold: 0.5 } });
    const completedSteps = walk.map(({ step }) => step);
    const plan = planRetry({ walk, next: walk }, 'moderation', { lost: false, split, completedSteps });
    expect(plan).toMatchObject({ newGeneration: false, rerun: ['moderation', 'publish'], status: 'packaging' });
  });

  it('copies into MPEG-TS again alone, while the video is ready', () => {
    const walk = walkOf({ isStrict: false, families: {}, hlsTs: true });
    const completedSteps = walk.map(({ step }) => step).filter((step) => step !== 'ts');
    expect(planRetry({ walk, next: walk }, 'ts', { lost: false, split, completedSteps })).toMatchObject({
      ...{ newGeneration: false, rerun: ['ts'], status: null },
    });
  });

  it('listens again alone, while the video is ready', () => {
    const walk = walkOf({ isStrict: false, families: {}, speech: {} });
    const completedSteps = walk.map(({ step }) => step).filter((step) => step !== 'speech');
    expect(planRetry({ walk, next: walk }, 'speech', { lost: false, split, completedSteps })).toMatchObject({
      ...{ newGeneration: false, rerun: ['speech'], status: null },
    });
  });

  it('does what was not done yet, wherever it starts', () => {
    const plan = planRetry({ walk: FIRST_WALK, next: FIRST_WALK }, 'package', {
      lost: false,
      split,
      completedSteps: ['probe', 'split', 'audio'],
    });
    expect(plan.rerun).toEqual(['transcode', 'thumbnails', 'package', 'publish']);
    expect(plan.status).toBe('transcoding');
  });

  it('makes a new plan from the first step, and when the old one is gone', () => {
    const anew = { newGeneration: true, completed: [], rerun: ALL, status: 'probing' };
    expect(planRetry({ walk: FIRST_WALK, next: FIRST_WALK }, 'probe', { lost: false, split, completedSteps: ALL })).toEqual(anew);
    expect(planRetry({ walk: FIRST_WALK, next: FIRST_WALK }, 'publish', { lost: true, split: null, completedSteps: [] })).toEqual(anew);
  });

  it('keeps what was found out before there was a plan', () => {
    const plan = planRetry({ walk: FIRST_WALK, next: FIRST_WALK }, 'split', { lost: false, split: null, completedSteps: ['probe'] });
    expect(plan).toEqual({ newGeneration: false, completed: ['probe'], rerun: ALL.slice(1), status: 'probing' });
  });

  it('leaves out the steps that the plan skips', () => {
    const silent = { ...split, skippedSteps: ['audio' as const] };
    expect(
      planRetry({ walk: FIRST_WALK, next: FIRST_WALK }, 'transcode', { lost: false, split: silent, completedSteps: ['probe', 'split'] })
        .rerun,
    ).not.toContain('audio');
  });
});

describe('a run that was planned along another walk than that of this release', () => {
  const finished = { lost: false, split, completedSteps: ALL };
  const added = fc.record({ required: fc.boolean(), at: fc.integer({ min: 0, max: FIRST_WALK.length }), drm: fc.boolean() });

  /** The first walk with one more step, at the start, in the middle or behind `publish`. */
  const withStep = ({ required, at, drm }: { required: boolean; at: number; drm: boolean }): Walk => {
    const step: WalkStep = {
      step: drm ? 'drm' : 'moderation',
      after: FIRST_WALK.slice(Math.max(0, at - 1), at).map((one) => one.step),
      required,
    };
    return [...FIRST_WALK.slice(0, at), step, ...FIRST_WALK.slice(at)];
  };

  it('keeps its own steps, wherever the release has got one more', () => {
    fc.assert(
      fc.property(added, fc.constantFrom(...ALL.filter((step) => step !== 'probe')), (row, fromStep) => {
        const next = withStep(row);
        expect(planRetry({ walk: FIRST_WALK, next }, fromStep, finished)).toEqual(
          planRetry({ walk: FIRST_WALK, next: FIRST_WALK }, fromStep, finished),
        );
      }),
    );
  });

  it('gets the steps of the release with a new plan', () => {
    fc.assert(
      fc.property(added, (row) => {
        const next = withStep(row);
        const plan = planRetry({ walk: FIRST_WALK, next }, 'probe', finished);
        expect(plan).toMatchObject({ newGeneration: true, completed: [], rerun: next.map(({ step }) => step), status: 'probing' });
      }),
    );
  });

  it('makes a new plan from any step that the probe stands on', () => {
    const walk: Walk = [
      { step: 'moderation', after: [], required: true },
      { step: 'probe', after: ['moderation'], required: true },
      ...FIRST_WALK.slice(1),
    ];
    expect(planRetry({ walk, next: walk }, 'moderation', { ...finished, completedSteps: ['moderation', ...ALL] })).toMatchObject({
      newGeneration: true,
      rerun: walk.map(({ step }) => step),
      status: 'probing',
    });
  });

  it('verifies again what is packaged again', () => {
    const completedSteps = PIPELINE.map(({ step }) => step);
    const again = planRetry({ walk: PIPELINE, next: PIPELINE }, 'package', { ...finished, completedSteps });
    expect(again.rerun).toEqual(['package', 'verify', 'drm', 'publish', 'ts']);
    expect(planRetry({ walk: PIPELINE, next: PIPELINE }, 'verify', { ...finished, completedSteps })).toMatchObject({
      rerun: ['verify', 'drm', 'publish', 'ts'],
      status: 'packaging',
    });
  });
});
