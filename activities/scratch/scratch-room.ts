import { readdir, readFile, rm, stat, statfs, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../temporal/contract/failures';
import { GIB, MIB, MINUTE_MS } from '../../temporal/contract/units';

/** Reserve for uncounted writes: logs, other processes on the disk. A twentieth of a small disk. */
const LARGEST_RESERVE_BYTES = GIB;
const RESERVE_SHARE = 0.05;

/** A task that writes more than this multiple of its claim is broken: no video like this one takes as much. */
const OVERRUN_FACTOR = 4;
const OVERRUN_SLACK_BYTES = 256 * MIB;

/**
 * How long a task waits for room before it fails. A worker without room that failed at once would take task after task off
 * the queue and spend their attempts, while others have room.
 */
const WAIT_MS = 20_000;
const LOOK_INTERVAL_MS = 1_000;

/** File in the folder of a task that holds its claim, in bytes. */
const CLAIM_FILE = '.claim';
/** Every heartbeat renews the claim of a task; a claim that has not been renewed for so long is of a process that is gone. */
const GONE_AFTER_MS = MINUTE_MS;

/** A disk as statfs(2) shows it. */
export interface DiskSpace {
  totalBytes: number;
  freeBytes: number;
}

export interface ScratchClaim {
  /** What the task is expected to need at most. */
  neededBytes: number;
  /** What its folder holds. */
  usedBytes: number;
}

interface TaskClaim extends ScratchClaim {
  folder: string;
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

/** Why a running task has to end, or null. Exceeding its own claim is the task's failure; a full disk is not. */
export function outgrown(space: DiskSpace, { neededBytes, usedBytes }: ScratchClaim): Failure | null {
  if (usedBytes > OVERRUN_FACTOR * neededBytes + OVERRUN_SLACK_BYTES) {
    return new Failure('EncodeFailed', 'The step wrote far more to disk than this video should take.');
  }
  if (usedBytes > neededBytes && space.freeBytes < reserveOf(space) / 2) {
    return new Failure('ScratchFull', 'The disk of the worker was almost full.');
  }
  return null;
}

/**
 * Claims of the tasks below a scratch root on the room of its disk. A task's folder lies in that of its process; a file in it
 * holds the claim, so that all processes of the disk know of it, and is removed with the folder.
 */
export class ScratchRoom {
  /** Bytes needed, by folder, of the tasks of this process: they are many, and need no look at the disk. */
  private readonly own = new Map<string, number>();
  private readonly readSpace: () => Promise<DiskSpace>;
  private readonly waitMs: number;

  constructor(
    private readonly root: string,
    { readSpace = () => diskSpace(root), waitMs = WAIT_MS }: RoomOptions = {},
  ) {
    this.readSpace = readSpace;
    this.waitMs = waitMs;
  }

  /** Takes room for the task that works in `folder`. Throws `ScratchFull` when none comes free, and the signal's reason. */
  async claim(folder: string, neededBytes: number, signal: AbortSignal): Promise<void> {
    const endsAt = performance.now() + this.waitMs;
    for (;;) {
      signal.throwIfAborted();
      if (await this.hasClaimed(folder, neededBytes)) return;
      if (performance.now() >= endsAt) throw new Failure('ScratchFull', 'The worker does not have enough disk space for this step.');
      // A task that ends makes room; an abort ends the wait with the signal's reason above.
      await sleep(Math.min(LOOK_INTERVAL_MS * (0.5 + Math.random()), this.waitMs), undefined, { signal }).catch(() => undefined);
    }
  }

  /** Of a task that is over and whose folder is gone. */
  release(folder: string): void {
    this.own.delete(folder);
  }

  /** Measures the folder of a task, and renews its claim. Resolves to the reason why it has to end, or null. */
  async inspect(folder: string): Promise<Failure | null> {
    const neededBytes = this.own.get(folder);
    if (neededBytes === undefined) return null;
    await utimes(claimPath(folder), new Date(), new Date());
    const claim = await withUse({ folder, neededBytes, usedBytes: 0 });
    return outgrown(await this.readSpace(), claim);
  }

  /**
   * The claim is there before the others are counted: of two tasks at a time at least one sees the other, and both may wait
   * for moments of different length.
   */
  private async hasClaimed(folder: string, neededBytes: number): Promise<boolean> {
    this.own.set(folder, neededBytes);
    if (await writesClaim(folder, neededBytes)) {
      const foreign = await this.foreignTasks(dirname(folder));
      // Most disks have room for all claims; ended tasks and bytes written already matter on a tight disk only.
      const whole = [...this.ownBeside(folder), ...(await claimsOf(foreign, wholeClaim))];
      if (hasRoom(await this.readSpace(), whole, neededBytes)) return true;
      // Use is looked at before the disk, so that what they write meanwhile counts twice, not never.
      const rest = [...(await claimsOf(this.ownBeside(folder), withUse)), ...(await claimsOf(foreign, restOfClaim))];
      if (hasRoom(await this.readSpace(), rest, neededBytes)) return true;
    }
    this.own.delete(folder);
    await rm(claimPath(folder), { force: true });
    return false;
  }

  private ownBeside(folder: string): TaskClaim[] {
    return [...this.own]
      .filter(([other]) => other !== folder)
      .map(([other, neededBytes]) => ({ folder: other, neededBytes, usedBytes: 0 }));
  }

  /** Folders of tasks of other processes. */
  private async foreignTasks(ownRoot: string): Promise<string[]> {
    const others = (await foldersIn(this.root)).filter((processRoot) => processRoot !== ownRoot);
    return (await Promise.all(others.map(foldersIn))).flat();
  }
}

async function claimsOf<T>(tasks: readonly T[], read: (task: T) => Promise<ScratchClaim | null>): Promise<ScratchClaim[]> {
  return (await Promise.all(tasks.map(read))).filter((claim) => claim !== null);
}

function claimPath(folder: string): string {
  return join(folder, CLAIM_FILE);
}

/** False on a disk that is full to the last byte. */
async function writesClaim(folder: string, neededBytes: number): Promise<boolean> {
  try {
    await writeFile(claimPath(folder), String(neededBytes));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    return false;
  }
}

/** The whole claim, as if nothing of it were used yet. Null without a claim: a task that ends meanwhile, a foreign folder. */
async function wholeClaim(folder: string): Promise<TaskClaim | null> {
  const text = await readFile(claimPath(folder), 'utf8').catch(() => null);
  return text === null ? null : { folder, neededBytes: Number(text), usedBytes: 0 };
}

/** Null also where its process is gone. */
async function restOfClaim(folder: string): Promise<ScratchClaim | null> {
  const claim = (await isRenewed(folder)) ? await wholeClaim(folder) : null;
  return claim && withUse(claim);
}

/** Use that cannot be measured counts as still to come. */
async function withUse(claim: TaskClaim): Promise<TaskClaim> {
  return { ...claim, usedBytes: await folderBytes(claim.folder).catch(() => 0) };
}

/** Whether the process of a task is still there, whatever machine it runs on. */
async function isRenewed(folder: string): Promise<boolean> {
  const renewedAt = await stat(claimPath(folder)).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  return Date.now() - renewedAt < GONE_AFTER_MS;
}

/** None where they may not be read, such as in `lost+found`. */
async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
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
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
