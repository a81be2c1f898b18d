import { videoRef } from '../../../temporal/contract/media/renditions';
import type { ChunkReport } from '../../../temporal/contract/media/reports';
import { lostObjects, namesObjects } from './chunk-objects';

const report = (chunkIndex: number) =>
  ({
    chunkIndex,
    renditions: ['720p', '360p'].map((name) => ({
      ref: videoRef('h264', { name }),
      initName: 'init.mp4',
      initSizeBytes: 700,
      segments: [
        { name: 'segment_00001.m4s', sizeBytes: 10 },
        { name: 'segment_00002.m4s', sizeBytes: 20 },
      ],
    })),
  }) as unknown as ChunkReport;

const stored = new Map<string, number>(
  ['h264/720p', 'h264/360p'].flatMap((folder): [string, number][] => [
    [`${folder}/init.mp4`, 700],
    [`${folder}/segment_00001.m4s`, 10],
    [`${folder}/segment_00002.m4s`, 20],
  ]),
);

const without = (name: string) => new Map([...stored].filter(([key]) => key !== name));

describe('lostObjects', () => {
  it.each<[string, number, ReadonlyMap<string, number>, string[]]>([
    ['all are there', 0, stored, []],
    ['a segment is gone', 3, without('h264/360p/segment_00002.m4s'), ['h264/360p/segment_00002.m4s']],
    ['a segment is cut off', 3, new Map([...stored, ['h264/720p/segment_00001.m4s', 9]]), ['h264/720p/segment_00001.m4s']],
    ['an init segment is gone', 0, without('h264/720p/init.mp4'), ['h264/720p/init.mp4']],
    ['an init segment is gone that another chunk carries', 1, without('h264/720p/init.mp4'), []],
  ])('%s', (_, chunkIndex, sizes, expected) => {
    expect(lostObjects(report(chunkIndex), sizes)).toEqual(expected);
  });
});

it('has nothing to look for in a report that names nothing', () => {
  expect(namesObjects(report(0))).toBe(true);
  expect(namesObjects({ ...report(0), renditions: [] })).toBe(false);
});
