import { rateLimitHeaders } from './rate-limit-headers';

it('names each quota, what is left of it and for how long', () => {
  const key = { name: 'key', quota: 100, windowSeconds: 60, remaining: 7, resetSeconds: 12 };
  expect(rateLimitHeaders([key, { ...key, name: 'address', remaining: -1 }])).toEqual({
    'RateLimit-Policy': '"key";q=100;w=60, "address";q=100;w=60',
    RateLimit: '"key";r=7;t=12, "address";r=0;t=12',
  });
});
