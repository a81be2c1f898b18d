import { Webhook } from 'standardwebhooks';
import type { AttemptRow, DeliveryRow } from '../../infra/webhooks/deliveries-repository';
import type { WebhookRow } from '../../infra/webhooks/webhooks-repository';
import { judgeAttempt } from '../../workflows/planning/webhooks/judge-attempt';
import type { NotifyDependencies } from './notify-dependencies';

/** Longer than a request may take, so that another process takes a delivery only when this one is gone. */
const LEASE_MS = 60_000;
const PROBLEM_MAX_CHARS = 200;

/** Sends a delivery once and writes what came of it, unless another process has it. Resolves to whether it was sent. Throws `DatabaseUnavailable`. */
export async function sendDelivery(deps: NotifyDependencies, delivery: DeliveryRow): Promise<boolean> {
  const now = new Date();
  if (!(await deps.deliveries.lease(delivery, now, new Date(now.getTime() + LEASE_MS)))) return false;
  const webhook = await deps.webhooks.find(delivery.webhookId);
  if (!webhook || webhook.disabledAt !== null) {
    await deps.deliveries.drop(delivery);
    return false;
  }
  const attempt = await attemptOf(deps, webhook, delivery);
  const endedAt = attempt.sentAt.getTime() + attempt.durationMs;
  const { status, nextAttemptAtMs, disable } = judgeAttempt({
    responseStatus: attempt.responseStatus,
    attempts: delivery.attempts + 1,
    nowMs: endedAt,
    failingSinceMs: webhook.failingSince?.getTime() ?? null,
  });
  await deps.deliveries.record(delivery, attempt, { status, nextAttemptAt: new Date(nextAttemptAtMs), disable });
  deps.ended?.({ outcome: status === 'waiting' ? 'retrying' : status, durationMs: attempt.durationMs });
  if (disable) deps.logger.warn({ message: 'a webhook is disabled', webhook_id: webhook.webhookId, reason: disable });
  return true;
}

type Attempt = Omit<AttemptRow, 'deliveryId' | 'attempt'>;

async function attemptOf(deps: NotifyDependencies, webhook: WebhookRow, delivery: DeliveryRow): Promise<Attempt> {
  const sentAt = new Date();
  const headers = {
    'content-type': 'application/json',
    'webhook-id': delivery.eventId,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
  };
  const base = { sentAt, requestHeaders: JSON.stringify(headers) };
  const tookMs = () => Date.now() - sentAt.getTime();
  try {
    const signature = secretsOf(deps, webhook, sentAt)
      .map((secret) => new Webhook(secret).sign(delivery.eventId, sentAt, delivery.body))
      .join(' ');
    const answer = await deps.post(webhook.url, { ...headers, 'webhook-signature': signature }, delivery.body);
    const { status, headers: responseHeaders, body } = answer;
    return {
      ...{ ...base, durationMs: tookMs(), responseStatus: status },
      ...{ responseHeaders: JSON.stringify(responseHeaders), responseBody: body, problem: null },
    };
  } catch (error) {
    const problem = (error instanceof Error ? error.message : String(error)).slice(0, PROBLEM_MAX_CHARS);
    return { ...base, durationMs: tookMs(), responseStatus: null, responseHeaders: null, responseBody: null, problem };
  }
}

/** The newest first; that of before the last rotation signs, too, for a day (Standard Webhooks, "Key rotation"). */
function secretsOf({ secrets }: NotifyDependencies, webhook: WebhookRow, at: Date): string[] {
  const { webhookId, wrappedSecret, masterKeyId, wrappedOldSecret, oldMasterKeyId, oldSecretUntil } = webhook;
  const current = secrets.open(webhookId, { wrapped: wrappedSecret, masterKeyId });
  if (!wrappedOldSecret || !oldMasterKeyId || !oldSecretUntil || oldSecretUntil <= at) return [current];
  return [current, secrets.open(webhookId, { wrapped: wrappedOldSecret, masterKeyId: oldMasterKeyId })];
}
