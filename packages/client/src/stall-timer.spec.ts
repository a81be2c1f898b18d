import { startStallTimer } from './stall-timer.ts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('aborts when nothing moves, and begins anew with every move', () => {
  const { signal, restart } = startStallTimer(1_000);
  jest.advanceTimersByTime(900);
  restart();
  jest.advanceTimersByTime(900);
  expect(signal.aborted).toBe(false);
  jest.advanceTimersByTime(100);
  expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
});

it('keeps no timer once it is stopped, whatever moves afterwards', () => {
  const { signal, restart, stop } = startStallTimer(1_000);
  stop();
  restart();
  expect(jest.getTimerCount()).toBe(0);
  expect(signal.aborted).toBe(false);
});
