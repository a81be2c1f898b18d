/** A quota and what is left of it. */
export interface QuotaState {
  name: string;
  quota: number;
  windowSeconds: number;
  remaining: number;
  /** Until more is allowed. */
  resetSeconds: number;
}

/** The fields `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10, 3 and 4). */
export function rateLimitHeaders(states: readonly QuotaState[]) {
  return {
    'RateLimit-Policy': states.map(({ name, quota, windowSeconds }) => `"${name}";q=${quota};w=${windowSeconds}`).join(', '),
    RateLimit: states.map(({ name, remaining, resetSeconds }) => `"${name}";r=${Math.max(0, remaining)};t=${resetSeconds}`).join(', '),
  };
}
