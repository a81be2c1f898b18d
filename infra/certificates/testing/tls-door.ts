import { readFile } from 'node:fs/promises';
import { connect, type AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { CertificateFiles } from './own-authority';

/** TLS in front of a server that speaks none, on a free port of the loopback address; closing it ends its connections. */
export interface TlsDoor {
  port: number;
  close(): void;
}

/** `clientCaFile` makes the door ask for a client certificate of that authority, and refuse all others. */
export async function openTlsDoor(
  target: { host: string; port: number },
  server: CertificateFiles,
  { alpn, clientCaFile }: { alpn: string; clientCaFile?: string },
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
      socket.pipe(upstream).pipe(socket);
    },
  );
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  return {
    port: (door.address() as AddressInfo).port,
    close: () => {
      door.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
