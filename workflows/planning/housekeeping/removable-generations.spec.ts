import { OLD_GENERATION_GRACE_MS, removableGenerations } from './removable-generations';

describe('removableGenerations', () => {
  const state = { stored: [1, 2, 3, 4], referenced: [3], publishedAtMs: 0, nowMs: OLD_GENERATION_GRACE_MS };

  it('removes what is older than the published one', () => expect(removableGenerations(state)).toEqual([1, 2]));

  it.each([
    ['before the grace is over', { ...state, nowMs: OLD_GENERATION_GRACE_MS - 1 }, []],
    ['when nothing is published', { ...state, referenced: [] }, []],
    ['that a manifest still names', { ...state, referenced: [1, 3] }, []],
    ['that holds the poster', { ...state, referenced: [2, 3] }, [1]],
  ])('keeps a generation %s', (_, other, removed) => expect(removableGenerations(other)).toEqual(removed));
});
