import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, type AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { CertificateFiles } from './own-authority';

const KEEP_ALIVE_MS = 30_000;

/** TLS in front of a server that speaks none; closing it ends its connections. */
export interface TlsDoor {
  port: number;
  close(): void;
}

interface DoorOptions {
  alpn: string;
  clientCaFile?: string;
  /** Absent: a free port of the loopback address. */
  listen?: { host: string; port: number };
}

/** `clientCaFile` makes the door ask for a client certificate of that authority, and refuse all others. Rejects when it cannot listen. */
export async function openTlsDoor(
  target: { host: string; port: number },
  server: CertificateFiles,
  { alpn, clientCaFile, listen = { host: '127.0.0.1', port: 0 } }: DoorOptions,
): Promise<TlsDoor> {
  const sockets = new Set<TLSSocket>();
  const door = createServer(
    {
      cert: await readFile(server.certFile),
      key: await readFile(server.keyFile),
      ALPNProtocols: [alpn],
      ...(clientCaFile ? { ca: await readFile(clientCaFile), requestCert: true, rejectUnauthorized: true } : {}),
    },
    (socket) => {
      const upstream = connect(target);
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => upstream.destroy());
      upstream.on('error', () => undefined).on('close', () => socket.destroy());
      // A machine that vanishes closes nothing.
      socket.setKeepAlive(true, KEEP_ALIVE_MS);
      socket.pipe(upstream).pipe(socket);
    },
  );
  door.on('tlsClientError', () => undefined);
  door.listen(listen.port, listen.host);
  await once(door, 'listening');
  return {
    port: (door.address() as AddressInfo).port,
    close: () => {
      door.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
