import type { TaskTypeSummary } from '../../../infra/database/task';
import type { Video } from '../../../infra/database/video';
import { FIRST_WALK, walkOf, type Walk } from '../../../temporal/contract/pipeline';
import { USUAL_WALK } from '../../../temporal/testing/usual-walk';
import type { TaskType } from '../../../temporal/contract/steps';
import { progressView } from './progress-view';
import { isFinal } from './video-progress';

const STARTED_AT = new Date('2026-01-01T00:00:00.000Z');
const NOW = new Date('2026-01-01T00:01:00.000Z');

function video(differences: Partial<Video>): Video {
  return {
    videoId: 'V',
    creatorId: 'c',
    title: 't',
    metadata: {},
    filename: 'f',
    contentType: 'video/mp4',
    playback: 'public',
    originalS3Key: 'k',
    originalFormat: null,
    durationSec: null,
    originalWidth: null,
    originalHeight: null,
    originalCodec: null,
    originalBitrateKbps: null,
    fileSizeBytes: 1,
    status: 'transcoding',
    preset: 'standard',
    priority: 'normal',
    manifestKey: null,
    playableAt: null,
    thumbnailKey: null,
    pictures: null,
    posterChoice: null,
    errorMessage: null,
    failedStep: null,
    failureType: null,
    encoding: { isStrict: false, families: {} },
    codecs: ['h264'],
    warnings: [],
    skippedSteps: [],
    walk: FIRST_WALK,
    sourceFacts: null,
    qualitySummary: null,
    protection: null,
    moderationSummary: null,
    isFlagged: null,
    heldSince: null,
    planSha256: null,
    isDrmSwitching: 0,
    tsGeneration: null,
    generation: 1,
    uploadId: 'u',
    uploadPartSize: 1,
    idempotencyKey: null,
    createdAt: STARTED_AT,
    updatedAt: STARTED_AT,
    workflowStartedAt: STARTED_AT,
    startedAt: STARTED_AT,
    completedAt: null,
    ...differences,
  };
}

function tasks(taskType: TaskType, counts: Partial<TaskTypeSummary>): TaskTypeSummary {
  const none = { pending: 0, running: 0, retrying: 0, failed: 0, completed: 0, percent: 0, startedAt: null };
  const summary = { taskType, ...none, ...counts };
  return { ...summary, total: summary.pending + summary.running + summary.retrying + summary.failed + summary.completed };
}

const done = (taskType: TaskType) => tasks(taskType, { completed: 1, percent: 100 });
const view = (of: Partial<Video>, ...rows: TaskTypeSummary[]) => progressView({ video: video(of), tasks: rows, now: NOW, families: {} });

it('shows a video in the middle, whole', () => {
  const rows = [
    done('probe'),
    done('split'),
    tasks('transcode', { completed: 1, running: 1, pending: 2, percent: 37.5 }),
    tasks('audio', { running: 1 }),
  ];
  expect(view({}, ...rows)).toEqual({
    video_id: 'V',
    status: 'transcoding',
    families: {},
    pipeline_progress: {
      probe: 'completed',
      split: 'completed',
      transcode: { state: 'running', completed: 1, total: 4, percent: 37 },
      audio: 'running',
      thumbnails: 'pending',
      subtitles: 'skipped',
      speech: 'skipped',
      moderation: 'skipped',
      package: 'pending',
      verify: 'skipped',
      drm: 'skipped',
      publish: 'pending',
      ts: 'skipped',
    },
    // (2 + 1 + 80 * 0.37) of 99
    percent: 32,
    estimated_completion: '2026-01-01T00:03:07.500Z',
    playable_at: null,
    started_at: STARTED_AT.toISOString(),
    completed_at: null,
    warnings: [],
  });
});

it('waits before it estimates, and stops when the video has ended', () => {
  expect(view({ status: 'probing' }, done('probe'))).toMatchObject({ percent: 2, estimated_completion: null });
  expect(view({ status: 'uploaded', startedAt: null })).toMatchObject({ percent: 0, estimated_completion: null, started_at: null });
  expect(view({ status: 'ready', completedAt: NOW })).toMatchObject({ percent: 100, estimated_completion: null });
});

it.each([
  ['completed', { completed: 2 }],
  ['running', { completed: 1, pending: 1 }],
  ['running', { running: 1, failed: 1 }],
  ['retrying', { running: 1, retrying: 1 }],
  ['failed', { completed: 1, failed: 1 }],
  ['pending', { pending: 2 }],
])('a step is %s with tasks %j', (state, counts) => {
  expect(view({}, tasks('transcode', counts)).pipeline_progress.transcode.state).toBe(state);
});

it('skips what the plan leaves out, without weight', () => {
  const rows = [done('probe'), done('split'), done('transcode'), done('thumbnail'), done('package')];
  expect(view({ skippedSteps: ['audio'] }, ...rows)).toMatchObject({ percent: 98, pipeline_progress: { audio: 'skipped' } });
});

it('says what failed, why and what to do, and keeps warnings', () => {
  const failed = view({
    status: 'failed',
    failedStep: 'probe',
    failureType: 'SourceUnreadable',
    errorMessage: 'This is not a video.',
    completedAt: NOW,
    warnings: [{ step: 'thumbnails', message: 'none' }],
  });
  expect(failed).toMatchObject({
    failed_step: 'probe',
    error: { code: 'SourceUnreadable', message: 'This is not a video.', advice: expect.stringContaining('plays locally') },
    pipeline_progress: { probe: 'failed', split: 'pending' },
    warnings: [{ step: 'thumbnails', message: 'none' }],
  });
});

const PROTECTED = { isStrict: false, families: {}, drm: { scheme: 'cbcs', systems: ['widevine'], keyProvider: 'local' } } as const;

it('gives the encryption its share of the percentage', () => {
  const before = [
    done('probe'),
    done('split'),
    done('transcode'),
    done('audio'),
    done('thumbnail'),
    done('package'),
    done('verify'),
    done('subtitle'),
  ];
  const shown = view({ walk: walkOf(PROTECTED) }, ...before, tasks('drm', { completed: 1, pending: 3 }));
  expect(shown).toMatchObject({ percent: 95, pipeline_progress: { drm: 'running' } });
});

it('shows a video that waits for a moderator as being moderated', () => {
  const walk = walkOf({ isStrict: false, families: {}, moderation: { mode: 'hold', threshold: 0.5 } });
  const steps = (['probe', 'split', 'transcode', 'audio', 'thumbnail', 'subtitle', 'moderation', 'package', 'verify'] as const).map(
    (type) => done(type),
  );
  const { pipeline_progress: progress, percent, estimated_completion: estimate } = view({ status: 'moderating', walk }, ...steps);
  expect(estimate).toBeNull();
  expect([progress.moderation, progress.publish, percent]).toEqual(['running', 'pending', 99]);
});

describe('a ready video', () => {
  const rows = (...types: TaskType[]) => types.map(done);
  const first = rows('probe', 'split', 'transcode', 'audio', 'thumbnail', 'package', 'publish');

  it('of an earlier release is final, whatever steps this one has', () => {
    const shown = view({ status: 'ready', walk: FIRST_WALK, completedAt: NOW }, ...first);
    expect(shown.pipeline_progress).toMatchObject({ publish: 'completed', verify: 'skipped', drm: 'skipped', moderation: 'skipped' });
    expect(isFinal(shown)).toBe(true);
  });

  it('is not final before the optional steps of its own walk are done', () => {
    const walk: Walk = [...USUAL_WALK, { step: 'subtitles', after: ['publish'], required: false }];
    const video = { status: 'ready', walk, completedAt: NOW } as const;
    expect(isFinal(view(video, ...first, done('verify'), done('drm')))).toBe(false);
    expect(isFinal(view(video, ...first, done('verify'), done('drm'), done('subtitle')))).toBe(true);
  });
});
