import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server with one answer, for calls whose real answer needs more than an API. */
export interface OneAnswer {
  url: string;
  /** Method, path and body of each request. */
  asked: [line: string, body: unknown][];
  close(): Promise<void>;
}

export async function serveOneAnswer(status: number, answer: object): Promise<OneAnswer> {
  const asked: OneAnswer['asked'] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    request.once('end', () => {
      asked.push([`${request.method} ${request.url}`, text === '' ? null : JSON.parse(text)]);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
