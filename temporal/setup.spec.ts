import { isOldServer } from './setup';

it.each([
  ['1.30.4', true],
  ['1.31.0', false],
  ['1.32.0-160.0', false],
  ['2.0.0', false],
  ['0.9.1', true],
  ['a build of our own', false],
])('judges the server %s: old is %s', (version, isOld) => {
  expect(isOldServer(version)).toBe(isOld);
});
