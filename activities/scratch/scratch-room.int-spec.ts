import { mkdir, mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { ScratchRoom } from './scratch-room';

const MB = 1e6;
/** Room for 95 MB beside the reserve. */
const readSpace = async () => ({ totalBytes: 100 * MB, freeBytes: 100 * MB });
const { signal } = new AbortController();

/** Rooms of processes that share nothing but the disk. */
describe('the scratch room of several processes', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'scratch-room-'));
  });

  afterEach(() => rm(root, { recursive: true }));

  async function process(name: string, waitMs = 0): Promise<{ room: ScratchRoom; task: string }> {
    const task = join(root, name, 'transcode-abcdef');
    await mkdir(task, { recursive: true });
    return { room: new ScratchRoom(root, { readSpace, waitMs }), task };
  }

  it('belongs to the task that claimed it first, until that is gone', async () => {
    const [first, second] = [await process('host-1'), await process('host-2')];
    await first.room.claim(first.task, 60 * MB, signal);
    await expect(second.room.claim(second.task, 60 * MB, signal)).rejects.toMatchObject({ type: 'ScratchFull' });
    await second.room.claim(second.task, 30 * MB, signal);
    await rm(second.task, { recursive: true });
    await rm(first.task, { recursive: true });
    const third = await process('host-3');
    await third.room.claim(third.task, 60 * MB, signal);
  });

  it('is free again when a killed process does not renew its claims', async () => {
    const [killed, other] = [await process('host-1'), await process('host-2')];
    await killed.room.claim(killed.task, 60 * MB, signal);
    const longAgo = new Date(Date.now() - 120_000);
    await utimes(join(killed.task, '.claim'), longAgo, longAgo);
    expect(await killed.room.inspect(killed.task)).toBeNull();
    await expect(other.room.claim(other.task, 60 * MB, signal)).rejects.toMatchObject({ type: 'ScratchFull' });
    await utimes(join(killed.task, '.claim'), longAgo, longAgo);
    await other.room.claim(other.task, 60 * MB, signal);
  });

  it('is never given twice to tasks that claim it at the same time, and all of them get it', async () => {
    let holding = 0;
    let most = 0;
    const work = async (name: string) => {
      const { room, task } = await process(name, 60_000);
      await room.claim(task, 40 * MB, signal);
      most = Math.max(most, ++holding);
      for (let turn = 0; turn < 100; turn++) await setImmediate();
      holding -= 1;
      await rm(task, { recursive: true });
    };
    await Promise.all(Array.from({ length: 8 }, (_, index) => work(`host-${index}`)));
    expect(most).toBeLessThanOrEqual(2);
  }, 60_000);
});
