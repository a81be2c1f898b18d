import type { SplitResult } from '../../../temporal/contract/activities';
import type { Step } from '../../../temporal/contract/steps';
import { downstreamOf, PIPELINE } from '../../../temporal/contract/pipeline';
import { planRetry } from './retry-plan';

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
    expect(downstreamOf(PIPELINE, step)).toEqual(expected);
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
    const plan = planRetry(PIPELINE, fromStep, { lost: false, split, completedSteps: ALL });
    expect(plan).toEqual({ newGeneration: false, completed: kept, rerun: ALL.filter((step) => !kept.includes(step)), status });
  });

  it('does what was not done yet, wherever it starts', () => {
    const plan = planRetry(PIPELINE, 'package', { lost: false, split, completedSteps: ['probe', 'split', 'audio'] });
    expect(plan.rerun).toEqual(['transcode', 'thumbnails', 'package', 'publish']);
    expect(plan.status).toBe('transcoding');
  });

  it('makes a new plan from the first step, and when the old one is gone', () => {
    const anew = { newGeneration: true, completed: [], rerun: ALL, status: 'probing' };
    expect(planRetry(PIPELINE, 'probe', { lost: false, split, completedSteps: ALL })).toEqual(anew);
    expect(planRetry(PIPELINE, 'publish', { lost: true, split: null, completedSteps: [] })).toEqual(anew);
  });

  it('keeps what was found out before there was a plan', () => {
    const plan = planRetry(PIPELINE, 'split', { lost: false, split: null, completedSteps: ['probe'] });
    expect(plan).toEqual({ newGeneration: false, completed: ['probe'], rerun: ALL.slice(1), status: 'probing' });
  });

  it('leaves out the steps that the plan skips', () => {
    const silent = { ...split, skippedSteps: ['audio' as const] };
    expect(planRetry(PIPELINE, 'transcode', { lost: false, split: silent, completedSteps: ['probe', 'split'] }).rerun).not.toContain(
      'audio',
    );
  });
});
