import { isOpenedBy, readPlayback, signPlayback } from './playback-token';

const GRANT = { videoId: '01ARZ3NDEKTSV4RRFFQ69G5FAV', expiresAt: 1_900_000_000, pathPrefix: '' };
const NOW = 1_800_000_000;
const read = (token: string, { videoId = GRANT.videoId, secrets = ['first'], now = NOW } = {}) =>
  readPlayback(token, videoId, { secrets, now });

it('opens its video until its end, and nothing else', () => {
  const token = signPlayback(GRANT, 'first');
  expect(token).toMatch(/^[A-Za-z0-9_.-]+$/);
  expect(read(token)).toEqual({ grant: GRANT });
  expect(read(token, { now: GRANT.expiresAt - 1 })).toEqual({ grant: GRANT });
  expect(read(token, { now: GRANT.expiresAt })).toEqual({ refused: 'expired' });
  expect(read(token, { videoId: '01ARZ3NDEKTSV4RRFFQ69G5FAW' })).toEqual({ refused: 'invalid' });
});

it('says what it opens', () => {
  const grant = { ...GRANT, pathPrefix: 'g1/thumbnails/' };
  expect(read(signPlayback(grant, 'first'))).toEqual({ grant });
});

it('outlives its secret as long as that is among those that are taken', () => {
  const token = signPlayback(GRANT, 'first');
  expect(read(token, { secrets: ['second', 'first'] })).toEqual({ grant: GRANT });
  expect(read(token, { secrets: ['second'] })).toEqual({ refused: 'invalid' });
  expect(read(token, { secrets: [] })).toEqual({ refused: 'invalid' });
});

it('cannot be changed', () => {
  const token = signPlayback({ ...GRANT, pathPrefix: 'g1/' }, 'first');
  const [end = '', prefix = '', mac = ''] = token.split('.');
  const later = (parseInt(end, 36) + 1).toString(36);
  const changed = mac.startsWith('A') ? `B${mac.slice(1)}` : `A${mac.slice(1)}`;
  for (const forged of [
    '',
    'x',
    `${later}.${prefix}.${mac}`,
    `${end}..${mac}`,
    `${end}.${prefix}.${changed}`,
    `${end}.${prefix}.${mac.slice(1)}`,
  ])
    expect(read(forged)).toEqual({ refused: 'invalid' });
});

it.each([
  ['', 'manifest.m3u8', true],
  ['g1/thumbnails/', 'g1/thumbnails/poster.jpg', true],
  ['g1', 'g1/h264/720p/init.mp4', true],
  ['g1', 'g10/h264/720p/init.mp4', false],
  ['g1/thumbnails/', 'manifest.m3u8', false],
  ['manifest.m3u8', 'manifest.m3u8', true],
])('with the prefix %j opens %s: %s', (pathPrefix, name, isOpen) => expect(isOpenedBy({ pathPrefix }, name)).toBe(isOpen));
