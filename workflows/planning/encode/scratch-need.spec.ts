import type { ChunkPlan, FamilyPlan, Plan, ThumbnailPlan } from '../../../temporal/contract/media/plan';
import { audioScratchBytes, chunkScratchBytes, probeScratchBytes, thumbnailScratchBytes } from './scratch-need';

const GRID: Plan['grid'] = { frameRate: { num: 25, den: 1 }, frameCount: 1500, framesPerSegment: 100, segmentCount: 15 };
const THUMBNAILS: ThumbnailPlan = {
  captureFrames: [50, 150, 1450],
  intervalMs: 5000,
  width: 320,
  height: 180,
  posterWidth: 1280,
  posterHeight: 720,
  columns: 3,
  rows: 1,
};
const RUNG = {
  name: '720p',
  width: 1280,
  height: 720,
  crf: 22,
  maxrateBps: 8_000_000,
  bufsizeBits: 16_000_000,
  profile: 'high',
  level: '3.1',
};
const FAMILY: FamilyPlan = { family: 'h264', rungs: [RUNG] };
const chunk = (startFrame: number, endFrame: number): ChunkPlan => ({ index: 0, startFrame, endFrame, seekUs: 0 });

describe('chunkScratchBytes', () => {
  const need = (startFrame: number, endFrame: number) =>
    chunkScratchBytes({ plan: { grid: GRID, thumbnails: THUMBNAILS }, family: FAMILY, chunk: chunk(startFrame, endFrame) });

  it('is the cap of the encoder and its buffer, twice, with proof and captures', () => {
    // Ten seconds at 1 MB/s and 2 MB of buffer, twice; 250 frames of proof; two captures of 460,800 bytes.
    expect(need(0, 250)).toBe(2 * 12_000_000 + 250 * 1472 + 2 * 460_800);
  });

  it('grows with the length and counts only the captures of the chunk', () => {
    expect(need(200, 450)).toBe(2 * 12_000_000 + 250 * 1472);
    expect(need(200, 700)).toBe(2 * 22_000_000 + 500 * 1472);
  });
});

describe('audioScratchBytes', () => {
  it('is the rendition three times and its levels, and nothing for a silent source', () => {
    const source = { durationMs: 60_000 } as Plan['source'];
    const audio = [{ bitrateBps: 128_000 }] as Plan['audio'];
    expect(audioScratchBytes({ audio, source })).toBe(Math.ceil(3 * 1.05 * 128_000 * 7.5 + 60 * 5000));
    expect(audioScratchBytes({ audio: [], source })).toBe(0);
  });
});

describe('thumbnailScratchBytes', () => {
  it('is every capture with what is made of it', () => {
    expect(thumbnailScratchBytes(THUMBNAILS)).toBe(3 * (460_800 + 2 * 28_800 + 14_400));
  });
});

describe('probeScratchBytes', () => {
  const stream = { time_base: '1/1000', disposition: {}, tags: {}, side_data_list: [] };
  const audio = (codec: string, channels: number) => ({
    ...stream,
    index: 1,
    codec_type: 'audio',
    codec_name: codec,
    channels,
    sample_rate: '48000',
  });
  const levels = 100 * 5000;
  const container = (...streams: ReturnType<typeof audio>[]) => ({
    format: { format_name: 'matroska,webm', duration: '100', tags: {} },
    streams,
  });
  const sizeBytes = 1_000_000_000;
  const packets = 100 * 4800;

  it.each([
    ['a source that can be sought in', 'none', 0],
    ['a copy', 'copied', 1_050_000_000],
    ['a copy coded again', 'coded', 25_000_000_000],
  ] as const)('%s', (_name, mezzanine, copyBytes) => {
    expect(probeScratchBytes({ sizeBytes, probe: container(), mezzanine })).toBe(copyBytes + packets);
  });

  it.each([
    ['aac', 6, 12_500_000],
    ['pcm_s24le', 2, 28_800_000],
    ['wmav2', 2, 28_800_000],
  ])('the audio copy of %s with %d channels', (codec, channels, audioBytes) => {
    expect(probeScratchBytes({ sizeBytes, probe: container(audio(codec, channels)), mezzanine: 'none' })).toBe(
      audioBytes + levels + packets,
    );
  });

  it('knows which lossy tracks are decoded, and that they are in the copy of the source, too', () => {
    const decoded = { ...container(audio('aac', 2)), format: { format_name: 'mpegts', duration: '100', tags: {} } };
    const twice = 2 * 100 * 48_000 * 2 * 2;
    expect(probeScratchBytes({ sizeBytes, probe: decoded, mezzanine: 'copied' })).toBe(1_050_000_000 + twice + levels + packets);
  });
});
