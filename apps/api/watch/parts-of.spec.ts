import type { Plan } from '../../../temporal/contract/media/plan';
import { partsOf } from './parts-of';

const grid = { frameRate: { num: 25, den: 1 }, frameCount: 1_000, framesPerSegment: 100, segmentCount: 10 };
const chunk = (index: number, startFrame: number, endFrame: number) => ({ index, startFrame, endFrame, seekUs: 0 });
const plan = {
  ...{ grid, chunks: [chunk(0, 0, 100), chunk(1, 100, 400), chunk(2, 400, 1_000)] },
  families: [{ family: 'h264' }, { family: 'av1' }],
} as unknown as Plan;
const row = (taskType: 'transcode' | 'express', segmentIndex: number, status: 'pending' | 'running' | 'completed', codec = 'h264') => ({
  ...{ taskType, segmentIndex, status, codec },
});

it('joins chunks that are there, and counts the first of an open title', () => {
  const rows = [row('transcode', 0, 'running'), row('transcode', 1, 'completed'), row('transcode', 2, 'pending')];
  expect(partsOf(plan, rows)).toEqual({ made: [[0, 0.4]], atWork: [] });
});

it('shows segments of the express lane within the chunk that is at work', () => {
  const rows = [
    row('transcode', 2, 'running'),
    row('express', 7, 'completed'),
    row('express', 8, 'completed'),
    row('express', 9, 'running'),
  ];
  expect(partsOf(plan, rows)).toEqual({ made: [[0.7, 0.9]], atWork: [[0.4, 1]] });
});

it('ends with the title, though its last segment is short', () => {
  const short = { ...plan, grid: { ...grid, frameCount: 950 } };
  expect(partsOf(short, [row('express', 9, 'completed')]).made).toEqual([[900 / 950, 1]]);
});

it('leaves out families that follow the title', () => {
  expect(partsOf(plan, [row('transcode', 1, 'completed', 'av1')])).toEqual({ made: [], atWork: [] });
});
