import { AV1 } from '../families/av1';
import { filmPlan } from '../testing/film-plan';
import { chunkWith } from './chunk-order';
import { expressSegments } from './express';

/** 101 segments; the last one is short. */
const plan = filmPlan({ videoId: 'v', seconds: 602, transcodeSlots: 2 });
const of = (wanted: number[], planned = plan) => expressSegments(planned, 'h264', wanted);

it('makes what is wanted first, then the segments behind it, each with its chunk', () => {
  expect(of([50, 20]).map(({ segment }) => segment)).toEqual([50, 20, 51, 21, 52, 22]);
  for (const { chunkIndex, segment } of of([50, 20])) expect(chunkWith(plan, segment)?.index).toBe(chunkIndex);
});

it('names a segment once, and none outside the title', () => {
  expect(of([50, 51, 99]).map(({ segment }) => segment)).toEqual([50, 51, 99, 52, 100, 53]);
  expect(of([-1, 500, 0.5])).toEqual([]);
});

it('stays small, however many are wanted', () => {
  const many = of(Array.from({ length: 8 }, (_, index) => index * 12));
  expect(many).toHaveLength(12);
  expect(JSON.stringify({ express: many }).length).toBeLessThan(700);
});

it.each([
  ['that was planned without seeks', { ...plan, segmentSeeksUs: undefined }],
  ['that hardware encodes', { ...plan, families: plan.families.map((family) => ({ ...family, encoder: 'nvenc' as const })) }],
  ['of one rung', { ...plan, families: plan.families.map((family) => ({ ...family, rungs: family.rungs.slice(-1) })) }],
  ['that the plan does not have', filmPlan({ videoId: 'v', seconds: 60, transcodeSlots: 2, families: [AV1] })],
])('makes nothing ahead of a family %s', (_, planned) => {
  const { segmentSeeksUs, ...others } = planned;
  expect(of([5], segmentSeeksUs ? { ...others, segmentSeeksUs } : others)).toEqual([]);
});
