import { Problem } from '../problems/problem';
import { objectAddress, openPlace, webAddress } from './source-address';

const FOLDERS = [
  { bucket: 'films', prefix: 'in/' },
  { bucket: 'archive', prefix: '' },
];
const RULES = { ports: [443], networks: [] };

describe('addresses on the web', () => {
  it('are shown without query and fragment', () => {
    expect(webAddress('https://example.com/a/My%20film.mp4?sig=secret#t', RULES)).toEqual({
      address: 'https://example.com/a/My%20film.mp4?sig=secret',
      shown: 'https://example.com/a/My%20film.mp4',
      filename: 'My film.mp4',
    });
  });

  it('that are refused do not stand in the answer', () => {
    const refusal = refused(() => webAddress('https://10.0.0.1/film.mp4?sig=secret', RULES));
    expect(refusal).toMatchObject({ status: 422, code: 'SourceRefused' });
    expect(refusal.detail).not.toMatch(/secret|10\.0\.0\.1/);
  });
});

describe('keys of the store', () => {
  it.each([
    [undefined, 'in/a/film.mp4', 's3://films/in/a/film.mp4'],
    ['films', 'in/film.mp4', 's3://films/in/film.mp4'],
    ['archive', '2026/été.mov', 's3://archive/2026/été.mov'],
  ])('of bucket %j and key %j', (bucket, key, address) => {
    expect(objectAddress({ bucket, key }, FOLDERS)).toMatchObject({ address, shown: address });
  });

  it.each([
    ['films', 'out/film.mp4', 403],
    ['films', 'inner.mp4', 403],
    ['other', 'in/film.mp4', 403],
    ['films', 'in/../secret.mp4', 422],
    ['films', 'in/./film.mp4', 422],
    ['films', 'in//film.mp4', 422],
    ['films', 'in/%2e%2e/film.mp4', 422],
    ['films', 'in/a%2Fb.mp4', 422],
    ['films', 'in/a\\b.mp4', 422],
    ['films', 'in/a\u0000.mp4', 422],
    ['films', 'in/folder/', 422],
    ['archive', '/etc/passwd', 422],
    ['archive', '', 422],
    ['archive', 'x'.repeat(1025), 422],
  ])('refuses bucket %j and key %j with %i', (bucket, key, status) => {
    expect(refused(() => objectAddress({ bucket, key }, FOLDERS)).status).toBe(status);
  });

  it('may be all of a bucket that is opened whole, and of no other', () => {
    expect(openPlace({ bucket: 'archive', key: '' }, FOLDERS)).toBe('archive');
    expect(refused(() => openPlace({ bucket: 'films', key: '' }, FOLDERS)).status).toBe(403);
  });

  it('are refused without folders that are open', () => {
    expect(refused(() => objectAddress({ key: 'film.mp4' }, []))).toMatchObject({ status: 403, code: 'SourceForbidden' });
  });
});

function refused(call: () => unknown): Problem {
  try {
    call();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('was not refused');
}
