import { refuseAddress } from './refuse-address';

const own = ['127.0.0.1', '10.0.0.5'];

it('takes an address of this machine by which others reach it', () => {
  expect(() => refuseAddress('10.0.0.5', { own, anonymous: undefined })).not.toThrow();
  expect(() => refuseAddress('10.0.0.5', { own, anonymous: 'off' })).not.toThrow();
});

it.each([
  ['127.0.0.1', undefined, 'is loopback'],
  ['127.9.9.9', undefined, 'is loopback'],
  ['0.0.0.0', undefined, 'takes one IPv4 address'],
  ['::1', undefined, 'takes one IPv4 address'],
  ['', undefined, 'takes one IPv4 address'],
  ['stack.example', undefined, 'Addresses of this machine: 10.0.0.5.'],
  ['10.0.0.6', undefined, 'does not have the address 10.0.0.6'],
  ['10.0.0.5', 'on', 'API_ANONYMOUS=on is for loopback only'],
])('refuses %j with API_ANONYMOUS=%s and says what to do', (host, anonymous, sentence) => {
  expect(() => refuseAddress(host, { own, anonymous })).toThrow(sentence);
});
