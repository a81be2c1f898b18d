import { getPriority, setPriority } from 'node:os';

const NICENESS = 3;

/** Lets the API and the stores of the same machine go first: people wait for their answers, and not for a worker's next line. */
export function yieldToServers(): void {
  setPriority(Math.max(getPriority(), NICENESS));
}
