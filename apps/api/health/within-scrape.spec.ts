import { withinScrape } from './within-scrape';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('gives up a read that hangs before Prometheus gives up the scrape', async () => {
  const scrape = expect(withinScrape(new Promise(() => undefined))).rejects.toThrow('timed out');
  await jest.advanceTimersByTimeAsync(5_000);
  await scrape;
});

it('passes on what a read finds, and its error', async () => {
  await expect(withinScrape(Promise.resolve(7))).resolves.toBe(7);
  await expect(withinScrape(Promise.reject(new Error('refused')))).rejects.toThrow('refused');
});
