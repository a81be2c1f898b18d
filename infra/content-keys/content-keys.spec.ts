import { inspect } from 'node:util';
import { contentKey, ContentKeys, keyIdOf, UnusableKeys, type ContentKey } from './content-keys';

const PARTS: ContentKey = {
  label: 'HD',
  kid: '0123456789abcdef0123456789abcdef',
  key: 'feedfacefeedfacefeedfacefeedface',
  iv: '00112233445566778899aabbccddeeff',
  signalling: null,
};

/** Every way in which an object ends in a log, an error or the history of a workflow. */
function shownOf(key: ContentKey): string {
  const error = new Error('The video cannot be encrypted.', { cause: key });
  return [
    JSON.stringify({ key, spread: { ...key }, clone: structuredClone(key), assigned: Object.assign({}, key), id: keyIdOf(key) }),
    JSON.stringify(Object.entries(key)),
    inspect(key),
    inspect({ deep: [{ key }] }, { depth: null, showHidden: true, getters: true }),
    inspect(error, { depth: null, showHidden: true, getters: true }),
    inspect({ ...key }),
  ].join('\n');
}

describe('a content key', () => {
  it('gives the key to code that asks for it', () => {
    expect(contentKey(PARTS).key).toBe(PARTS.key);
    expect(keyIdOf(contentKey(PARTS))).toEqual({ label: 'HD', kid: PARTS.kid, iv: PARTS.iv });
  });

  it('shows its id and hides the key wherever it is printed, copied or serialised', () => {
    const shown = shownOf(contentKey(PARTS));
    expect(shown).toContain(PARTS.kid);
    expect(shown).not.toContain(PARTS.key);
  });

  it('is told from an object that does not hide it', () => {
    expect(shownOf(PARTS)).toContain(PARTS.key);
  });
});

describe('keys of a video', () => {
  it('come from the provider that the video names', async () => {
    const queries: unknown[] = [];
    const keys = new ContentKeys(
      new Map([
        [
          'studio',
          {
            problem: null,
            keysOf: (query) => {
              queries.push(query);
              return Promise.resolve([contentKey(PARTS)]);
            },
          },
        ],
      ]),
    );
    const request = { scheme: 'cbcs', systems: ['widevine'], keyProvider: 'studio' } as const;
    expect(await keys.keysOf('v1', request, ['HD'])).toEqual([contentKey(PARTS)]);
    expect(queries).toEqual([{ videoId: 'v1', scheme: 'cbcs', systems: ['widevine'], labels: ['HD'] }]);
  });

  it('are denied for good when there is no such provider', async () => {
    const keys = new ContentKeys(new Map());
    await expect(keys.keysOf('v1', { scheme: 'cbcs', systems: [], keyProvider: 'gone' }, ['HD'])).rejects.toMatchObject({
      type: 'KeyProviderDenied',
    });
  });

  it('are denied with the reason when the provider is not set up', async () => {
    const keys = new ContentKeys(new Map([['local', new UnusableKeys('There is no master key.')]]));
    expect(keys.problems()).toEqual([{ provider: 'local', problem: 'There is no master key.' }]);
    await expect(keys.keysOf('v1', { scheme: 'cbcs', systems: [], keyProvider: 'local' }, ['HD'])).rejects.toMatchObject({
      type: 'KeyProviderDenied',
      message: 'The key provider of the video cannot be used. There is no master key.',
    });
  });
});
