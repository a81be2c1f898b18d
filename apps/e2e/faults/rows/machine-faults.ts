import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { open, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault } from '../fault';
import { until } from '../until';

const LIMIT_MS = 180_000;
/** Room for the chunk of one slot, and little to fill. */
const DISK = 'size=48m';
const FILL_BYTES = 1024 * 1024;
/** Debian's package libfaketime; FAKETIME_LIBRARY names another place. */
const FAKETIME_LIBRARIES = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1',
];

/** Faults of the machine under a worker. */
export const MACHINE_FAULTS: readonly Fault[] = [
  {
    name: 'scratch disk full',
    done: 'another program fills the scratch disk of a worker in the middle of a chunk, and clears it after the chunk has failed',
    advice: 'Clear the disk. Tasks go to workers with room meanwhile and lose no attempt.',
    core: false,
    obstacle: mountObstacle,
    play: async (scene) => {
      const disk = await scene.scratchRoot();
      mount(disk);
      scene.whenOver(() => void spawnSync('umount', ['-l', disk]));
      const worker = await scene.slowWorker({}, join(disk, 'scratch'));
      await scene.startVideos();
      await scene.chunkUnderWay(worker);
      const since = Date.now();
      await fill(join(disk, 'other-program'));
      await until('the chunk fails for want of room', LIMIT_MS, async () => (await scene.lastFailures()).includes('ScratchFull'));
      const noticedMs = Date.now() - since;
      const startedAgainMs = await scene.untilStartedAgain(since);
      await rm(join(disk, 'other-program'));
      return { overAt: Date.now(), noticedMs, startedAgainMs };
    },
  },
  {
    name: 'clock of a worker jumps',
    done: 'the wall clock of a worker goes an hour ahead in the middle of a chunk and stays there',
    advice: 'Set the clock, and let it be kept by NTP. Start times of its tasks are wrong until then.',
    core: false,
    obstacle: () => (fakeTimeLibrary() === null ? 'there is no libfaketime (Debian package libfaketime)' : null),
    play: async (scene) => {
      const clock = join(await scene.scratchRoot(), 'clock');
      await writeFile(clock, '+0');
      const environment = {
        LD_PRELOAD: fakeTimeLibrary() ?? '',
        FAKETIME_TIMESTAMP_FILE: clock,
        FAKETIME_CACHE_DURATION: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      };
      const worker = await scene.slowWorker(environment);
      await scene.startVideos();
      const chunk = await scene.chunkUnderWay(worker);
      await writeFile(clock, '+3600');
      await utimes(clock, new Date(), new Date());
      const overAt = Date.now();
      const later = await until('the worker starts a chunk by its new clock, or ends the one it has', LIMIT_MS, async () =>
        (await scene.chunks()).find(
          (row) => row.workerId === worker.workerId && Math.max(Number(row.startedAt), Number(row.completedAt)) > Date.now() + 3_000_000,
        ),
      );
      process.stderr.write(`clock jump: ${chunk.taskId} was under way, ${later.taskId} has the new time\n`);
      return { overAt, mostChunksAgain: 0 };
    },
  },
];

function mountObstacle(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'sprocket-mount-'));
  try {
    mount(folder);
    spawnSync('umount', [folder]);
    return null;
  } catch (error) {
    return (error as Error).message;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function mount(folder: string): void {
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', DISK, 'tmpfs', folder]);
  if (status !== 0) throw new Error('this user may not mount a small disk');
}

/** Writes until nothing more fits. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (;;) await file.write(Buffer.alloc(FILL_BYTES));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    await file.close();
  }
}

function fakeTimeLibrary(): string | null {
  const named = process.env['FAKETIME_LIBRARY'];
  return [...(named ? [named] : []), ...FAKETIME_LIBRARIES].find((path) => existsSync(path)) ?? null;
}
