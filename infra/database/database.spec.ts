import { database } from './database';

const deadlock = () => Object.assign(new Error('deadlock'), { code: 'ER_LOCK_DEADLOCK' });

/** A statement that fails `failures` times, and the number of times that it was run. */
function statement(failures: number, failure: () => Error) {
  let runs = 0;
  const run = () => database(() => (++runs <= failures ? Promise.reject(failure()) : Promise.resolve('row')));
  return { run, runs: () => runs };
}

it('runs a statement again that was a victim of a deadlock, three times', async () => {
  const lucky = statement(3, deadlock);
  await expect(lucky.run()).resolves.toBe('row');
  expect(lucky.runs()).toBe(4);
  const unlucky = statement(4, deadlock);
  await expect(unlucky.run()).rejects.toMatchObject({ type: 'DatabaseUnavailable' });
  expect(unlucky.runs()).toBe(4);
});

it('runs no other statement again', async () => {
  const refused = statement(1, () => Object.assign(new Error('duplicate'), { code: 'ER_DUP_ENTRY' }));
  await expect(refused.run()).rejects.toMatchObject({ code: 'ER_DUP_ENTRY' });
  expect(refused.runs()).toBe(1);
  const away = statement(1, () => Object.assign(new Error('refused'), { syscall: 'connect' }));
  await expect(away.run()).rejects.toMatchObject({ type: 'DatabaseUnavailable' });
  expect(away.runs()).toBe(1);
});
