import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { livingDaemon } from '../processes/daemon';
import { writeJson } from '../home/write-json';
import { choosePorts, isPortFree, type PortName, type Ports } from '../home/ports';
import { portsOfOtherStacks, registerStack } from './other-stacks';
import type { Service } from './service';
import type { StackHome } from '../home/stack-home';

const portsSchema = z.record(z.string(), z.number().int().min(1).max(65_535));

/**
 * Chooses a port for every name and remembers them in the home folder. What this stack has recorded stays its own while it is up,
 * also from other stacks of the user that choose meanwhile.
 */
export async function reservePorts(home: StackHome, services: readonly Pick<Service, 'name' | 'ports'>[]): Promise<Ports> {
  registerStack(home);
  const others = portsOfOtherStacks(home);
  const living = services.filter((service) => livingDaemon(home, service.name) !== null);
  const ports = await choosePorts({
    remembered: rememberedPorts(home) ?? {},
    held: new Set<PortName>(living.flatMap((service) => [...service.ports])),
    prefersWellKnown: home.isDefault,
    isFree: async (port) => !others.has(port) && (await isPortFree(port)),
    random: Math.random,
  });
  writeJson(home.portsFile, ports);
  return ports;
}

/** The ports of the last start, or null before the first. */
export function rememberedPorts(home: StackHome): Ports | null {
  if (!existsSync(home.portsFile)) return null;
  try {
    return portsSchema.parse(JSON.parse(readFileSync(home.portsFile, 'utf8'))) as Ports;
  } catch {
    return null;
  }
}
