import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkedUrl, isAllowedAddress, OutboundRefused, type OutboundRules } from './outbound-rules';
import { SafeFetch, type Resolve } from './safe-fetch';

const PUBLIC: OutboundRules = { ports: [80, 443], networks: [] };
const TIMES = { headersTimeoutMs: 5_000, bodyTimeoutMs: 5_000 };

describe('addresses', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://0/',
    'http://0.0.0.0/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[::127.0.0.1]/',
    'http://[4000::1]/',
    'http://[fc00::1]/',
    'http://[fe80::1]/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.0.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://１２７.0.0.1/',
    'http://user@93.184.216.34/',
    'http://:secret@93.184.216.34/',
    'ftp://93.184.216.34/',
    'file:///etc/passwd',
    'gopher://93.184.216.34/',
    'http://93.184.216.34:22/',
    'https://93.184.216.34:8443/',
    'http://',
    'no url',
    `http://93.184.216.34/${'x'.repeat(5000)}`,
  ])('%s is refused', (url) => {
    expect(() => checkedUrl(url, PUBLIC)).toThrow(OutboundRefused);
  });

  it.each(['http://93.184.216.34/a?b=c', 'https://[2606:4700::1111]/', 'https://example.com:443/film.mp4'])('%s may be asked', (url) => {
    expect(checkedUrl(url, PUBLIC).href).toBe(new URL(url).href);
  });

  it('of an allowed network are allowed, and no others', () => {
    const rules = { ports: [80], networks: ['10.1.0.0/16', '192.168.7.7', 'fd00::/8', '::ffff:172.16.0.9'] };
    const allowed = ['10.1.255.1', '::ffff:10.1.0.1', '192.168.7.7', 'fd12::1', '172.16.0.9'];
    const refused = ['10.2.0.1', '192.168.7.8', 'fe80::1', '172.16.0.8', '127.0.0.1', 'localhost'];
    expect(allowed.filter((address) => !isAllowedAddress(address, rules))).toEqual([]);
    expect(refused.filter((address) => isAllowedAddress(address, rules))).toEqual([]);
  });
});

describe('requests', () => {
  let server: Server;
  let asked: string[];
  let answer: RequestListener;
  let port: number;

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  beforeEach(() => {
    asked = [];
    answer = (_request, response) => response.end('content');
  });

  it('reach a name whose addresses are allowed', async () => {
    expect(await get('/film.mp4', { resolve: to('127.0.0.1') })).toBe('200 content');
  });

  it.each([[['127.0.0.2']], [['127.0.0.1', '10.0.0.1']], [['::1']]])('do not go to a name that resolves to %j', async (addresses) => {
    await expect(get('/', { resolve: to(...addresses) })).rejects.toThrow(OutboundRefused);
    expect(asked).toEqual([]);
  });

  it('resolve a name once for a connection, so a second answer gains nothing', async () => {
    const answers = [['127.0.0.1'], ['127.0.0.2']];
    const resolved: string[] = [];
    const resolve: Resolve = async (hostname) => {
      resolved.push(hostname);
      return to(...(answers.shift() ?? []))(hostname);
    };
    expect(await get('/', { resolve })).toBe('200 content');
    expect(resolved).toEqual(['films.test']);
  });

  it('follow three redirects and not four', async () => {
    answer = (request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end('content');
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    };
    expect(await get('/3', { maxRedirects: 3 })).toBe('200 content');
    await expect(get('/4', { maxRedirects: 3 })).rejects.toThrow('The URL redirects more than 3 times.');
    expect(await get('/3', {})).toBe('302 ');
  });

  it.each([
    ['http://127.0.0.2:PORT/', 'private'],
    ['http://[::ffff:7f00:2]:PORT/', 'private'],
    ['http://2130706434:PORT/', 'private'],
    ['https://films.test:PORT/', 'another scheme'],
    ['file:///etc/passwd', 'begin with http'],
    ['http://films.test:1/', 'port'],
    ['http://a:b@films.test:PORT/', 'user name'],
    ['http://[', 'malformed'],
  ])('do not follow a redirect to %s', async (location, reason) => {
    answer = (_request, response) => response.writeHead(301, { location: location.replace('PORT', String(port)) }).end();
    await expect(get('/', { maxRedirects: 3 })).rejects.toThrow(reason);
    expect(asked).toEqual(['/']);
  });

  async function get(path: string, { resolve = to('127.0.0.1'), maxRedirects }: { resolve?: Resolve; maxRedirects?: number }) {
    const safe = new SafeFetch({ ports: [port], networks: ['127.0.0.1'] }, resolve);
    try {
      const options = { ...TIMES, ...(maxRedirects === undefined ? {} : { maxRedirects }) };
      const response = await safe.request(`http://films.test:${port}${path}`, options);
      return `${response.statusCode} ${await response.body.text()}`;
    } finally {
      await safe.close();
    }
  }
});

function to(...addresses: string[]): Resolve {
  return async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
}
