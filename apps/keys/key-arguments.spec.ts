import { parseKeyCommand } from './key-arguments';

const NOW = new Date('2030-01-01T00:00:00Z');
const parse = (line: string) => parseKeyCommand(line.split(' '), NOW);

it('reads what a key may do, whose it is and when it ends', () => {
  expect(parse('create --name site --scopes videos:read,videos:write --creator ann --expires-days 2')).toEqual({
    name: 'create',
    request: { name: 'site', scopes: ['videos:read', 'videos:write'], creatorId: 'ann', expiresAt: new Date('2030-01-03T00:00:00Z') },
  });
  expect(parse('create --name ops --scopes admin')).toMatchObject({ request: { creatorId: null, expiresAt: null } });
  expect(parse('list')).toEqual({ name: 'list' });
  expect(parse('revoke 01X')).toEqual({ name: 'revoke', keyId: '01X' });
});

it.each([
  ['', 'Usage'],
  ['explode', 'Usage'],
  ['revoke', 'Usage'],
  ['create --name a --scopes admin --colour red', 'Usage'],
  ['create --scopes admin', '--name'],
  ['create --name a --scopes everything', '--scopes'],
  ['create --name a --scopes admin --creator ann', 'leave --creator out'],
  ['create --name a --scopes moderate --expires-days -1', '--expires-days'],
])('refuses %j with a sentence', (line, sentence) => {
  expect(() => parse(line)).toThrow(sentence);
});
