import { GIB } from '../../../temporal/contract/units';
import { describeRecommendation } from './describe-recommendation';
import { workerQueues } from '../commands/worker/worker-queues';

it('ends with a command that the worker takes', () => {
  const text = describeRecommendation({ cores: 2, memoryBytes: 24 * GIB, scratchBytes: 69.4 * GIB });
  expect(text).toContain('cores     2\nmemory    24.0 GiB\nscratch   69.4 GiB free\n');
  expect(text).toMatch(/^transcode-cpu +2 +bound by cores$/m);
  const queues = /^npm run worker -- --queues (\S+)\n$/m.exec(text)?.[1] ?? '';
  expect(workerQueues(queues, '1')).toBe(queues);
  expect(text).not.toContain('too small');
});

it('says when a machine is too small', () => {
  expect(describeRecommendation({ cores: 2, memoryBytes: GIB, scratchBytes: 69 * GIB })).toContain('too small');
});
