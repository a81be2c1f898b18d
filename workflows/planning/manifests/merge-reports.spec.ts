import { videoRef } from '../../../temporal/contract/media/renditions';
import type { ChunkReport, RenditionReport } from '../../../temporal/contract/media/reports';
import { mergeReports, ReportMismatchError, ToolMixtureError } from './merge-reports';

const grid = { frameRate: { num: 25, den: 1 }, frameCount: 700, framesPerSegment: 150, segmentCount: 5 };
const chunks = [
  { index: 0, startFrame: 0, endFrame: 300, seekUs: 0 },
  { index: 1, startFrame: 300, endFrame: 700, seekUs: 11_980_000 },
];
const plan = { grid, chunks };

function renditionOf(name: string, startFrame: number, lengths: readonly number[]): RenditionReport {
  let frame = startFrame;
  const segments = lengths.map((sampleCount) => {
    const startTicks = frame;
    frame += sampleCount;
    const name = `segment_0000${startTicks / 150 + 1}.m4s`;
    return {
      name,
      sizeBytes: 1000,
      sampleCount,
      durationTicks: sampleCount,
      startTicks,
      reorderTicks: 2,
      stepTicks: 1,
      keyFrame: { offset: 96, sizeBytes: 500 },
    };
  });
  return {
    ref: videoRef('h264', { name }),
    timescale: 25,
    codec: 'avc1.4d401f',
    initName: 'init.mp4',
    initSizeBytes: 800,
    initSha256: name,
    segments,
  };
}

function reportOf(index: 0 | 1): ChunkReport {
  const { startFrame, endFrame } = chunks[index] as (typeof chunks)[number];
  const lengths = index === 0 ? [150, 150] : [150, 150, 100];
  const renditions = ['480p', '240p'].map((name) => renditionOf(name, startFrame, lengths));
  const cost = { cpuMs: 1, bytesIn: 1, bytesOut: 1 };
  return { formatVersion: 1, planSha256: 'p', family: 'h264', chunkIndex: index, startFrame, endFrame, renditions, ...cost };
}

/** The good reports with the second one spoilt. */
function spoilt(spoil: (report: ChunkReport, rendition: RenditionReport) => void): ChunkReport[] {
  const reports = [reportOf(0), structuredClone(reportOf(1))];
  spoil(reports[1] as ChunkReport, reports[1]?.renditions[1] as RenditionReport);
  return reports;
}

describe('mergeReports', () => {
  it('joins the segments of every rendition in order', () => {
    expect(mergeReports([reportOf(0), reportOf(1)], plan)).toEqual(
      ['480p', '240p'].map((name) => renditionOf(name, 0, [150, 150, 150, 150, 100])),
    );
  });

  it.each<[string, ChunkReport[]]>([
    ['a missing chunk', [reportOf(0)]],
    ['chunks in the wrong order', [reportOf(1), reportOf(0)]],
    ['a chunk twice', [reportOf(0), reportOf(0)]],
    ['a chunk of another plan', spoilt((report) => (report.planSha256 = 'q'))],
    ['a chunk of another range', spoilt((report) => (report.endFrame -= 1))],
    ['a gap', spoilt((_, rendition) => rendition.segments.forEach((segment) => (segment.startTicks += 1)))],
    ['a lost frame', spoilt((_, rendition) => rendition.segments.forEach((segment) => (segment.sampleCount -= 1)))],
    ['a frame that lasts longer', spoilt((_, rendition) => rendition.segments.forEach((segment) => (segment.durationTicks += 1)))],
    ['frames shown at uneven times', spoilt((_, rendition) => rendition.segments.forEach((segment) => (segment.stepTicks = null)))],
    ['a segment shown late', spoilt((_, rendition) => rendition.segments.slice(1).forEach((segment) => (segment.reorderTicks += 1)))],
    ['a lost segment', spoilt((_, rendition) => rendition.segments.pop())],
    ['a segment that no player can start at', spoilt((_, rendition) => rendition.segments.forEach((segment) => (segment.keyFrame = null)))],
    ['another timescale', spoilt((_, rendition) => (rendition.timescale = 50))],
    ['another init segment', spoilt((_, rendition) => (rendition.initSha256 = 'other'))],
    ['another codec', spoilt((_, rendition) => (rendition.codec = 'avc1.640028'))],
    ['a lost rendition', spoilt((report) => report.renditions.pop())],
    ['a rendition of another name', spoilt((_, rendition) => (rendition.ref.name = '360p'))],
    ['swapped renditions', spoilt((report) => report.renditions.reverse())],
  ])('refuses %s', (_, reports) => {
    expect(() => mergeReports(reports, plan)).toThrow(ReportMismatchError);
  });

  it('refuses chunks of different tools, before anything that such chunks may differ in', () => {
    const tools = { ffmpeg: 'ffmpeg version 9', packager: 'packager version 3', encoder: '264 - core 165' };
    const newer = spoilt((report, rendition) => {
      report.madeWith = { ...tools, encoder: '264 - core 166' };
      rendition.initSha256 = 'other';
    });
    expect(() => mergeReports([{ ...reportOf(0), madeWith: tools }, newer[1] as ChunkReport], plan)).toThrow(ToolMixtureError);
    const [first, second] = [reportOf(0), reportOf(1)].map((report) => ({ ...report, madeWith: tools })) as [ChunkReport, ChunkReport];
    expect(mergeReports([first, second], plan)).toEqual(mergeReports([reportOf(0), reportOf(1)], plan));
    // Reports of the first release do not tell.
    expect(mergeReports([first, reportOf(1)], plan)).toEqual(mergeReports([first, second], plan));
  });
});
