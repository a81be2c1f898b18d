import { failureSentence, isOver, videoRows } from './video-rows';

const progress = {
  pipeline_progress: { probe: 'completed', transcode: { state: 'running', completed: 1, total: 4, percent: 25 } } as never,
  families: { av1: { state: 'running', percent: 10 } } as never,
};

it('has a row for each step and each family', () => {
  expect(videoRows(progress)).toEqual([
    { name: 'probe', state: 'completed', percent: 100 },
    { name: 'transcode', state: 'running', percent: 25 },
    { name: 'av1', state: 'running', percent: 10 },
  ]);
});

it.each([
  ['transcoding', {}, false],
  ['ready', {}, true],
  ['ready', { av1: { state: 'running', percent: 10 } }, false],
  ['ready', { av1: { state: 'failed', percent: 10 } }, true],
  ['failed', { av1: { state: 'running', percent: 10 } }, true],
] as const)('%s with the families %j is over: %s', (status, families, over) => {
  expect(isOver({ status, families: families })).toBe(over);
});

it('names the step and the reason of a failure', () => {
  expect(failureSentence({ failed_step: 'probe', error: { code: 'X', message: 'It is damaged.', advice: '' } })).toBe(
    ' at step probe: It is damaged.',
  );
  expect(failureSentence({})).toBe('');
});
