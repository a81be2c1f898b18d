import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { networkOf } from './network-of';
import { Problem } from '../problems/problem';

const MOST_WRONG_KEYS = 30;
const WINDOW_SECONDS = 60;

/**
 * Counts wrong keys by address. One that guesses is told to wait; valid keys of the same address still work, so a stranger behind the
 * same proxy locks out no client.
 */
export class WrongKeys {
  private readonly limiter = new RateLimiterMemory({ points: MOST_WRONG_KEYS, duration: WINDOW_SECONDS });

  /** Throws a 429 problem above thirty wrong keys within a minute. */
  async count(address: string): Promise<void> {
    try {
      await this.limiter.consume(networkOf(address));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      throw new Problem(429, 'TooManyWrongKeys', 'Too many wrong API keys came from this address; wait, then send a valid one.', {
        headers: { 'Retry-After': String(Math.ceil(error.msBeforeNext / 1000)) },
      });
    }
  }
}
