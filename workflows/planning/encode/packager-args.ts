import type { ChunkPlan, FrameGrid } from '../../../temporal/contract/media/plan';
import type { Family } from '../families/family';
import { framesToSeconds9 } from '../timeline/frame-rate';
import { firstSegmentOf } from '../timeline/segment-grid';

/** A file to segment and the existing folder that receives `init.mp4` and `segment_00001.m4s` and so on. */
export interface PackagerInput {
  path: string;
  folder: string;
}

/** Shaka Packager arguments that cut the files of one chunk into CMAF segments, numbered from the chunk's first segment. */
export function packagerVideoArgs(input: {
  family: Pick<Family, 'packagerStream'>;
  inputs: readonly PackagerInput[];
  grid: FrameGrid;
  chunk: Pick<ChunkPlan, 'startFrame'>;
}): string[] {
  const { family, inputs, grid, chunk } = input;
  return [
    ...inputs.map((one) => descriptor(family.packagerStream, one)),
    ...['--segment_duration', segmentSeconds(grid, 'video')],
    ...['--start_segment_number', String(firstSegmentOf(grid, chunk) + 1)],
    ...REPRODUCIBLE,
  ];
}

/** Shaka Packager arguments that cut the whole audio track into CMAF segments about as long as the video's. */
export function packagerAudioArgs({ input, grid }: { input: PackagerInput; grid: FrameGrid }): string[] {
  return [
    descriptor('audio', input),
    ...['--segment_duration', segmentSeconds(grid, 'audio'), '--start_segment_number', '1'],
    ...REPRODUCIBLE,
  ];
}

/** Seconds of a segment for the packager. Half a frame less with pictures: a key frame at its exact end always opens the next one, whatever the rounding. */
export function segmentSeconds({ framesPerSegment, frameRate }: FrameGrid, kind: 'video' | 'audio'): string {
  return framesToSeconds9(kind === 'video' ? framesPerSegment - 0.5 : framesPerSegment, frameRate);
}

/** Without the real clock the same input gives the same bytes. */
const REPRODUCIBLE = ['--use_fake_clock_for_muxer', '--quiet'];

function descriptor(stream: 'video' | 'audio', { path, folder }: PackagerInput): string {
  const template = `${folder}/segment_$Number%05d$.m4s`;
  return `in=${path},stream=${stream},init_segment=${folder}/init.mp4,segment_template=${template}`;
}
