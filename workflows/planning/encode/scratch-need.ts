import type { ChunkPlan, FamilyPlan, Plan, ThumbnailPlan, VideoRung } from '../../../temporal/contract/media/plan';
import { RASTER_LONGEST_SIDE } from '../../../temporal/contract/media/watermark';
import { SIGNATURE_BYTES } from '../proof/signatures';
import type { MezzanineKind } from '../source/mezzanine';
import type { ProbedContainer, ProbedStream } from '../source/probed-container';
import { capturesOfChunk } from './captures';
import { isCopied, isLossy } from '../source/sound/sound-copy';
import { audioStreams } from '../source/source-streams';
import { SCORE_BYTES } from './ffmpeg-thumbnails';

/** Encoded files and the segments cut from them lie side by side. */
const COPIES = 2;

/** A 32x18 gray picture and two lines of text for a frame, of the source and of the output. */
const PROOF_BYTES_PER_FRAME = 2 * (SIGNATURE_BYTES + 160);

/** A JPEG of the quality used here stays below four bits a pixel. */
const JPEG_BYTES_PER_PIXEL = 0.5;

/** The raster of a watermark without any compression. */
const RASTER_BYTES = 4 * RASTER_LONGEST_SIDE ** 2;

/** A line per packet, at 60 frames a second. */
const PACKET_BYTES_PER_SECOND = 60 * 80;

/** The most that such a track takes in practice, 1 Mb/s. */
const LOSSY_AUDIO_BYTES_PER_SECOND = 125_000;
const BYTES_PER_SAMPLE = 3;
const LOSSY_BYTES_PER_SAMPLE = 2;

/** A sample a millisecond and a line a frame, of which there are some fifty a second. */
const LEVEL_BYTES_PER_SECOND = 2_000 + 50 * 60;

/** Two lines ten times a second in each of two files. */
const LOUDNESS_BYTES_PER_SECOND = 2 * 10 * 60;

/** Frames coded again without loss, as a multiple of the source: 7, 22 and 30 on three clips. */
const LOSSLESS_FACTOR = 25;
const CONTAINER_FACTOR = 1.05;

/** Scratch that a chunk takes at most, in bytes: the cap of every rung, twice, next to proof and captures. */
export function chunkScratchBytes(work: {
  plan: Pick<Plan, 'grid' | 'thumbnails' | 'watermark'>;
  family: FamilyPlan;
  chunk: ChunkPlan;
}): number {
  const { plan, family, chunk } = work;
  const frames = chunk.endFrame - chunk.startFrame;
  const seconds = (frames * plan.grid.frameRate.den) / plan.grid.frameRate.num;
  const encoded = family.rungs.reduce((sum, rung) => sum + rungBytes(rung, seconds), 0);
  const captures = capturesOfChunk(plan.thumbnails, chunk, '')?.frames.length ?? 0;
  const raster = plan.watermark ? RASTER_BYTES : 0;
  return Math.ceil(COPIES * encoded + frames * PROOF_BYTES_PER_FRAME + captures * captureBytes(plan.thumbnails) + raster);
}

/** Scratch that the audio renditions take beside the copy of their tracks, in bytes: encoded, cut and read back, and how loud they are when. */
export function audioScratchBytes({ audio, source }: Pick<Plan, 'audio' | 'source'>): number {
  const seconds = source.durationMs / 1000;
  const bitrateBps = audio.reduce((sum, track) => sum + track.bitrateBps, 0);
  const measured = audio.filter(({ loudnessLufs }) => loudnessLufs !== undefined).length;
  const measures = audio.length * LEVEL_BYTES_PER_SECOND + measured * LOUDNESS_BYTES_PER_SECOND;
  return Math.ceil(((COPIES + 1) * CONTAINER_FACTOR * bitrateBps * seconds) / 8 + seconds * measures);
}

/** Scratch that captures, thumbnails, sprites and the pictures they are judged by take, in bytes. */
export function thumbnailScratchBytes(thumbnails: ThumbnailPlan): number {
  const thumb = thumbnails.width * thumbnails.height * JPEG_BYTES_PER_PIXEL;
  const gray = SCORE_BYTES;
  return Math.ceil(thumbnails.captureFrames.length * (captureBytes(thumbnails) + COPIES * thumb + gray));
}

/** Scratch that the examination of a source takes, in bytes: its copy, if it needs one, its audio in this and by itself, and a line per packet. */
export function probeScratchBytes(source: { sizeBytes: number; probe: ProbedContainer; mezzanine: MezzanineKind }): number {
  const { sizeBytes, probe, mezzanine } = source;
  const seconds = Number(probe.format.duration ?? 0);
  const copy = { none: 0, copied: sizeBytes * CONTAINER_FACTOR, coded: sizeBytes * LOSSLESS_FACTOR }[mezzanine];
  const sounds = audioStreams(probe);
  const audio = sounds.reduce((sum, stream) => sum + audioBytes(probe, stream, seconds), 0);
  // What is decoded on the way into the copy is larger there, too.
  const copies = mezzanine === 'none' ? 1 : COPIES;
  return Math.ceil(copy + copies * audio + seconds * (PACKET_BYTES_PER_SECOND + sounds.length * LEVEL_BYTES_PER_SECOND));
}

function rungBytes({ maxrateBps, bufsizeBits }: VideoRung, seconds: number): number {
  return (maxrateBps * seconds + bufsizeBits) / 8;
}

function captureBytes({ posterWidth, posterHeight }: ThumbnailPlan): number {
  return posterWidth * posterHeight * JPEG_BYTES_PER_PIXEL;
}

/** Lossy tracks that are copied take what they take in practice; others, copied or kept as FLAC, are no larger than their samples. */
function audioBytes(probe: ProbedContainer, stream: ProbedStream, seconds: number): number {
  const lossy = isLossy(stream);
  if (lossy && isCopied(probe, stream)) return seconds * LOSSY_AUDIO_BYTES_PER_SECOND;
  const bytesPerSample = lossy ? LOSSY_BYTES_PER_SAMPLE : BYTES_PER_SAMPLE;
  return seconds * Number(stream.sample_rate ?? 0) * (stream.channels ?? 0) * bytesPerSample;
}
