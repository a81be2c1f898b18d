import { chooseApi, type ApiSources } from './choose-api';

const FILE = { url: 'https://video.example.org', apiKey: 'key-of-file' };
const STACK = { url: 'http://127.0.0.1:8080', apiKey: 'key-of-stack' };
const nothing: ApiSources = { flag: undefined, environment: { url: undefined, apiKey: undefined }, file: null, stack: null };

it.each([
  ['the embedded stack', { stack: STACK }, STACK],
  ['the file before the stack', { file: FILE, stack: STACK }, FILE],
  [
    'the environment before the file',
    { environment: { url: 'http://other:1', apiKey: 'k' }, file: FILE },
    { url: 'http://other:1', apiKey: 'k' },
  ],
  [
    'the flag before all',
    { flag: 'http://flag:1', environment: { url: 'http://other:1', apiKey: 'k' } },
    { url: 'http://flag:1', apiKey: 'k' },
  ],
  [
    'the key of the address that was named',
    { flag: 'http://127.0.0.1:8080/', file: FILE, stack: STACK },
    { ...STACK, url: 'http://127.0.0.1:8080/' },
  ],
  ['no key for a foreign address', { flag: 'http://flag:1', file: FILE, stack: STACK }, { url: 'http://flag:1', apiKey: null }],
])('takes %s', (_what, sources, expected) => {
  expect(chooseApi({ ...nothing, ...sources })).toEqual(expected);
});

it('says what to do where there is no address', () => {
  expect(() => chooseApi(nothing)).toThrow('SPROCKET_URL');
});

it.each(['notaurl', 'ftp://video.example.org', ''])('refuses the flag %p', (flag) => {
  expect(() => chooseApi({ ...nothing, flag, stack: STACK })).toThrow('--url must be a URL');
});
