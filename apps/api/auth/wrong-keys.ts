import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from '../problems/problem';

const MOST_WRONG_KEYS = 30;
const WINDOW_SECONDS = 60;

/**
 * Counts wrong keys by address. One that guesses is told to wait; valid keys of the same address still work, so a stranger behind the
 * same proxy locks out no client.
 */
@Injectable()
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

/** What one client has: an IPv4 address, or the 64 bits of an IPv6 subnet (RFC 4291 2.5.4). */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1]!;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const groups = head === '' ? [] : head.split(':');
  const behind = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - groups.length - behind.length }, () => '0');
  return [...groups, ...zeros, ...behind].slice(0, 4).join(':');
}
