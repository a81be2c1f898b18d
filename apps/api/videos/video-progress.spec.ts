import { isFinal } from './video-progress';
import type { ProgressView } from './video-schemas';

const done = { state: 'completed', percent: 100, completed: 2, total: 2 } as const;

function view(status: ProgressView['status'], steps: Partial<ProgressView['pipeline_progress']>): ProgressView {
  return { status, pipeline_progress: { transcode: done, thumbnails: 'completed', drm: 'skipped', ...steps } } as ProgressView;
}

it.each<[string, ProgressView, boolean]>([
  ['a video in the making', view('transcoding', {}), false],
  ['a ready video', view('ready', {}), true],
  ['a ready video whose thumbnails are still made', view('ready', { thumbnails: 'running' }), false],
  ['a ready video without thumbnails', view('ready', { thumbnails: 'failed' }), true],
  ['a failed video with steps that never ran', view('failed', { thumbnails: 'pending' }), true],
])('%s', (_, progress, final) => {
  expect(isFinal(progress)).toBe(final);
});
