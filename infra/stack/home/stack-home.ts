import { createHash } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { makeFolder } from '../../machine/make-folder';
import { projectRoot } from '../setup/project-root';

/** Where one stack keeps everything it owns. Two stacks with different folders share nothing but binaries. */
export interface StackHome {
  folder: string;
  /** The default stack asks for well-known ports first. */
  isDefault: boolean;
  data: (name: string) => string;
  logFile: (name: string) => string;
  stateFile: (name: string) => string;
  portsFile: string;
  endpointsFile: string;
  credentialsFile: string;
  /** Credentials and certificates of workers on other machines. */
  fleetFolder: string;
  /** Everything that a worker on another machine needs; written while the stack listens on an address of its network. */
  joinFile: string;
  /** Wraps the content keys of protected videos: a backup of the database is worth nothing for those without it. */
  masterKeyFile: string;
  /** The API key of the operator of this stack. */
  apiKeyFile: string;
  /** Signs the addresses of signed videos. */
  playbackSecretFile: string;
  /** Exists while the stack is up. Short, because a Unix socket path holds about 100 characters. */
  socketFolder: string;
}

/** The folder shared by every stack of this project: installed binaries and the demo stack. */
export function defaultHomeFolder(): string {
  return join(projectRoot(), '.sprocket');
}

/** Describes the home folder and creates its subfolders. Throws the error of the file system where it cannot. */
export function openStackHome(path: string): StackHome {
  const folder = resolve(path);
  const id = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  const socketFolder = join(tmpdir(), `sprocket-${userInfo().uid}-${id}`);
  for (const name of ['data', 'logs', 'run', 'secrets']) makeFolder(join(folder, name));
  return {
    folder,
    isDefault: folder === defaultHomeFolder(),
    data: (name) => join(folder, 'data', name),
    logFile: (name) => join(folder, 'logs', `${name}.log`),
    stateFile: (name) => join(folder, 'run', `${name}.json`),
    portsFile: join(folder, 'ports.json'),
    endpointsFile: join(folder, 'endpoints.json'),
    credentialsFile: join(folder, 'secrets', 'credentials.json'),
    fleetFolder: join(folder, 'secrets', 'fleet'),
    joinFile: join(folder, 'secrets', 'join.json'),
    masterKeyFile: join(folder, 'secrets', 'drm-master-key'),
    apiKeyFile: join(folder, 'secrets', 'api-key'),
    playbackSecretFile: join(folder, 'secrets', 'playback-secret'),
    socketFolder,
  };
}
