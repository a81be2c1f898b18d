import { isIP } from 'node:net';
import { lookup } from 'node:dns/promises';
import { checkedUrl, hostOf, isInAllowedNetwork, OutboundRefused, type OutboundRules } from '../safe-fetch/outbound-rules';
import { discard, SafeFetch, type Resolve, type SafeResponse } from '../safe-fetch/safe-fetch';

const ANSWER_TIMEOUT_MS = 10_000;
const BODY_KEPT_BYTES = 1024;
const HEADERS_KEPT_CHARS = 1024;

/** An answer, its body cut at a kilobyte. */
export interface WebhookAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Whether a webhook may have this URL. Throws `OutboundRefused` with a sentence for the caller. */
export function checkWebhookUrl(text: string, rules: OutboundRules): void {
  const url = checkedUrl(text, rules);
  if (url.protocol === 'https:') return;
  const host = hostOf(url);
  if (rules.networks.length === 0 || (isIP(host) !== 0 && !isInAllowedNetwork(host, rules))) throw plainTextRefused();
}

/** Sends requests to webhooks: no redirect is followed, and plain http goes to the networks that the operator allows alone. */
export class WebhookPost {
  private readonly secure: SafeFetch;
  private readonly plain: SafeFetch;

  constructor(
    private readonly rules: OutboundRules,
    private readonly answerTimeoutMs = ANSWER_TIMEOUT_MS,
    resolve: Resolve = (hostname) => lookup(hostname, { all: true }),
  ) {
    this.secure = new SafeFetch(rules, resolve);
    this.plain = new SafeFetch(rules, async (hostname) => {
      const addresses = await resolve(hostname);
      if (!addresses.every(({ address }) => isInAllowedNetwork(address, rules))) throw plainTextRefused();
      return addresses;
    });
  }

  /** Rejects with a sentence that names no address when there is no answer in time. */
  async send(url: string, headers: Record<string, string>, body: string): Promise<WebhookAnswer> {
    const signal = AbortSignal.timeout(this.answerTimeoutMs);
    try {
      checkWebhookUrl(url, this.rules);
      const client = url.startsWith('https:') ? this.secure : this.plain;
      const times = { headersTimeoutMs: this.answerTimeoutMs, bodyTimeoutMs: this.answerTimeoutMs };
      const response = await client.request(url, { method: 'POST', headers, body, signal, ...times });
      return { status: response.statusCode, headers: keptHeaders(response), body: await head(response) };
    } catch (error) {
      throw new Error(sentenceOf(error, signal.aborted), { cause: error });
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.secure.close(), this.plain.close()]);
  }
}

/** The beginning of a body; the rest is not read. A body that breaks off is kept as far as it came: the status has told all. */
async function head(response: SafeResponse): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= BODY_KEPT_BYTES) break;
    }
  } catch {
    // Kept as far as it came.
  }
  discard(response);
  return Buffer.concat(chunks).subarray(0, BODY_KEPT_BYTES).toString('utf8');
}

/** Cookies of a receiver are its secrets. */
function keptHeaders({ headers }: SafeResponse): Record<string, string> {
  const kept: Record<string, string> = {};
  let chars = 0;
  for (const [name, value] of Object.entries(headers)) {
    const text = String(value ?? '');
    chars += name.length + text.length;
    if (name === 'set-cookie' || chars > HEADERS_KEPT_CHARS) continue;
    kept[name] = text;
  }
  return kept;
}

function sentenceOf(error: unknown, isLate: boolean): string {
  if (error instanceof OutboundRefused) return error.message;
  if (isLate) return 'The answer did not come in time.';
  const { code } = error as { code?: unknown };
  return `The request failed${typeof code === 'string' ? ` (${code})` : ''}.`;
}

function plainTextRefused(): OutboundRefused {
  return new OutboundRefused('The URL must begin with https://; http:// is for networks that the operator of this installation allows.');
}
