import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A port of another address that leads to one of loopback; closing it ends its connections. */
export interface TcpDoor {
  port: number;
  close(): void;
}

/** Opens a free port of `host` that leads to a port of the loopback address. */
export async function openTcpDoor(host: string, target: number): Promise<TcpDoor> {
  const sockets = new Set<Socket>();
  const door: Server = createServer((socket) => {
    const upstream = connect(target, '127.0.0.1');
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      sockets.add(one);
      one.on('error', () => undefined).on('close', () => other.destroy());
    }
    socket.pipe(upstream).pipe(socket);
  });
  door.listen(0, host);
  await once(door, 'listening');
  return {
    port: (door.address() as AddressInfo).port,
    close: () => {
      door.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
