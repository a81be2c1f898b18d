import type { TimedPixelAspect } from '../../../../temporal/contract/media/picture-shape';
import type { Fraction } from '../../../../temporal/contract/media/plan';
import type { PacketScan } from '../packet-scan';
import type { KeyPictures } from '../probed-container';
import { sourceInput } from '../source-input';
import { QUIETLY } from '../track-copies';
import { reduce } from '../../timeline/frame-rate';
import { crediblePixelAspect } from './source-shape';

/** Containers that leave the pixel aspect to the stream, where it may change; in others that of the container counts throughout. */
const CONTAINERS_WITHOUT_ASPECT = ['mpegts', 'mpeg', 'mpegvideo', 'flv'];

/**
 * Units that describe the picture: sequence parameter sets (ITU-T H.264 table 7-1, H.265 table 7-1), sequence headers (ITU-T H.262
 * table 6-1).
 */
const DESCRIBING_UNITS: Readonly<Record<string, number>> = { h264: 7, hevc: 33, mpeg2video: 0xb3 };

/**
 * Output options for a list, in the form of a packet scan, of nothing but the descriptions of the picture in the stream; null where
 * none can change the pixel aspect.
 */
export function descriptionsArgs(container: string, codec: string | undefined): string[] | null {
  const unit = DESCRIBING_UNITS[codec ?? ''];
  if (unit === undefined || !CONTAINERS_WITHOUT_ASPECT.includes(container)) return null;
  return ['-c', 'copy', '-bsf:v', `filter_units=pass_types=${unit}`, '-f', 'framecrc'];
}

/** Whether the list of {@link descriptionsArgs} has different ones, by their checksums. */
export function changesDescription(text: string): boolean {
  const checksums = [...text.matchAll(/^0,(?:[^,]*,){4}\s*(0x[0-9a-f]+)/gm)].map((match) => match[1]);
  return new Set(checksums).size > 1;
}

/**
 * ffmpeg arguments that copy the key frames of a picture into a transport stream: Matroska has one pixel aspect for all of them, which
 * every reader would put in place of their own.
 */
export function keyFramesArgs(sourceUrl: string, videoStreamIndex: number, outPath: string): string[] {
  const sameTimes = ['-muxdelay', '0', '-muxpreload', '0', '-avoid_negative_ts', 'disabled'];
  return [
    ...[...QUIETLY, '-copyts', ...sourceInput(sourceUrl), '-map', `0:${videoStreamIndex}`],
    ...['-c', 'copy', '-bsf:v', "noise=drop='not(key)'", ...sameTimes, '-f', 'mpegts', outPath],
  ];
}

/** ffprobe arguments for the pixel aspects of the key frames that {@link keyFramesArgs} copied. */
export function keyPicturesArgs(path: string): string[] {
  const shown = ['-show_entries', 'frame=pts_time,sample_aspect_ratio', '-of', 'json'];
  return ['-v', 'error', '-select_streams', 'v:0', '-skip_frame', 'nokey', ...shown, ...sourceInput(path)];
}

/**
 * Where the pixel aspect changes: from the first frame, in order of presentation, that is decoded with the key frame of the new one or
 * after it. `first` is the aspect of the first picture.
 */
export function laterPixelAspects({ timebase, packets }: PacketScan, keys: KeyPictures, first: Fraction): TimedPixelAspect[] {
  const ticksOf = (seconds: string | undefined) => Math.round((Number(seconds) * timebase.den) / timebase.num);
  const aspects = new Map(keys.frames.map(({ pts_time, sample_aspect_ratio }) => [ticksOf(pts_time), aspectOf(sample_aspect_ratio)]));
  const earliest = earliestFrom(packets.map(({ pts }) => pts));
  const later: TimedPixelAspect[] = [];
  for (const [index, { pts }] of packets.entries()) {
    const pixelAspect = aspects.get(pts);
    const before = later.at(-1)?.pixelAspect ?? first;
    if (pixelAspect && !isSame(pixelAspect, before)) later.push({ fromPts: earliest[index] ?? pts, pixelAspect });
  }
  return later;
}

/** For every place of a list the smallest value from there on. */
function earliestFrom(values: readonly number[]): number[] {
  const smallest = [...values];
  for (let index = smallest.length - 2; index >= 0; index--) {
    smallest[index] = Math.min(smallest[index] as number, smallest[index + 1] as number);
  }
  return smallest;
}

function aspectOf(text: string | undefined): Fraction {
  const [num = 0, den = 0] = (text ?? '').split(':').map(Number);
  return num > 0 && den > 0 ? crediblePixelAspect(reduce({ num, den })) : { num: 1, den: 1 };
}

function isSame(one: Fraction, other: Fraction): boolean {
  return one.num * other.den === other.num * one.den;
}
