import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines, runCommand } from './run-command';

const DPKG_LOCK_WAIT_S = 300;

/** Installs a Debian package; refuses when that would remove another one. Null when it is installed, else the reason why it is not. */
export async function installSystemPackage(name: string): Promise<string | null> {
  if ((await runCommand('apt-get', ['--version'])).exitCode !== 0) return 'There is no apt-get on this machine.';
  const prefix = await rootPrefix();
  if (prefix === null) return 'This user is neither root nor allowed to use sudo without a password.';
  const [file = 'env', ...args] = [
    ...prefix,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '-o',
    `DPkg::Lock::Timeout=${DPKG_LOCK_WAIT_S}`,
  ];
  const update = await runCommand(file, [...args, 'update', '--quiet']);
  const install = await runCommand(file, [...args, 'install', '--yes', '--quiet', '--no-install-recommends', '--no-remove', name]);
  if (install.exitCode === 0) return null;
  return lastLines(update.exitCode === 0 ? install.output : `${update.output}\n${install.output}`);
}

/** Unpacks a Debian package into a folder without installing it. Null when that is done, else the reason why it is not. */
export async function unpackSystemPackage(name: string, folder: string): Promise<string | null> {
  if ((await runCommand('apt-get', ['--version'])).exitCode !== 0) return 'There is no apt-get on this machine.';
  mkdirSync(folder, { recursive: true });
  const download = () => runCommand('env', ['--chdir', folder, 'apt-get', 'download', '--quiet', name]);
  let result = await download();
  const prefix = result.exitCode === 0 ? null : await rootPrefix();
  if (prefix) {
    await runCommand('env', [...prefix, 'apt-get', 'update', '--quiet']);
    result = await download();
  }
  if (result.exitCode !== 0) return lastLines(result.output);
  for (const file of readdirSync(folder).filter((each) => each.endsWith('.deb'))) {
    result = await runCommand('dpkg-deb', ['--extract', join(folder, file), folder]);
    rmSync(join(folder, file));
  }
  return result.exitCode === 0 ? null : lastLines(result.output);
}

/** Installs a Homebrew formula. Null when it is installed, else the reason why it is not. */
export async function installBrewPackage(name: string): Promise<string | null> {
  if ((await runCommand('brew', ['--version'])).exitCode !== 0) return 'There is no Homebrew on this machine.';
  const install = await runCommand('brew', ['install', '--quiet', name]);
  return install.exitCode === 0 ? null : lastLines(install.output);
}

async function rootPrefix(): Promise<string[] | null> {
  if (process.getuid?.() === 0) return [];
  return (await runCommand('sudo', ['--non-interactive', 'true'])).exitCode === 0 ? ['sudo', '--non-interactive'] : null;
}
