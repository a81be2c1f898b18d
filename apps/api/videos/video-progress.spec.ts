import { isFinal } from './video-progress';
import type { ProgressView } from './video-schemas';

const done = { state: 'completed', percent: 100, completed: 2, total: 2 } as const;

function view(
  status: ProgressView['status'],
  steps: Partial<ProgressView['pipeline_progress']>,
  families: ProgressView['families'] = {},
): ProgressView {
  return { status, pipeline_progress: { transcode: done, thumbnails: 'completed', drm: 'skipped', ...steps }, families } as ProgressView;
}

it.each<[string, ProgressView, boolean]>([
  ['a video in the making', view('transcoding', {}), false],
  ['a ready video', view('ready', {}), true],
  ['a ready video whose thumbnails are still made', view('ready', { thumbnails: 'running' }), false],
  ['a ready video without thumbnails', view('ready', { thumbnails: 'failed' }), true],
  ['a ready video with a family on its way', view('ready', {}, { av1: { state: 'running', percent: 3 } }), false],
  ['a ready video with a family on its way out', view('ready', {}, { av1: { state: 'leaving', percent: 0 } }), false],
  ['a ready video with a family that failed', view('ready', {}, { hevc: { state: 'failed', percent: 3 } }), true],
  ['a ready video with families', view('ready', {}, { hevc: { state: 'ready', percent: 100 } }), true],
  ['a failed video that a family waits for', view('failed', {}, { hevc: { state: 'pending', percent: 0 } }), true],
  ['a failed video with steps that never ran', view('failed', { thumbnails: 'pending' }), true],
])('%s', (_, progress, final) => {
  expect(isFinal(progress)).toBe(final);
});
