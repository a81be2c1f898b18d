import type { Scene } from './scene';

/** What a fault measured while it was played. */
export interface Played {
  /** When the last of it was over: from here on nothing is in the way. Null for one that lasts until the videos are ready. */
  overAt: number | null;
  /** From the fault to the workflow service knowing that an attempt is lost. */
  noticedMs?: number;
  /** From the fault to the lost task being started again. */
  startedAgainMs?: number;
  /** How long a service was away, its end and start included. */
  outageMs?: number;
  /** Most chunks that may be encoded again. */
  mostChunksAgain?: number;
}

/** One row of the matrix. */
export interface Fault {
  name: string;
  /** What is done to the service, as the table says it. */
  done: string;
  /** What an operator does about it, in one sentence. */
  advice: string;
  /** Short enough for every run of the tests. */
  core: boolean;
  /** Why it cannot be played on this machine, or null. */
  obstacle?: () => string | null;
  /** Starts the videos and breaks something while they are processed; resolves when nothing is broken any more. */
  play: (scene: Scene) => Promise<Played>;
}
