import { changedMetadata, metadataPairs, metadataSearch } from './metadata-schemas';

const pairs = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, 'value']));

it.each<[string, unknown, boolean]>([
  ['nothing', {}, true],
  ['fifty pairs', pairs(50), true],
  ['one more', pairs(51), false],
  ['every character of a key', { 'a_b.c-9': '' }, true],
  ['a capital letter in a key', { Key: 'value' }, false],
  ['an empty key', { '': 'value' }, false],
  ['a key of 65 characters', { ['k'.repeat(65)]: 'value' }, false],
  ['a value of 512 characters', { key: 'ä'.repeat(512) }, true],
  ['one more', { key: 'v'.repeat(513) }, false],
  ['half a character', { key: '\ud800' }, false],
  ['a number', { key: 1 }, false],
])('metadata may have %s: %#', (_, value, isRight) => expect(metadataPairs.safeParse(value).success).toBe(isRight));

it('a search has five pairs at most', () => {
  expect([5, 6].map((count) => metadataSearch.safeParse(pairs(count)).success)).toEqual([true, false]);
});

it('a change sets, keeps and removes pairs', () => {
  expect(changedMetadata({ kept: 'a', changed: 'b', gone: 'c' }, { changed: 'd', gone: null, added: 'e', absent: null })).toEqual({
    ...{ kept: 'a', changed: 'd', added: 'e' },
  });
});

it('a change that makes too many pairs is none', () => {
  expect(changedMetadata(pairs(50), { one: 'more' })).toBeNull();
  expect(changedMetadata(pairs(50), { one: 'more', 'key-0': null })).toHaveProperty('one');
});
