import type { Client } from '@temporalio/client';
import { isOldServer, setUpTemporal } from './setup';

/** A server whose operator service is closed to this client; `knows` answers whether queries may name the attributes. */
function closedServer(knows: boolean) {
  const refused = (code: number) => Promise.reject(Object.assign(new Error('refused'), { code }));
  const made: string[] = [];
  const client = {
    options: { namespace: 'films' },
    connection: { withDeadline: (_at: number, call: () => unknown) => call(), operatorService: { addSearchAttributes: () => refused(7) } },
    workflowService: { countWorkflowExecutions: () => (knows ? Promise.resolve({}) : refused(3)) },
    schedule: { create: ({ scheduleId }: { scheduleId: string }) => Promise.resolve(made.push(scheduleId)) },
  } as unknown as Client;
  return { client, made };
}

it('makes schedules without the rights of an operator where the attributes are there, and says what to add where they are not', async () => {
  const ready = closedServer(true);
  await setUpTemporal(ready.client);
  expect(ready.made.length).toBeGreaterThan(3);
  const bare = closedServer(false);
  await expect(setUpTemporal(bare.client)).rejects.toThrow('Add VideoStatus, FailedStep, CreatorId of the type Keyword');
  expect(bare.made).toEqual([]);
});

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
