import { VIDEO_STATUSES, type VideoStatus } from '../../../temporal/contract/steps';
import { isAbandoned, isAwaited, uploadVerdict } from './abandoned-uploads';
import { addPage } from './counts';
import { rowDrift } from './drift';
import { RETRY_WINDOW_MS } from '../../../temporal/contract/policies';
import { QUIET_BEFORE_REMOVAL_MS, READY_KEEPS_TEMPORARY_MS, UPLOAD_ABANDONED_AFTER_MS } from './limits';
import { isQuiet, temporaryObjectsAreOver } from './temporary-objects';
import { unpublishedGenerations } from './unpublished-generations';
import { folderOf, isVideoId } from './video-id';

const NOW = 1_000 * 24 * 3_600_000;
const state = (status: VideoStatus, agoMs: number, generation = 1) => ({ status, generation, sinceMs: NOW - agoMs });

describe('uploads', () => {
  const ago = (agoMs: number) => NOW - agoMs;

  it('are given up a day after the last part, or after the start when none came', () => {
    expect(isAbandoned({ startedAtMs: ago(UPLOAD_ABANDONED_AFTER_MS), lastPartAtMs: null }, NOW)).toBe(true);
    expect(isAbandoned({ startedAtMs: ago(UPLOAD_ABANDONED_AFTER_MS - 1), lastPartAtMs: null }, NOW)).toBe(false);
    expect(isAbandoned({ startedAtMs: 0, lastPartAtMs: ago(UPLOAD_ABANDONED_AFTER_MS - 1) }, NOW)).toBe(false);
  });

  it.each([
    ['with a fresh part', { upload: { lastPartAtMs: ago(1) }, originalBytes: null }, 'wait'],
    ['without one', { upload: { lastPartAtMs: null }, originalBytes: null }, 'cancel'],
    ['that the store lost', { upload: null, originalBytes: null }, 'cancel'],
    ['that is complete and has no record of it', { upload: null, originalBytes: 100 }, 'complete'],
    ['that is another file', { upload: null, originalBytes: 99 }, 'cancel'],
    ['whose original is there while it goes on', { upload: { lastPartAtMs: null }, originalBytes: 100 }, 'cancel'],
  ])('an old one %s', (_, stored, verdict) => expect(uploadVerdict({ startedAtMs: 0, sizeBytes: 100 }, stored, NOW)).toBe(verdict));

  it('belong to the row that names them, while it waits', () => {
    expect(isAwaited({ uploadId: 'a' }, { status: 'uploading', uploadId: 'a' })).toBe(true);
    expect(isAwaited({ uploadId: 'a' }, { status: 'uploading', uploadId: 'b' })).toBe(false);
    expect(isAwaited({ uploadId: 'a' }, { status: 'ready', uploadId: 'a' })).toBe(false);
    expect(isAwaited({ uploadId: 'a' }, undefined)).toBe(false);
  });
});

describe('temporary objects', () => {
  const kept = (agoMs: number) => VIDEO_STATUSES.filter((status) => !temporaryObjectsAreOver(state(status, agoMs), NOW));
  const inProgress = ['uploading', 'uploaded', 'probing', 'transcoding', 'packaging', 'moderating'];

  it('are kept while a video is under way, however long that takes', () => expect(kept(10 * RETRY_WINDOW_MS)).toEqual(inProgress));
  it('are kept for a retry of a failed video', () => expect(kept(RETRY_WINDOW_MS - 1)).toEqual([...inProgress, 'failed']));
  it('are kept for a while for a ready video', () =>
    expect(kept(READY_KEEPS_TEMPORARY_MS - 1)).toEqual([...inProgress, 'ready', 'failed']));
  it('have no owner without a row', () => expect(temporaryObjectsAreOver(null, NOW)).toBe(true));

  it('are quiet a day after the last was written', () => {
    expect(isQuiet(NOW - QUIET_BEFORE_REMOVAL_MS, NOW)).toBe(true);
    expect(isQuiet(NOW - QUIET_BEFORE_REMOVAL_MS + 1, NOW)).toBe(false);
    expect(isQuiet(null, NOW)).toBe(false);
  });
});

describe('unpublishedGenerations', () => {
  const stored = [1, 2, 3, 10, 11];

  it.each<[string, ReturnType<typeof state> | null, { referenced: number[]; manifests: number }, number[]]>([
    ['of a video that is ready: none', state('ready', 0, 10), { referenced: [10], manifests: 2 }, []],
    ['between the published one and a later attempt', state('transcoding', 0, 10), { referenced: [1], manifests: 2 }, [2, 3]],
    [
      'of a failed attempt that can be retried: not that one',
      state('failed', RETRY_WINDOW_MS - 1, 3),
      { referenced: [1], manifests: 2 },
      [2],
    ],
    ['of a failed attempt that cannot be retried any more', state('failed', RETRY_WINDOW_MS, 3), { referenced: [1], manifests: 2 }, [2, 3]],
    ['of a cancelled video that was never published', state('cancelled', 0, 2), { referenced: [], manifests: 0 }, [1, 2]],
    ['of a cancelled attempt to publish again', state('cancelled', 0, 3), { referenced: [2], manifests: 2 }, [3]],
    ['when half a publication is there: none', state('cancelled', 0, 10), { referenced: [3], manifests: 1 }, []],
    ['when a ready video has lost its manifests: none', state('ready', 0, 10), { referenced: [], manifests: 0 }, []],
    ['when only the poster is named: what is newer', state('cancelled', 0, 3), { referenced: [2], manifests: 0 }, [3]],
    ['without a row: none', null, { referenced: [], manifests: 0 }, []],
  ])('%s', (_, video, { referenced, manifests }, expected) =>
    expect(unpublishedGenerations(video, { stored, referenced, manifests }, NOW)).toEqual(expected),
  );
});

it.each<[Parameters<typeof rowDrift>[0], string[]]>([
  [{ status: 'ready', sizeBytes: 5, originalBytes: 5, manifests: 2, manifestsExpected: 2 }, []],
  [{ status: 'ready', sizeBytes: 5, originalBytes: null, manifests: 1, manifestsExpected: 2 }, ['original_missing', 'manifest_missing']],
  [{ status: 'removed', sizeBytes: 5, originalBytes: 4, manifests: 0, manifestsExpected: 2 }, ['original_of_another_size']],
  [{ status: 'failed', sizeBytes: 5, originalBytes: null, manifests: 0, manifestsExpected: 2 }, ['original_missing']],
  [{ status: 'uploading', sizeBytes: 5, originalBytes: null, manifests: 0, manifestsExpected: 2 }, []],
  [{ status: 'cancelled', sizeBytes: 5, originalBytes: null, manifests: 0, manifestsExpected: 2 }, []],
])('finds how a row and its objects differ (%#)', (video, kinds) => expect(rowDrift(video)).toEqual(kinds));

it('adds up parts and keeps a few examples', () => {
  const before = { startedAtMs: 7, cursor: 'a', counts: { seen: 1, removed: 2 }, examples: Array.from({ length: 9 }, () => 'old') };
  expect(addPage(before, { cursor: null, counts: { seen: 3, failed: 1 }, examples: ['new', 'one too many'] })).toEqual({
    startedAtMs: 7,
    cursor: null,
    counts: { seen: 4, removed: 2, failed: 1 },
    examples: [...Array.from({ length: 9 }, () => 'old'), 'new'],
  });
});

it('knows the folders of videos from others', () => {
  expect(isVideoId('01KAZ3F6V9Q4W2X8Y7T5R3P1N0')).toBe(true);
  for (const other of [
    'backup',
    '01KAZ3F6V9Q4W2X8Y7T5R3P1N',
    '01KAZ3F6V9Q4W2X8Y7T5R3P1N0x',
    '01kaz3f6v9q4w2x8y7t5r3p1n0',
    '81KAZ3F6V9Q4W2X8Y7T5R3P1N0',
    '',
  ]) {
    expect(isVideoId(other)).toBe(false);
  }
  expect(folderOf('a/b/c')).toBe('a');
  expect(folderOf('a')).toBe('');
});
