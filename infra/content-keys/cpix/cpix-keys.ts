import { LRUCache } from 'lru-cache';
import { Failure } from '../../../temporal/contract/failures';
import { MINUTE_MS } from '../../../temporal/contract/units';
import type { ContentKey, KeyProvider, KeyQuery } from '../content-keys';
import { newKeyId, type KeyRows } from '../key-rows';
import { cpixRequest } from './cpix-request';
import { keysInAnswer } from './cpix-response';
import type { KeyServer } from './key-server';
import { postCpix } from './post-cpix';

/** The chunks of a title are encrypted in minutes, and ask for the same keys. */
const KEPT_MS = 5 * MINUTE_MS;
const MOST_KEPT = 500;
/**
 * A server that took so long to fail is left alone for this many times as long, so that videos which wait for it do not hold the slots of
 * all others.
 */
const PAUSE_SHARE = 3;

/**
 * Asks a key server that speaks SPEKE 2 for keys. Their ids are made here and stored; the keys are in memory for minutes and nowhere else.
 */
export class CpixKeys implements KeyProvider {
  readonly problem = null;
  readonly #kept = new LRUCache<string, Promise<ContentKey[]>>({ max: MOST_KEPT, ttl: KEPT_MS });

  /** In the time of `performance.now()`. */
  #pausedUntilMs = 0;

  constructor(
    private readonly rows: KeyRows,
    private readonly server: KeyServer,
  ) {}

  async keysOf(query: KeyQuery): Promise<ContentKey[]> {
    const name = JSON.stringify([query.videoId, query.scheme, query.systems, query.labels]);
    const kept = this.#kept.get(name);
    if (kept) return kept;
    const asked = this.ask(query);
    this.#kept.set(name, asked);
    asked.catch(() => this.#kept.delete(name));
    return asked;
  }

  private async ask({ videoId, scheme, systems, labels }: KeyQuery): Promise<ContentKey[]> {
    const owner = { videoId, provider: this.server.name, scheme };
    const keys = await this.rows.ensure(owner, labels, () => ({ ...newKeyId(), wrappedKey: null, masterKeyId: null }));
    const query = { contentId: videoId, scheme, systems, keys };
    const { spekeVersion, delivery } = this.server;
    const answer = await this.post(cpixRequest(query, spekeVersion, delivery?.certificate ?? null));
    return keysInAnswer(answer, query, delivery);
  }

  private async post(xml: string): Promise<string> {
    const startedMs = performance.now();
    if (startedMs < this.#pausedUntilMs) {
      throw new Failure(
        'KeyProviderUnavailable',
        `The key server "${this.server.name}" did not work a moment ago and is asked again soon.`,
      );
    }
    try {
      return await postCpix(this.server, xml);
    } catch (error) {
      const now = performance.now();
      if (error instanceof Failure && error.type === 'KeyProviderUnavailable') this.#pausedUntilMs = now + PAUSE_SHARE * (now - startedMs);
      throw error;
    }
  }
}
