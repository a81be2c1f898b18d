import { GIB } from '../../../temporal/contract/units';
import { judgeDependencies, judgeMachine, judgeNode, judgePort } from './judge';

it.each([
  ['20.19.0', 'ok'],
  ['22.1.0', 'ok'],
  ['20.18.9', 'fault'],
  ['18.20.0', 'fault'],
])('Node %s: %s', (version, state) => {
  expect(judgeNode(version, '>=20.19')).toMatchObject({ check: 'node', state });
});

it('says what a small machine cannot do', () => {
  const large = judgeMachine({ cores: 8, memoryBytes: 64 * GIB, scratchBytes: 500 * GIB });
  expect(large.map(({ state }) => state)).toEqual(['ok', 'ok']);
  const small = judgeMachine({ cores: 1, memoryBytes: GIB, scratchBytes: GIB });
  expect(small.map(({ check, state }) => [check, state])).toEqual([
    ['disk', 'warning'],
    ['memory', 'warning'],
  ]);
  for (const { mend } of small) expect(mend).toMatch(/\.$/);
});

it.each([
  [{ isFree: true, isOurs: false }, 'ok'],
  [{ isFree: false, isOurs: true }, 'ok'],
  [{ isFree: false, isOurs: false }, 'warning'],
])('a port that is %j: %s', (port, state) => {
  expect(judgePort('api', 8080, port)).toMatchObject({ check: 'port 8080', state });
});

it('names a dependency that is down, with the mend', () => {
  expect(judgeDependencies({ mysql: 'up', object_store: 'down', temporal: 'preparing' })).toEqual([
    { check: 'MySQL', state: 'ok', detail: 'answers the API', mend: null },
    expect.objectContaining({ check: 'the object store', state: 'fault', mend: expect.stringContaining('Start the object store') }),
    expect.objectContaining({ check: 'Temporal', state: 'warning' }),
  ]);
});
