import * as HLS from 'hls-parser';
import type { FamilyPlan, Plan, VideoRung } from '../../../temporal/contract/media/plan';
import { videoRef } from '../../../temporal/contract/media/renditions';
import type { ChunkReport, RenditionReport } from '../../../temporal/contract/media/reports';
import { dashManifest } from './dash';
import { earlyPresentation } from './early-presentation';
import { masterPlaylist, mediaPlaylist } from './hls';
import { mergeReports } from './merge-reports';
import type { Presentation } from './presentation';

const grid = { frameRate: { num: 30_000, den: 1001 }, frameCount: 700, framesPerSegment: 180, segmentCount: 4 };
const chunks = [
  { index: 0, startFrame: 0, endFrame: 180, seekUs: 0 },
  { index: 1, startFrame: 180, endFrame: 700, seekUs: 5_980_000 },
];
const RUNGS = [
  { name: '480p', width: 854, height: 480, maxrateBps: 1_000_000, profile: 'main', level: '3.1' },
  { name: '240p', width: 426, height: 240, maxrateBps: 400_000, profile: 'main', level: '3.1' },
] as VideoRung[];
const plan = { generation: 3, grid, chunks, families: [{ family: 'h264', rungs: RUNGS }], audio: [] as unknown[] } as Plan;

function reportOf(chunk: (typeof chunks)[number]): ChunkReport {
  const rendition = ({ name }: VideoRung): RenditionReport => ({
    ref: videoRef('h264', { name }),
    ...{ timescale: 30_000, codec: 'avc1.4d401f', initName: 'init.mp4', initSizeBytes: 800, initSha256: name },
    segments: Array.from({ length: Math.ceil((chunk.endFrame - chunk.startFrame) / 180) }, (_, index) => {
      const startFrame = chunk.startFrame + 180 * index;
      const sampleCount = Math.min(180, chunk.endFrame - startFrame);
      return {
        name: `segment_0000${startFrame / 180 + 1}.m4s`,
        ...{ sizeBytes: 1000, sampleCount, durationTicks: sampleCount * 1001, startTicks: startFrame * 1001 },
        ...{ reorderTicks: 2002, stepTicks: 1001, keyFrame: { offset: 96, sizeBytes: 500 } },
      };
    }),
  });
  const made = { formatVersion: 1, planSha256: 'p', family: 'h264', chunkIndex: chunk.index } as const;
  return { ...made, startFrame: chunk.startFrame, endFrame: chunk.endFrame, renditions: RUNGS.map(rendition) };
}

const [first, second] = chunks.map(reportOf) as [ChunkReport, ChunkReport];
const early = earlyPresentation(plan, first, []) as Presentation;

it('has the media playlists of the finished title', () => {
  const finished = mergeReports([first, second], plan);
  expect(early.video.map(({ rendition }) => mediaPlaylist(rendition))).toEqual(
    finished.map((rendition) => mediaPlaylist(rendition)).reverse(),
  );
});

it('announces the caps, from a folder beside that of the generation, and no I-frames', () => {
  const master = HLS.parse(masterPlaylist(early)) as HLS.types.MasterPlaylist;
  expect(master.variants.map(({ uri, bandwidth, codecs }) => [uri, bandwidth, codecs])).toEqual([
    ['../g3/h264/240p/playlist.m3u8', 400_001, 'avc1.4d401f'],
    ['../g3/h264/480p/playlist.m3u8', 1_000_001, 'avc1.4d401f'],
  ]);
  expect(master.variants.some(({ isIFrameOnly }) => isIFrameOnly)).toBe(false);
});

it('says the whole length in DASH', () => {
  const mpd = dashManifest(early);
  expect(mpd).toContain('mediaPresentationDuration="PT23.357S"');
  expect(mpd).toContain('media="../g3/h264/480p/segment_$Number%05d$.m4s"');
  expect(mpd).toContain('<S t="0" d="180180" r="2"/>');
});

describe('of a title that has its smallest rung alone', () => {
  const smallest = { renditions: first.renditions.slice(1) };

  it('is the same, from what x264 was asked for', () => {
    const presentation = earlyPresentation(plan, smallest, []) as Presentation;
    expect(masterPlaylist(presentation)).toBe(masterPlaylist(early));
    expect(dashManifest(presentation)).toBe(dashManifest(early));
    const playlists = ({ video }: Presentation) => video.map(({ rendition }) => mediaPlaylist(rendition));
    expect(playlists(presentation)).toEqual(playlists(early));
  });

  it.each(['av1', 'hevc'] as const)('is none in %s, whose encoder decides what the others are called', (family) => {
    expect(earlyPresentation({ ...plan, families: [{ ...plan.families[0], family } as FamilyPlan] }, smallest, [])).toBeNull();
  });
});
