import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { Failure } from '../../temporal/contract/failures';
import { readMasterKeys, type MasterKeySources, type MasterKeys } from '../content-keys/local/master-keys';
import { seal, unseal } from '../content-keys/local/wrap-key';

/** Standard Webhooks, "Signature scheme": 24 to 64 bytes. */
const SECRET_BYTES = 32;
/** Keeps the keys of webhooks apart from the master key itself, which wraps content keys (RFC 5869 3.2). */
const PURPOSE = 'sprocket webhook secrets';

/** A secret as it is stored. */
export interface WrappedSecret {
  wrapped: Buffer;
  masterKeyId: string;
}

/** Makes, wraps and opens the secrets that sign webhooks, with keys derived from the master keys of the installation. */
export class WebhookSecrets {
  private readonly read: ReturnType<typeof readMasterKeys>;

  constructor(sources: MasterKeySources) {
    this.read = readMasterKeys(sources);
  }

  /**
   * A new secret, `whsec_` and base64, or the given one of another webhook of the same receiver, and what is stored of it. Throws `Failure`
   * `KeyProviderDenied` where there is no master key.
   */
  create(webhookId: string, secret = newSecret()): { secret: string } & WrappedSecret {
    return { secret, ...this.wrap(webhookId, secret) };
  }

  /** Throws `Failure` `KeyProviderDenied` when its master key is not at hand or the row was changed. */
  open(webhookId: string, { wrapped, masterKeyId }: WrappedSecret): string {
    const master = this.masterKeys().byId.get(masterKeyId);
    const secret = master && unseal(wrapped, derived(master.key), aadOf(webhookId));
    if (!secret) throw denied(`The secret of a webhook does not open with any master key at hand (wanted: ${masterKeyId}).`);
    return secret.toString('utf8');
  }

  /** The stored secret wrapped with the current master key; null where it is already. Throws `Failure` `KeyProviderDenied`. */
  rewrap(webhookId: string, stored: WrappedSecret): WrappedSecret | null {
    if (stored.masterKeyId === this.masterKeys().current.id) return null;
    return this.wrap(webhookId, this.open(webhookId, stored));
  }

  private wrap(webhookId: string, secret: string): WrappedSecret {
    const { current } = this.masterKeys();
    return { wrapped: seal(Buffer.from(secret), derived(current.key), aadOf(webhookId)), masterKeyId: current.id };
  }

  private masterKeys(): MasterKeys {
    if ('problem' in this.read) throw denied(`Webhooks cannot be signed. ${this.read.problem}`);
    return this.read.keys;
  }
}

function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

function derived(master: KeyObject): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', master, '', PURPOSE, 32)));
}

function aadOf(webhookId: string): Buffer {
  return Buffer.from(JSON.stringify(['webhook-secret', webhookId]));
}

function denied(sentence: string): Failure {
  return new Failure('KeyProviderDenied', sentence);
}
