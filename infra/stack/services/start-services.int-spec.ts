import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endMarkedProcesses } from '../processes/end-marked-processes';
import { livingDaemon, stopDaemon } from '../processes/daemon';
import { waitUntil } from '../processes/wait-until';
import { portsOfOtherStacks, registerStack } from './other-stacks';
import { isPortFree, type PortName } from '../home/ports';
import { openStackHome, type StackHome } from '../home/stack-home';
import { rememberedPorts } from './stack-ports';
import type { Service, StackContext } from './service';
import { startServices } from './start-services';

/**
 * Ends when a port is taken, as servers do. `seen`: a port of another service that it works against. It listens on one port after the other, the last
 * first: with the first one open already, it would look ready for a moment while another process answers on the last.
 */
const SERVER = `const net = require('node:net');
const listen = ([port, ...rest]) => port && net.createServer().listen(Number(port), '127.0.0.1', () => listen(rest)).on('error', (e) => { console.error(e.code); process.exit(1); });
listen(process.argv.slice(1).reverse());`;

function service(name: Service['name'], own: PortName[], seen: PortName[] = []): Service {
  return {
    name,
    ports: own,
    command: ({ ports }) => ({
      file: process.execPath,
      args: ['-e', SERVER, ...own.map((port) => String(ports[port]))],
      env: Object.fromEntries(seen.map((port) => [`SEEN_${port.toUpperCase()}`, String(ports[port])])),
      version: '1',
    }),
    isReady: async ({ ports }) => (await Promise.all(own.map((port) => answers(ports[port])))).every(Boolean),
    readyWithinMs: 10_000,
    stopWithinMs: 5_000,
  };
}

/** A probe that listens would be in the way of the server that starts. */
async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
  return true;
}

describe('startServices', () => {
  const base = service('temporal', ['temporal', 'temporalMetrics']);
  const other = service('mysql', ['mysql']);
  const program = service('api', ['api'], ['temporal', 'temporalMetrics']);
  const all = [base, other, program];
  const said: string[] = [];
  let home: StackHome;
  let squatter: Server | undefined;

  beforeEach(async () => {
    home = openStackHome(await mkdtemp(join(tmpdir(), 'start-services-')));
    said.length = 0;
  });

  afterEach(async () => {
    squatter?.close();
    squatter = undefined;
    await endMarkedProcesses(home);
    await rm(home.folder, { recursive: true });
  });

  const start = () => {
    const stack = { home } as unknown as Omit<StackContext, 'ports'>;
    return startServices(stack, { phases: [[base, other], [program]], all, say: (text) => said.push(text), onReady: () => undefined });
  };
  const pidOf = (name: string) => livingDaemon(home, name)?.pid;

  async function take(port: number, host?: string): Promise<void> {
    // The server that had the port may still be about to give it back.
    for (let tries = 0; ; tries++) {
      squatter = createServer().listen({ port, ...(host ? { host } : {}) });
      try {
        await once(squatter, 'listening');
        return;
      } catch (error) {
        if (tries === 50) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  it('keeps its ports over a restart', async () => {
    const { ports } = await start();
    await stopDaemon(home, 'temporal', 5_000);
    // The kernel may still be about to give the port back.
    await waitUntil(() => isPortFree(ports.temporal), 10_000);
    expect((await start()).ports).toEqual(ports);
  }, 60_000);

  it.each([undefined, '127.0.0.1'])(
    'takes another port for one that was taken between stop and start (on %s)',
    async (host) => {
      const before = (await start()).ports;
      const [mysql, api] = [pidOf('mysql'), pidOf('api')];
      await stopDaemon(home, 'temporal', 5_000);
      await take(before.temporalMetrics, host);
      const { ports } = await start();
      expect(ports).toEqual({ ...before, temporalMetrics: ports.temporalMetrics });
      expect(ports.temporalMetrics).not.toBe(before.temporalMetrics);
      expect(rememberedPorts(home)).toEqual(ports);
      // What knows the port is started again, the rest is left alone.
      expect(pidOf('mysql')).toBe(mysql);
      expect(pidOf('api')).not.toBe(api);
    },
    60_000,
  );

  it('plans again when a port is taken after it was chosen', async () => {
    let isFirst = true;
    const late: Service = {
      ...base,
      prepare: async ({ ports }) => {
        if (!isFirst) return;
        isFirst = false;
        await take(ports.temporalMetrics);
      },
    };
    const started = { phases: [[late, other], [program]], all, say: (text: string) => said.push(text), onReady: () => undefined };
    const { ports } = await startServices({ home } as unknown as Omit<StackContext, 'ports'>, started);
    expect(said).toEqual([expect.stringMatching(/^temporal did not come up: another process listens on port \d+; another one is chosen$/)]);
    expect(await isPortFree(ports.temporalMetrics)).toBe(false);
    expect(pidOf('temporal')).toBeDefined();
  }, 60_000);

  it('says what is wrong with a service that does not come up for another reason', async () => {
    const broken: Service = {
      ...other,
      command: (stack) => ({ ...other.command(stack), args: ['-e', 'console.error("no disk"); process.exit(1)'] }),
    };
    const started = { phases: [[base, broken]], all, say: (text: string) => said.push(text), onReady: () => undefined };
    await expect(startServices({ home } as unknown as Omit<StackContext, 'ports'>, started)).rejects.toThrow(
      /mysql did not come up[^]*no disk/,
    );
  }, 60_000);

  it('leaves the ports of another stack alone while one of its services is down', async () => {
    const { ports } = await start();
    await stopDaemon(home, 'temporal', 5_000);
    const registry = await mkdtemp(join(tmpdir(), 'registry-'));
    registerStack(home, registry);
    const seen = portsOfOtherStacks({ folder: '/another' }, registry);
    expect(seen).toEqual(new Set(Object.values(ports)));
    expect(portsOfOtherStacks(home, registry)).toEqual(new Set());
    for (const { name } of all) await stopDaemon(home, name, 5_000);
    expect(portsOfOtherStacks({ folder: '/another' }, registry)).toEqual(new Set());
    await rm(registry, { recursive: true });
  }, 60_000);
});
