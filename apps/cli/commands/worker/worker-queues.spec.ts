import { queuesWithoutMasterKey, workerQueues } from './worker-queues';

describe('workerQueues', () => {
  it.each([
    ['transcode-cpu', '2', 'transcode-cpu:2'],
    ['transcode-cpu,package:4', '2', 'transcode-cpu:2,package:4'],
    ['audio', '1', 'audio:1'],
  ])('%s with %s slots is %s', (queues, slots, expected) => {
    expect(workerQueues(queues, slots)).toBe(expected);
  });

  it.each([
    ['', '1'],
    ['unknown', '1'],
    ['audio,unknown', '1'],
    ['audio', '0'],
    ['audio', '-1'],
    ['audio:many', '1'],
  ])('refuses %s with %s slots', (queues, slots) => {
    expect(() => workerQueues(queues, slots)).toThrow('Usage');
  });
});

it('knows the queues whose tasks open content keys', () => {
  expect(queuesWithoutMasterKey('transcode-cpu:2,drm:1,package:4')).toEqual(['drm', 'package']);
  expect(queuesWithoutMasterKey('transcode-cpu:2,verify:1')).toEqual([]);
});
