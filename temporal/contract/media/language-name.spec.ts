import { languageName } from './language-name';

it.each([
  ['de', 'Deutsch'],
  ['ar', 'العربية'],
  ['und', 'Unknown language'],
])('calls %s as its speakers do: %s', (tag, name) => {
  expect(languageName(tag)).toBe(name);
});
