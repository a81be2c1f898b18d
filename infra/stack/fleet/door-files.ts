import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OwnAuthority, type CertificateFiles } from '../../certificates/own-authority';
import { DAY_MS } from '../../../temporal/contract/units';
import type { StackHome } from '../home/stack-home';

/** Name in the certificate of the door: clients know it by that, whatever address it has. */
export const DOOR_NAME = 'sprocket-temporal';
const WORKER_NAME = 'sprocket-worker';
/** The certificates serve one stack and are replaced together: an end would only stop its fleet. */
const VALID_MS = 100 * 365 * DAY_MS;

interface DoorFiles {
  /** PEM file of the authority of both. */
  ca: string;
  door: CertificateFiles;
  worker: CertificateFiles;
}

/** Where the certificates of the door and of the workers that come in through it are. */
export function doorFiles(home: Pick<StackHome, 'fleetFolder'>): DoorFiles {
  const folder = join(home.fleetFolder, 'certificates');
  const of = (name: string) => ({ certFile: join(folder, `${name}.pem`), keyFile: join(folder, `${name}-key.pem`) });
  return { ca: join(folder, 'authority.pem'), door: of(DOOR_NAME), worker: of(WORKER_NAME) };
}

/** Makes them, unless they are there. In one rename: an interrupted start leaves no half of them. */
export async function createDoorFiles(home: Pick<StackHome, 'fleetFolder'>): Promise<void> {
  const folder = join(home.fleetFolder, 'certificates');
  if (existsSync(folder)) return;
  const draft = `${folder}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  const authority = await OwnAuthority.create(draft, { validMs: VALID_MS });
  for (const name of [DOOR_NAME, WORKER_NAME]) await authority.sign(name);
  await rename(draft, folder);
}
