import type { VideoFamily } from '../../../infra/database/families-repository';
import type { FamilyState } from '../../../temporal/contract/media/families';
import type { VideoStatus } from '../../../temporal/contract/steps';
import { familyViews } from './family-view';

const CODECS = ['h264', 'av1'] as const;
const NOTHING_ENCODED = new Map<string, number>();

function stateOf(status: VideoStatus, row: { generation: number; state: FamilyState } | null): FamilyState | undefined {
  const video = { codecs: [...CODECS], encoding: { isStrict: false, families: {} }, sourceFacts: null, generation: 2, status };
  return familyViews(video, row ? [rowOf(row)] : [], NOTHING_ENCODED).av1?.state;
}

function rowOf(row: { generation: number; state: FamilyState }): VideoFamily {
  const rest = { revision: 1, failureType: null, errorMessage: null, publishedAt: null, updatedAt: new Date(0) };
  return { videoId: 'a', family: 'av1', ...row, ...rest };
}

describe('a family of a video', () => {
  it.each<[string, VideoStatus, FamilyState, FamilyState]>([
    ['is made again with a new generation', 'transcoding', 'ready', 'pending'],
    ['stays out of a new generation', 'transcoding', 'removed', 'removed'],
    ['is still public when the new generation was cancelled', 'cancelled', 'ready', 'ready'],
    ['is still public when the new generation has failed', 'failed', 'ready', 'ready'],
    ['that was in the making is not waited for after a cancellation', 'cancelled', 'running', 'cancelled'],
    ['that had failed before has failed after a cancellation', 'cancelled', 'failed', 'failed'],
    ['is gone with its video', 'removed', 'ready', 'removed'],
  ])('%s: %s, %s shows as %s', (_, status, state, shown) => {
    expect(stateOf(status, { generation: 1, state })).toBe(shown);
  });

  it.each<[VideoStatus, FamilyState, FamilyState]>([
    ['ready', 'running', 'running'],
    ['ready', 'failed', 'failed'],
    ['packaging', 'ready', 'ready'],
    ['cancelled', 'pending', 'cancelled'],
    ['removed', 'cancelled', 'cancelled'],
  ])('of the same generation: %s, %s shows as %s', (status, state, shown) => {
    expect(stateOf(status, { generation: 2, state })).toBe(shown);
  });

  it.each<[VideoStatus, FamilyState]>([
    ['transcoding', 'pending'],
    ['ready', 'pending'],
    ['failed', 'cancelled'],
    ['cancelled', 'cancelled'],
    ['removed', 'cancelled'],
  ])('that was asked for with the upload and never begun: %s shows as %s', (status, shown) => {
    expect(stateOf(status, null)).toBe(shown);
  });
});
