import { createHash } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_MS = 100;

/**
 * Runs `work` while no other process on this machine runs work under the same name, and resolves to its result.
 * The kernel drops the hold when the holder dies, however it dies, so there is no stale lock to clean.
 * `onWait` is called once when another process holds the name.
 */
export async function exclusively(name, onWait, work) {
  const address = addressOf(name);
  let hold = await tryHold(address);
  if (!hold) onWait();
  while (!hold) {
    await sleep(RETRY_MS);
    hold = await tryHold(address);
  }
  try {
    return await work();
  } finally {
    hold.close();
  }
}

/** Linux has socket names without a file; elsewhere the file of a dead holder refuses connections. */
function addressOf(name) {
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 24);
  return process.platform === 'linux' ? `\0sprocket-${digest}` : join(tmpdir(), `sprocket-${digest}.lock`);
}

async function tryHold(address) {
  const server = net.createServer((socket) => socket.destroy());
  server.unref();
  try {
    await new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(address, resolve);
    });
    return server;
  } catch (error) {
    if (error.code !== 'EADDRINUSE') throw error;
    if (!address.startsWith('\0') && (await refuses(address))) await unlink(address).catch(() => undefined);
    return null;
  }
}

function refuses(address) {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    socket.once('connect', () => resolve(false));
    socket.once('error', () => resolve(true));
    socket.once('connect', () => socket.destroy());
  });
}
