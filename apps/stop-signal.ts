const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGUSR2'] as const;

/**
 * Aborted by the first signal that tells this process to stop. Later ones change nothing: a drain comes to an end by itself,
 * and a supervisor and a terminal often both send one.
 */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const name of STOP_SIGNALS) process.on(name, () => stop.abort());
  return stop.signal;
}
