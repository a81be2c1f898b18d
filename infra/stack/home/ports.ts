import { createServer } from 'node:net';

/** Every port of the stack. Ports with a number are asked for first by the default stack. */
export const PORT_PREFERENCES = {
  api: 8080,
  temporal: 7233,
  temporalUi: 8233,
  temporalHttp: null,
  temporalMetrics: null,
  fleetDoor: null,
  workerMetrics: null,
  mysql: 3307,
  s3: 8333,
  s3Grpc: null,
  s3Master: null,
  s3MasterGrpc: null,
  s3Volume: null,
  s3VolumeGrpc: null,
  s3Filer: null,
  s3FilerGrpc: null,
} as const;

export type PortName = keyof typeof PORT_PREFERENCES;
export type Ports = Record<PortName, number>;

/** Below the range that the kernel hands out for outgoing connections (ip_local_port_range, 32768 by default). */
const RANDOM_PORTS = { first: 20_000, last: 31_999 };

export interface PortQuery {
  remembered: Partial<Ports>;
  /** Ports that a living service of this stack holds: they stay as they are. */
  held: ReadonlySet<PortName>;
  prefersWellKnown: boolean;
  isFree: (port: number) => Promise<boolean>;
  random: () => number;
}

/** One port per name: the remembered one, else the well-known one, else a random one; never a taken one. */
export async function choosePorts(query: PortQuery): Promise<Ports> {
  const chosen: Partial<Ports> = {};
  const used = new Set<number>();
  for (const name of query.held) used.add(query.remembered[name] ?? 0);
  for (const name of Object.keys(PORT_PREFERENCES) as PortName[]) {
    const port = await choosePort(name, query, used);
    used.add(port);
    chosen[name] = port;
  }
  return chosen as Ports;
}

async function choosePort(name: PortName, query: PortQuery, used: ReadonlySet<number>): Promise<number> {
  const remembered = query.remembered[name];
  if (remembered !== undefined && query.held.has(name)) return remembered;
  const wishes = [remembered ?? null, query.prefersWellKnown ? PORT_PREFERENCES[name] : null];
  for (const port of wishes) {
    if (port !== null && !used.has(port) && (await query.isFree(port))) return port;
  }
  for (;;) {
    const port = RANDOM_PORTS.first + Math.floor(query.random() * (RANDOM_PORTS.last - RANDOM_PORTS.first + 1));
    if (!used.has(port) && (await query.isFree(port))) return port;
  }
}

/**
 * True when a server can listen on this port now, whichever address it takes: a server of the stack may want all of them, and a port
 * that is taken on one is then taken.
 */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
