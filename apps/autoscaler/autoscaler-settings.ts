import { z } from 'zod';
import { parseSettings, type Environment } from '../settings/parse-settings';
import { temporalOf, temporalSettings } from '../settings/services/temporal-settings';
import { workerProcessSettings } from '../settings/worker-process-settings';

/** Variables of the autoscaler next to those of the workers that it starts. */
export const autoscalerSettings = {
  SPROCKET_STACK: z.string().min(1).meta({ description: 'Folder of the embedded stack, which sets it itself.' }),
  AUTOSCALE_QUIET_SECONDS: z.coerce
    .number()
    .positive()
    .max(86_400)
    .default(60)
    .meta({ description: 'How long a queue must be without a backlog before a worker goes.', unit: 'seconds' }),
};

/** The autoscaler's settings; the environment is that of the workers it starts. Throws `ConfigError`. */
export function parseAutoscalerConfig(environment: Environment) {
  const values = parseSettings(z.object({ ...temporalSettings, ...workerProcessSettings, ...autoscalerSettings }), environment);
  return {
    temporal: temporalOf(values, environment),
    /** Slots of the worker that always runs. */
    baseQueues: values.WORKER_QUEUES,
    scratchDir: values.SCRATCH_DIR,
    /** Folder of the stack. */
    stackFolder: values.SPROCKET_STACK,
    /** How long a queue must be without a backlog before a worker goes. */
    quietMs: values.AUTOSCALE_QUIET_SECONDS * 1000,
  };
}
