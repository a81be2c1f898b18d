import type { VideoRung } from '../../../temporal/contract/media/plan';
import { audioRef, videoRef, type RenditionRef } from '../../../temporal/contract/media/renditions';
import type { RenditionReport } from '../../../temporal/contract/media/reports';
import type { Presentation } from '../manifests/presentation';
import { qualityReport, type QualityInput } from './quality-report';
import type { SampleMeasure } from './sample-measure';

const SOUND = audioRef({ family: 'aac', name: 'aac_128k', language: null, role: 'main' });
const rendition = (ref: RenditionRef, bytesPerSecond: number): RenditionReport => ({
  ...{ ref, timescale: 25, codec: 'c', initName: 'init.mp4', initSizeBytes: 1, initSha256: 'a' },
  segments: [
    {
      name: 's',
      sizeBytes: 6 * bytesPerSecond,
      sampleCount: 150,
      durationTicks: 150,
      startTicks: 0,
      reorderTicks: 2,
      stepTicks: 1,
      keyFrame: null,
    },
  ],
});
const rung = (width: number, height: number, maxrateBps: number) =>
  ({ width, height, maxrateBps, bufsizeBits: 2 * maxrateBps }) as VideoRung;
const presentation: Presentation = {
  folderPrefix: 'g1/',
  frameRate: { num: 25, den: 1 },
  video: [
    { rung: rung(1920, 1080, 5_000_000), rendition: rendition(videoRef('h264', { name: '1080p' }), 500_000) },
    { rung: rung(720, 1280, 2_800_000), rendition: rendition(videoRef('h264', { name: '720p' }), 300_000) },
    { rung: rung(426, 240, 400_000), rendition: rendition(videoRef('h264', { name: '240p' }), 40_000) },
  ],
  audio: [{ audio: {} as never, rendition: rendition(SOUND, 16_000) }],
  text: [],
  images: [],
};
const vmaf: Record<string, number[]> = { 'h264/1080p': [94, 96], 'h264/720p': [90, 91], 'h264/240p': [60] };
const sample = (differences: Partial<SampleMeasure>): SampleMeasure => ({
  ...{ startFrame: 300, vmaf: [], stretch: null, movementLevels: 5, levelsOff: 1, bytesPerFrame: 2000 },
  ...differences,
});
/** Every folder with the samples of `judged`, by folder, and nothing wrong in the others. */
const only = (folder: string, differences: Partial<SampleMeasure>) => (one: string) =>
  one === folder ? [sample({}), sample(differences)] : [sample({})];
const good: QualityInput = {
  plan: { source: { durationMs: 6000 }, grid: { frameRate: { num: 25, den: 1 }, frameCount: 150 }, chunks: [{}] } as never,
  presentation,
  samplesOf: (folder) => [sample({ vmaf: vmaf[folder] ?? [] })],
  startMsOf: (folder) => (folder.startsWith('audio/') ? -21.3 : 0),
};

it('tells of every frame that is not shown, where the facts do', () => {
  const source = { durationMs: 6000, video: { droppedFrameCount: 1 } };
  expect(qualityReport({ ...good, plan: { ...good.plan, source } as never })).toMatchObject({ droppedFrames: 1, problems: [] });
  expect(qualityReport(good)).not.toHaveProperty('droppedFrames');
});

it('publishes no HDR set in other light than the source', () => {
  const kept = (differences: Partial<SampleMeasure>): QualityInput => {
    const video = presentation.video.map((one) => ({ ...one, rung: { ...one.rung, hdr: { transfer: 'pq' } as const } }));
    return { ...good, presentation: { ...presentation, video }, samplesOf: only('h264/720p', differences) };
  };
  const sentence = 'h264/720p is 12.0 levels off at frame 300: it does not keep the light of the source.';
  expect(qualityReport(kept({ levelsOff: 12 })).faults).toEqual([sentence]);
  expect(qualityReport(kept({ levelsOff: 5.9 })).faults).toEqual([]);
  expect(qualityReport({ ...good, samplesOf: only('h264/720p', { levelsOff: 12 }) }).faults).toEqual([]);
});

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
  ['a blurred 1080p', { samplesOf: only('h264/1080p', { vmaf: [85] }) }, 'h264/1080p has a VMAF of 85.0, wanted are more than 85.'],
  ['a blurred portrait', { samplesOf: only('h264/720p', { vmaf: [79.96] }) }, 'h264/720p has a VMAF of 80.0, wanted are more than 80.'],
  [
    'a rate far over its cap',
    {
      presentation: {
        ...presentation,
        video: [{ rung: rung(426, 240, 400_000), rendition: rendition(videoRef('h264', { name: '240p' }), 70_000) }],
      },
    },
    'h264/240p takes 560000 bit/s on average, planned were at most 400000.',
  ],
  [
    'next to no bits for a moving picture',
    { samplesOf: only('h264/1080p', { bytesPerFrame: 70 }) },
    'h264/1080p takes 70 bytes a frame at frame 300, where the source moves; that is next to nothing.',
  ],
  [
    'a black stretch',
    { samplesOf: only('h264/720p', { stretch: 'frames 0 to 23 are black, those of the source are not' }) },
    'h264/720p, counted from frame 300: frames 0 to 23 are black, those of the source are not.',
  ],
])('complains about %s', (_, difference, problem) => {
  expect(qualityReport({ ...good, ...difference }).problems).toEqual([problem]);
});

it.each<[string, Partial<SampleMeasure>]>([
  ['a black or still source', { movementLevels: 0.2, bytesPerFrame: 15 }],
  ['the least bits that a moving source gets', { bytesPerFrame: 150 }],
  ['a sample of one frame', { bytesPerFrame: null }],
])('does not complain about the bits of %s', (_, differences) => {
  expect(qualityReport({ ...good, samplesOf: only('h264/1080p', differences) }).problems).toEqual([]);
});

it('tells a fault from what is a matter of degree', () => {
  const report = qualityReport({
    ...good,
    samplesOf: only('h264/240p', { stretch: 'frames 3 to 20 stand still, those of the source move', vmaf: [1] }),
  });
  expect(report.faults).toEqual(report.problems);
  expect(qualityReport({ ...good, samplesOf: only('h264/1080p', { vmaf: [1] }) })).toMatchObject({
    faults: [],
    problems: [expect.any(String)],
  });
});

it('has nothing to say of renditions that were not judged', () => {
  expect(qualityReport({ ...good, samplesOf: () => [] })).toMatchObject({
    problems: [],
    renditions: [{ vmaf: null }, { vmaf: null }, { vmaf: null }],
  });
});
