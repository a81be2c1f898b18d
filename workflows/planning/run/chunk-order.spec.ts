import type { ChunkPlan } from '../../../temporal/contract/media/plan';
import { chunksWith, MOST_WISHES, nextChunk, withNewer, type Family } from './chunk-order';

const family = (differences: Partial<Family>): Family => ({ left: [3, 4, 5, 6, 7], wishes: [], inFlight: 0, window: 4, ...differences });
const chunk = (chunkIndex: number, isWished = false) => ({ chunkIndex, isWished });

it.each<[string, Partial<Family>, ReturnType<typeof nextChunk>]>([
  ['the first that is left, without wishes', { inFlight: 3 }, chunk(3)],
  ['none while the window is full', { inFlight: 4 }, undefined],
  ['none when none is left', { left: [] }, undefined],
  ['the newest wish', { wishes: [6, 5] }, chunk(6, true)],
  ['the newest wish that has not started', { wishes: [1, 2, 5, 7] }, chunk(5, true)],
  ['the first that is left when all wishes have started', { wishes: [1, 2] }, chunk(3)],
  ['a wish though the window is full', { inFlight: 5, wishes: [6] }, chunk(6, true)],
  ['no wish beyond a window and a half', { inFlight: 6, wishes: [6] }, undefined],
  ['a wish beyond the smallest window', { window: 2, inFlight: 2, wishes: [6] }, chunk(6, true)],
  ['none after that', { window: 2, inFlight: 3, wishes: [7] }, undefined],
])('starts %s', (_, differences, expected) => expect(nextChunk(family(differences))).toEqual(expected));

it('starts wishes as they are, then the others in order', () => {
  const order: number[] = [];
  for (let left = Array.from({ length: 10 }, (_, index) => index); left.length > 0; left = left.filter((one) => !order.includes(one))) {
    order.push(nextChunk(family({ left, wishes: [5, 6, 2] }))!.chunkIndex);
  }
  expect(order).toEqual([5, 6, 2, 0, 1, 3, 4, 7, 8, 9]);
});

it('keeps the newest wishes, each once', () => {
  expect(withNewer([4, 5], [9, 5])).toEqual([9, 5, 4]);
  const many = Array.from({ length: 20 }, (_, index) => index);
  expect(withNewer([98, 99], many)).toEqual(many.slice(0, MOST_WISHES));
});

describe('chunks with segments', () => {
  const grid = { frameRate: { num: 25, den: 1 }, frameCount: 1_000, framesPerSegment: 150, segmentCount: 7 };
  const starts = [0, 150, 450, 900];
  const chunks: ChunkPlan[] = starts.map((startFrame, index) => ({ index, startFrame, endFrame: starts[index + 1] ?? 1_000, seekUs: 0 }));

  it('are those of the plan, in the order of the segments', () => {
    expect(chunksWith({ grid, chunks }, [6, 3, 0, 4, 2])).toEqual([3, 2, 0, 1]);
  });

  it('are none outside the grid', () => {
    expect(chunksWith({ grid, chunks }, [-1, 7, 0.5, NaN, 5])).toEqual([2]);
  });
});
