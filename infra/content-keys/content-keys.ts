import { inspect } from 'node:util';
import { Failure } from '../../temporal/contract/failures';
import type { DrmRequest, DrmScheme, DrmSystem, KeyLabel } from '../../temporal/contract/media/protection';

/** A content key. It must never be part of a workflow's input or result, an argument, a log or an error. */
export interface ContentKey {
  readonly label: KeyLabel;
  /** 32 lower-case hex digits. */
  readonly kid: string;
  /** 32 lower-case hex digits. Seen by nothing that prints, serialises or copies an object: see {@link contentKey}. */
  readonly key: string;
  /** 32 lower-case hex digits: the constant IV of cbcs. cenc needs another one for every sample and must not use it. */
  readonly iv: string;
  /** From a key server; null: the packager makes its own. */
  readonly signalling: KeySignalling | null;
}

/** What a key server wants players to read. */
export interface KeySignalling {
  /** Whole `pssh` boxes, base64. */
  pssh: string[];
  /** Children of a `ContentProtection` element (XML). */
  contentProtection: Partial<Record<DrmSystem, string>>;
  /** Lines `#EXT-X-KEY` of a media playlist. */
  hlsMedia: Partial<Record<DrmSystem, string>>;
  /** Lines `#EXT-X-SESSION-KEY` of a master playlist. */
  hlsMaster: Partial<Record<DrmSystem, string>>;
}

/** What is public of a key: enough for manifests. */
export interface KeyId {
  label: KeyLabel;
  kid: string;
  iv: string;
}

/** Keys that are asked of a provider. */
export interface KeyQuery {
  videoId: string;
  scheme: DrmScheme;
  systems: readonly DrmSystem[];
  labels: readonly KeyLabel[];
}

/** Makes content keys, or asks for them. It answers the same query with the same keys, and with one key for every label. */
export interface KeyProvider {
  /** Why it makes no keys, in a sentence for the operator; null when it is set up. */
  readonly problem: string | null;
  /** Throws `Failure` `KeyProviderDenied`, `KeyProviderUnavailable` or `DatabaseUnavailable`. */
  keysOf(query: KeyQuery): Promise<ContentKey[]>;
  /** How many stored keys it cannot open; left out by one that keeps none. Throws `DatabaseUnavailable`. */
  countLost?(): Promise<number>;
}

/** A provider that is not set up as it must be. Everything but protected videos goes on without it. */
export class UnusableKeys implements KeyProvider {
  constructor(readonly problem: string) {}

  async keysOf(): Promise<never> {
    throw new Failure('KeyProviderDenied', `The key provider of the video cannot be used. ${this.problem}`);
  }
}

/** The content keys of videos, from the providers of this installation by name. */
export class ContentKeys {
  constructor(private readonly providers: ReadonlyMap<string, KeyProvider>) {}

  /**
   * The same keys, in the order of the labels, whenever it is asked for the same video, provider and scheme.
   * Throws `Failure` `KeyProviderDenied` (final), `KeyProviderUnavailable` or `DatabaseUnavailable` (retryable).
   */
  async keysOf(videoId: string, request: DrmRequest, labels: readonly KeyLabel[]): Promise<ContentKey[]> {
    const provider = this.providers.get(request.keyProvider);
    if (!provider) throw new Failure('KeyProviderDenied', 'This installation has no key provider of the name that the video asks for.');
    if (labels.length === 0) return [];
    return provider.keysOf({ videoId, scheme: request.scheme, systems: request.systems, labels });
  }

  /** A sentence for the operator on every provider with keys that it cannot open any more. Throws `DatabaseUnavailable`. */
  async lost(): Promise<string[]> {
    const counts = await Promise.all([...this.providers].map(async ([name, one]) => ({ name, keys: (await one.countLost?.()) ?? 0 })));
    return counts
      .filter(({ keys }) => keys > 0)
      .map(
        ({ name, keys }) =>
          `${keys} keys of "${name}" are wrapped with a master key that is not at hand; videos protected with them do not play`,
      );
  }

  /** Names of the providers with what keeps them from making keys; null for those that are set up. */
  problems(): { provider: string; problem: string | null }[] {
    return [...this.providers].map(([provider, { problem }]) => ({ provider, problem }));
  }
}

/** A key that printing, JSON, spreading and structured clones leave out, so that it gets into no log, error or workflow by mistake. */
export function contentKey(parts: ContentKey): ContentKey {
  return new SealedContentKey(parts);
}

/** What may be published and recorded of a key. */
export function keyIdOf({ label, kid, iv }: ContentKey): KeyId {
  return { label, kid, iv };
}

class SealedContentKey implements ContentKey {
  readonly label: KeyLabel;
  readonly kid: string;
  readonly iv: string;
  readonly signalling: KeySignalling | null;
  readonly #key: string;

  constructor({ label, kid, key, iv, signalling }: ContentKey) {
    this.label = label;
    this.kid = kid;
    this.iv = iv;
    this.signalling = signalling;
    this.#key = key;
  }

  get key(): string {
    return this.#key;
  }

  /** `showHidden` and `getters` of `inspect` would call the getter. */
  [inspect.custom](): string {
    return `ContentKey(${this.label}, ${this.kid})`;
  }
}
