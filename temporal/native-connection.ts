import { NativeConnection } from '@temporalio/worker';
import type { TemporalConfig } from './client';

/** A key that was replaced is taken within this time; the old one has to be good for so long. */
const KEY_LOOK_INTERVAL_MS = 15_000;

/** The connection of workers. The caller owns it and closes it. Rejects when Temporal is away or refuses it. */
export function connectNative({ address, tls, metadata, apiKey }: TemporalConfig): Promise<NativeConnection> {
  return NativeConnection.connect({
    address,
    ...(tls ? { tls } : {}),
    ...(metadata ? { metadata } : {}),
    ...(apiKey ? { apiKey: apiKey() } : {}),
  });
}

/** Hands a key that was replaced to the connection, which takes no function as clients do, until the result is called. */
export function keepApiKey(
  connection: Pick<NativeConnection, 'setApiKey'>,
  { apiKey }: Pick<TemporalConfig, 'apiKey'>,
  everyMs = KEY_LOOK_INTERVAL_MS,
): () => void {
  if (!apiKey) return () => undefined;
  let current = apiKey();
  const timer = setInterval(() => {
    const next = apiKey();
    if (next === current) return;
    current = next;
    void connection.setApiKey(next);
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
