import { loggedPath } from './logged-path';

it.each([
  ['/stream/t/k1.abc.SECRET/01X/manifest.m3u8', '/stream/t/<token>/01X/manifest.m3u8'],
  ['/api/v1/stream/t/SECRET', '/api/v1/stream/t/<token>'],
  ['/stream/01X/manifest.m3u8', '/stream/01X/manifest.m3u8'],
])('shows %s as %s', (path, shown) => expect(loggedPath({ path })).toBe(shown));
