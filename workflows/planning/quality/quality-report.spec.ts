import type { VideoRung } from '../../../temporal/contract/plan';
import type { RenditionReport } from '../../../temporal/contract/reports';
import type { Presentation } from '../presentation';
import { qualityReport, type QualityInput } from './quality-report';

const rendition = (folder: string, bytesPerSecond: number): RenditionReport => ({
  ...{ folder, timescale: 25, codec: 'c', initName: 'init.mp4', initSizeBytes: 1, initSha256: 'a' },
  segments: [
    { name: 's', sizeBytes: 6 * bytesPerSecond, sampleCount: 150, durationTicks: 150, startTicks: 0, reorderTicks: 2, stepTicks: 1, keyFrame: null },
  ],
});
const rung = (width: number, height: number, maxrateBps: number) => ({ width, height, maxrateBps }) as VideoRung;
const presentation: Presentation = {
  folderPrefix: 'g1/',
  frameRate: { num: 25, den: 1 },
  video: [
    { rung: rung(1920, 1080, 5_000_000), rendition: rendition('h264/1080p', 500_000) },
    { rung: rung(720, 1280, 2_800_000), rendition: rendition('h264/720p', 300_000) },
    { rung: rung(426, 240, 400_000), rendition: rendition('h264/240p', 40_000) },
  ],
  audio: { audio: {} as never, rendition: rendition('audio/aac_128k', 16_000) },
};
const vmaf: Record<string, number[]> = { 'h264/1080p': [94, 96], 'h264/720p': [90, 91], 'h264/240p': [60] };
const good: QualityInput = {
  plan: { source: { durationMs: 6000 }, grid: { frameRate: { num: 25, den: 1 }, frameCount: 150 } } as never,
  presentation,
  vmafOf: (folder) => vmaf[folder] ?? [],
  startMsOf: (folder) => (folder.startsWith('audio/') ? -21.3 : 0),
};

it('tells what was measured', () => {
  const [first] = qualityReport(good).renditions;
  expect(qualityReport(good)).toMatchObject({ durationMs: 6000, sourceDurationMs: 6000, audioOffsetMs: -21, problems: [] });
  expect(first).toEqual({
    ...{ folder: 'h264/1080p', averageBps: 4_000_000, peakBps: 4_000_000, boundBps: 5_000_000 },
    ...{ vmaf: { mean: 95, lowest: 94, frames: 2 }, vmafBar: 85 },
  });
});

it.each<[string, Partial<QualityInput>, string]>([
  ['a missing second', { plan: { ...good.plan, source: { durationMs: 7000 } } as never }, 'The streams last 6000 ms, the source 7000 ms.'],
  ['late audio', { startMsOf: (folder) => (folder.startsWith('audio/') ? 50 : 0) }, 'Audio starts 50 ms after the picture.'],
  ['a blurred 1080p', { vmafOf: (folder) => (folder === 'h264/1080p' ? [85] : [99]) }, 'h264/1080p has a VMAF of 85.0, wanted are more than 85.'],
  ['a blurred portrait', { vmafOf: (folder) => (folder === 'h264/720p' ? [79.96] : [99]) }, 'h264/720p has a VMAF of 80.0, wanted are more than 80.'],
  [
    'a rate far over its cap',
    { presentation: { ...presentation, video: [{ rung: rung(426, 240, 400_000), rendition: rendition('h264/240p', 70_000) }] } },
    'h264/240p takes 560000 bit/s on average, planned were at most 400000.',
  ],
])('complains about %s', (_, difference, problem) => {
  expect(qualityReport({ ...good, ...difference }).problems).toEqual([problem]);
});

it('has nothing to say of renditions that were not judged', () => {
  expect(qualityReport({ ...good, vmafOf: () => [] })).toMatchObject({ problems: [], renditions: [{ vmaf: null }, { vmaf: null }, { vmaf: null }] });
});
