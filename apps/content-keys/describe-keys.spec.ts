import { readMasterKeys } from '../../infra/content-keys/local/master-keys';
import { describeKeys } from './describe-keys';

const [CURRENT, OLD] = ['11'.repeat(32), '22'.repeat(32)];

function masters() {
  const secret = (text: string) => ({ reveal: () => text });
  const read = readMasterKeys({ key: secret(CURRENT), file: null, old: [secret(OLD)] });
  if ('problem' in read) throw new Error(read.problem);
  return read.keys;
}

it('counts keys by master key, and says what there is to do', () => {
  const [current, old] = [...masters().byId.keys()] as [string, string];
  const counts = [
    { provider: 'local', masterKeyId: current, keys: 250 },
    { provider: 'local', masterKeyId: old, keys: 5 },
    { provider: 'studio', masterKeyId: null, keys: 10 },
  ];
  expect(describeKeys(counts, masters())).toEqual({
    isSound: true,
    lines: [
      'provider            keys  master key',
      `local                250  ${current}  the current one`,
      `local                  5  ${old}  an older one: rotate-master wraps them anew`,
      'studio                10  -  kept by its key server',
    ],
  });
});

it('is not sound when a master key is not at hand', () => {
  const counts = [{ provider: 'local', masterKeyId: 'ab12ab12ab12', keys: 5 }];
  const { isSound, lines } = describeKeys(counts, masters());
  expect(isSound).toBe(false);
  expect(lines.at(-1)).toBe('local                  5  ab12ab12ab12  not at hand: these keys cannot be used');
  expect(describeKeys(counts, null).isSound).toBe(false);
  expect(describeKeys([], null).isSound).toBe(true);
});
