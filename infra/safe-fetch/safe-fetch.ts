import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { Agent, request, type Dispatcher } from 'undici';
import { checkedUrl, OutboundRefused, refuseAddress, type OutboundRules } from './outbound-rules';

const CONNECT_TIMEOUT_MS = 10_000;
const REDIRECT_STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

interface ResolvedAddress {
  address: string;
  family: number;
}

/** All addresses of a host name. */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

export interface SafeRequest {
  method?: 'GET' | 'HEAD' | 'POST';
  headers?: Record<string, string>;
  body?: string | Buffer;
  signal?: AbortSignal;
  /** From the request to the headers of the answer. */
  headersTimeoutMs: number;
  /** Between two pieces of the body. */
  bodyTimeoutMs: number;
  /** Redirects that are followed; none when it is left out, and the answer is the redirect. For GET and HEAD only. */
  maxRedirects?: number;
}

/** Status, headers and body as they come. The caller reads the body to its end or destroys it. */
export type SafeResponse = Pick<Dispatcher.ResponseData, 'statusCode' | 'headers' | 'body'>;

/**
 * Requests to URLs that users name. Every host is checked against the rules when it is resolved, and the connection goes to the addresses
 * that were checked, so a name that resolves to another address later (DNS rebinding) gains nothing. Every redirect is checked alike and keeps
 * its scheme. Proxies of the environment are not used.
 */
export class SafeFetch {
  private readonly agent: Agent;

  constructor(
    private readonly rules: OutboundRules,
    private readonly resolve: Resolve = (hostname) => lookup(hostname, { all: true }),
  ) {
    const checked = checkedLookup(this.rules, this.resolve);
    this.agent = new Agent({ connect: { lookup: checked, timeout: CONNECT_TIMEOUT_MS } });
  }

  /**
   * Throws `OutboundRefused` with a sentence for the user when the URL, a redirect or an address is refused, the reason of the signal, and
   * the errors of undici, whose messages may hold addresses.
   */
  async request(target: string, options: SafeRequest): Promise<SafeResponse> {
    const { maxRedirects = 0 } = options;
    let url = checkedUrl(target, this.rules);
    for (let redirects = 0; ; redirects++) {
      const response = await this.send(url, options);
      const { location } = response.headers;
      const isRedirect = REDIRECT_STATUSES.has(response.statusCode) && typeof location === 'string';
      if (!isRedirect || maxRedirects === 0) return response;
      discard(response);
      if (redirects === maxRedirects) throw new OutboundRefused(`The URL redirects more than ${maxRedirects} times.`);
      url = redirectTarget(url, location, this.rules);
    }
  }

  /** Ends all connections, also those in use. */
  close(): Promise<void> {
    return this.agent.destroy();
  }

  private async send(url: URL, { method = 'GET', headers, body, signal, headersTimeoutMs, bodyTimeoutMs }: SafeRequest) {
    try {
      return await request(url, {
        ...{ dispatcher: this.agent, method, headersTimeout: headersTimeoutMs, bodyTimeout: bodyTimeoutMs },
        // A body that is compressed on its way has another length than the file.
        headers: { 'accept-encoding': 'identity', 'user-agent': 'sprocket', ...headers },
        ...(body === undefined ? {} : { body }),
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (error) {
      throw refusalIn(error) ?? error;
    }
  }
}

/** Ends an answer whose body is not read. */
export function discard({ body }: Pick<SafeResponse, 'body'>): void {
  body.on('error', () => undefined).destroy();
}

/** `lookup` of net.connect: it is called for names only, never for literal addresses, which {@link checkedUrl} has checked. */
function checkedLookup(rules: OutboundRules, resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        try {
          // One that is refused spoils all: which one is connected to is not ours to choose.
          for (const { address } of addresses) refuseAddress(address, rules);
        } catch (error) {
          callback(error as NodeJS.ErrnoException, []);
          return;
        }
        const [first] = addresses;
        if (options.all) callback(null, addresses);
        else callback(null, first?.address ?? '', first?.family ?? 0);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}

function redirectTarget(from: URL, location: string, rules: OutboundRules): URL {
  if (!URL.canParse(location, from)) throw new OutboundRefused('The URL redirects to a malformed one.');
  const to = checkedUrl(new URL(location, from).href, rules);
  if (to.protocol !== from.protocol) throw new OutboundRefused('The URL redirects to another scheme; send the https:// URL itself.');
  return to;
}

function refusalIn(error: unknown): OutboundRefused | null {
  if (error instanceof OutboundRefused) return error;
  return error instanceof Error && error.cause !== undefined ? refusalIn(error.cause) : null;
}
