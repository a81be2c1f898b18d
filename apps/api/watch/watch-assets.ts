import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The page's files, found upwards from this file so that sources and compiled code agree. */
export function consoleFolder(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'apps', 'console');
    if (existsSync(join(candidate, 'watch.html'))) return candidate;
  }
  throw new Error('The watch page is missing: there is no apps/console above the program.');
}

export function shakaFolder(): string {
  return join(dirname(require.resolve('shaka-player/package.json')), 'dist');
}

/** Shaka's styles without the web font they name: the page loads nothing from elsewhere. */
export function shakaStyles(): string {
  return readFileSync(join(shakaFolder(), 'controls.css'), 'utf8').replace(/@font-face\s*\{[^}]*\}/g, '');
}
