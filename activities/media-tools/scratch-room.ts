import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../temporal/contract/failures';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** Kept free for what is not counted: logs, other processes on the disk. A twentieth of a small disk. */
const LARGEST_RESERVE_BYTES = GIB;
const RESERVE_SHARE = 0.05;

/** A task that needs more than this multiple of what it was expected to need makes something else than a video like this one. */
const OVERRUN_FACTOR = 4;
const OVERRUN_SLACK_BYTES = 256 * MIB;

/**
 * How long a task waits for room before it fails. A worker without room that failed at once would take task after task off
 * the queue and spend their attempts, while others have room.
 */
const WAIT_MS = 20_000;
const LOOK_INTERVAL_MS = 1_000;

/** A disk as statfs(2) shows it. */
export interface DiskSpace {
  totalBytes: number;
  freeBytes: number;
}

export interface ScratchClaim {
  /** What the task is expected to need at most. */
  neededBytes: number;
  /** What its folder held at the last look. */
  usedBytes: number;
}

export interface RoomOptions {
  readSpace?: () => Promise<DiskSpace>;
  waitMs?: number;
}

/** Room for one more task, beside what the running ones have yet to write. */
export function hasRoom(space: DiskSpace, running: Iterable<ScratchClaim>, neededBytes: number): boolean {
  let promised = 0;
  for (const claim of running) promised += Math.max(0, claim.neededBytes - claim.usedBytes);
  return space.freeBytes - reserveOf(space) - promised >= neededBytes;
}

/** Why a running task has to end, or null. Nobody else is to blame when it outgrows its bound; a full disk is nobody's fault. */
export function outgrown(space: DiskSpace, { neededBytes, usedBytes }: ScratchClaim): Failure | null {
  if (usedBytes > OVERRUN_FACTOR * neededBytes + OVERRUN_SLACK_BYTES) {
    return new Failure('EncodeFailed', 'The step wrote far more to disk than this video should take.');
  }
  if (usedBytes > neededBytes && space.freeBytes < reserveOf(space) / 2) {
    return new Failure('ScratchFull', 'The disk of the worker was about to run full.');
  }
  return null;
}

/** Who of the tasks of this process has how much room on the scratch disk. */
export class ScratchRoom {
  private readonly claims = new Map<string, ScratchClaim>();
  private readonly readSpace: () => Promise<DiskSpace>;
  private readonly waitMs: number;

  constructor(root: string, { readSpace = () => diskSpace(root), waitMs = WAIT_MS }: RoomOptions = {}) {
    this.readSpace = readSpace;
    this.waitMs = waitMs;
  }

  /** Takes room for the task that works in `folder`. Throws `ScratchFull` when none comes free, and the signal's reason. */
  async claim(folder: string, neededBytes: number, signal: AbortSignal): Promise<void> {
    const endsAt = performance.now() + this.waitMs;
    for (;;) {
      const space = await this.readSpace();
      signal.throwIfAborted();
      if (hasRoom(space, this.others(folder), neededBytes)) {
        this.claims.set(folder, { neededBytes, usedBytes: 0 });
        return;
      }
      if (performance.now() >= endsAt) throw new Failure('ScratchFull', 'The worker has not enough disk space for this step.');
      // A task that ends makes room; an abort ends the wait with the signal's reason above.
      await sleep(Math.min(LOOK_INTERVAL_MS, this.waitMs), undefined, { signal }).catch(() => undefined);
    }
  }

  release(folder: string): void {
    this.claims.delete(folder);
  }

  /** Looks at what a task has written. Resolves to why it has to end, or null. */
  async inspect(folder: string): Promise<Failure | null> {
    const claim = this.claims.get(folder);
    if (!claim) return null;
    claim.usedBytes = await folderBytes(folder);
    return outgrown(await this.readSpace(), claim);
  }

  private *others(folder: string): Iterable<ScratchClaim> {
    for (const [other, claim] of this.claims) if (other !== folder) yield claim;
  }
}

/** Space on the disk of a folder for processes that are not root. */
export async function diskSpace(folder: string): Promise<DiskSpace> {
  const { bsize, blocks, bavail } = await statfs(folder);
  return { totalBytes: bsize * blocks, freeBytes: bsize * bavail };
}

function reserveOf({ totalBytes }: DiskSpace): number {
  return Math.min(LARGEST_RESERVE_BYTES, totalBytes * RESERVE_SHARE);
}

/** Of all files below a folder; one that goes meanwhile counts nothing. */
async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const sizes = await Promise.all(
    entries.filter((entry) => entry.isFile()).map((entry) => stat(join(entry.parentPath, entry.name)).then(({ size }) => size, () => 0)),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
