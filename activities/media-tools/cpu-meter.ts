import { readFileSync } from 'node:fs';

const FIRST_SAMPLE_MS = 10;
const LONGEST_INTERVAL_MS = 200;
/** USER_HZ, which Linux fixes at 100 for /proc. */
const MS_PER_TICK = 10;

/** CPU times of a process as proc(5) has them. */
export interface ProcessTimes {
  /** Of the process itself, all threads. */
  ownMs: number;
  /** Of the children that it has waited for. */
  childrenMs: number;
}

/** Null when the process is gone, and where there is no /proc. */
export function processTimes(pid: number): ProcessTimes | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return null;
  }
  // The name in parentheses may hold spaces; fields are counted from behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [own, children] = [Number(fields[11]) + Number(fields[12]), Number(fields[13]) + Number(fields[14])];
  return { ownMs: own * MS_PER_TICK, childrenMs: children * MS_PER_TICK };
}

/**
 * Follows the CPU time of a running process. Node does not tell what a child has used, and nothing tells it once the
 * child has ended, so the figure is that of the last sample: up to half of the run and up to 200 ms of wall time short.
 */
export class CpuMeter {
  ms = 0;
  private timer: NodeJS.Timeout;

  constructor(private readonly pid: number | undefined) {
    this.timer = setTimeout(() => this.follow(FIRST_SAMPLE_MS), FIRST_SAMPLE_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** Intervals double, so that a run that is over in a moment is measured, too. */
  private follow(afterMs: number): void {
    this.sample();
    const nextMs = Math.min(LONGEST_INTERVAL_MS, 2 * afterMs);
    this.timer = setTimeout(() => this.follow(nextMs), nextMs);
  }

  private sample(): void {
    this.ms = (this.pid === undefined ? null : processTimes(this.pid))?.ownMs ?? this.ms;
  }
}
