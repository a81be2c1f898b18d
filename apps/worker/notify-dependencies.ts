import { Logger } from '@nestjs/common';
import type { NotifyDependencies } from '../../activities/notify/notify-dependencies';
import type { Database } from '../../infra/database/database';
import { DeliveriesRepository } from '../../infra/webhooks/deliveries-repository';
import type { WebhookPost } from '../../infra/webhooks/post-webhook';
import { WebhookSecrets } from '../../infra/webhooks/webhook-secrets';
import { WebhooksRepository } from '../../infra/webhooks/webhooks-repository';
import type { TaskMetrics } from './metrics/task-metrics';
import type { WorkerConfig } from './worker-settings';

/** What deliveries to webhooks stand on in this process. */
export function notifyDependencies(
  { contentKeys }: Pick<WorkerConfig, 'contentKeys'>,
  db: Database,
  { posts, stopping, metrics }: { posts: WebhookPost; stopping: AbortSignal; metrics: TaskMetrics },
): NotifyDependencies {
  return {
    webhooks: new WebhooksRepository(db),
    deliveries: new DeliveriesRepository(db),
    secrets: new WebhookSecrets(contentKeys.masterKeys),
    post: (url, headers, body) => posts.send(url, headers, body),
    stopping,
    ended: (end) => metrics.deliveryEnded(end),
    logger: new Logger('webhooks'),
  };
}
