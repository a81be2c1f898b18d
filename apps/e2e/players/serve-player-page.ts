import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { projectRoot } from '../../../infra/stack/setup/project-root';

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };
const FOLDERS: Record<string, string> = {
  page: join(projectRoot(), 'apps', 'e2e', 'players', 'player-page'),
  'hls.js': join(projectRoot(), 'node_modules', 'hls.js', 'dist'),
  'shaka-player': join(projectRoot(), 'node_modules', 'shaka-player', 'dist'),
};

/** A web site other than the API's, as players are embedded: media comes from another origin. */
export interface PlayerSite {
  /** Address of the page. */
  url: string;
  close: () => Promise<void>;
}

/** Serves the page with hls.js and Shaka Player on a free port of this machine. */
export async function servePlayerPage(): Promise<PlayerSite> {
  const server = createServer((request, response) => {
    const [, folder = '', ...rest] = normalize(request.url ?? '/').split('/');
    const root = FOLDERS[folder];
    const type = TYPES[extname(rest.at(-1) ?? '')];
    if (!root || !type) return response.writeHead(404).end();
    const file = createReadStream(join(root, ...rest));
    file.once('error', () => response.writeHead(404).end());
    file.once('open', () => file.pipe(response.writeHead(200, { 'content-type': type })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/page/index.html`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
