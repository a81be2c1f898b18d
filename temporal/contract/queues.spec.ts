import { PIPELINE } from './pipeline';
import { parseUnfitQueue, QUEUES, SERVED_QUEUES, UNFIT_REASONS, unfitQueue, type UnfitReason } from './queues';

it('has code for every queue that a step needs', () => {
  expect(SERVED_QUEUES).toEqual(expect.arrayContaining(PIPELINE.map(({ queue }) => queue)));
});

describe('parseUnfitQueue', () => {
  it('reads what unfitQueue writes', () => {
    for (const queue of QUEUES)
      for (const reason of Object.keys(UNFIT_REASONS) as UnfitReason[])
        expect(parseUnfitQueue(unfitQueue(queue, reason))).toEqual({ queue, reason });
  });

  it.each([...QUEUES, 'unfit', 'unfit/audio', 'unfit/audio/toString', 'unfit/nothing/ffmpeg', ''])('takes %s for another queue', (name) => {
    expect(parseUnfitQueue(name)).toBeNull();
  });
});
