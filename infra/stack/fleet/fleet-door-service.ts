import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { MINUTE_MS } from '../../../temporal/contract/units';
import { createDoorFiles } from './door-files';
import { nodeProgram } from '../processes/node-program';
import { projectRoot } from '../setup/project-root';
import type { Service } from '../services/service';

/** Mutual TLS in front of Temporal, for workers of other machines: the server itself asks for no credentials. */
export const fleetDoorService: Service = {
  name: 'fleet-door',
  ports: ['fleetDoor'],
  prepare: ({ home }) => createDoorFiles(home),
  command: ({ home, host, ports }) => ({
    file: process.execPath,
    args: [
      join(projectRoot(), 'dist', 'infra', 'stack', 'fleet', 'door-main.js'),
      ...[home.folder, String(ports.temporal), host, String(ports.fleetDoor)],
    ],
    env: {},
    version: nodeProgram('worker').version,
  }),
  isReady: async ({ host, ports }) => {
    const socket = connect(ports.fleetDoor, host);
    await once(socket, 'connect').finally(() => socket.destroy());
    return true;
  },
  readyWithinMs: MINUTE_MS,
  stopWithinMs: 5_000,
};
