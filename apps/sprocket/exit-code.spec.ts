import { CommanderError } from 'commander';
import { ProblemError, UnreachableError } from '../../packages/client/src/problem-error';
import { ConfigError } from '../settings/config-error';
import { exitCodeOf, sentenceOf, UsageError } from './exit-code';

const problem = (status: number) =>
  new ProblemError(status, { type: 'urn:x', title: 'T', status, detail: 'Do this.', code: 'SomeCode', error_id: 'id-1' });

it.each([
  ['help', new CommanderError(0, 'commander.helpDisplayed', ''), 0],
  ['an unknown option', new CommanderError(1, 'commander.unknownOption', ''), 2],
  ['a bad call', new UsageError('x'), 2],
  ['a bad setting', new ConfigError('x'), 2],
  ['an unknown video', problem(404), 3],
  ['a missing scope', problem(403), 4],
  ['a conflict', problem(409), 4],
  ['a fault of the service', problem(500), 1],
  ['a dependency that is down', problem(503), 5],
  ['no answer', new UnreachableError('http://127.0.0.1:1/x', null), 5],
  ['anything else', new Error('x'), 1],
])('%s ends with %s', (_what, error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});

it('says the sentence of the API with the id that its log has', () => {
  expect(sentenceOf(problem(409))).toBe('Do this. (SomeCode, id-1)');
});

it.each([
  ['the name of a file', new UsageError('There is no file a\n\u001b[2J.')],
  ['a service', new ProblemError(409, { ...problem(409).problem, detail: 'a\n\u001b[2J' })],
])('does not let %s act on the terminal', (_what, error) => {
  expect(sentenceOf(error)).toContain('a\\u000a\\u001b[2J');
});
