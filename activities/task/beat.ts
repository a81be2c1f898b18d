import { cancellationDetails, cancellationSignal, heartbeat } from '@temporalio/activity';
import { workerShutdownFailure } from './activity-failure';

/** Called between two parts of a long listing: reports that it goes on, and throws when it has to end. */
export function beat(): void {
  heartbeat();
  if (!cancellationSignal().aborted) return;
  throw cancellationDetails()?.workerShutdown ? workerShutdownFailure() : cancellationSignal().reason;
}
