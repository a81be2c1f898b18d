import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { holdExclusively } from '../setup/hold-exclusively';
import { projectRoot } from '../setup/project-root';
import { isInstalled, openPythonFolder, stackPackages, testPackages } from './python-tools';
import { runCommand } from './run-command';
import { installBrewPackage, installSystemPackage, unpackSystemPackage } from './system-packages';
import { ToolMissingError } from './tool-missing-error';
import { TOOLS, type ToolName, type ToolSource, type ToolSpec } from './tool-table';
import { parseVersion, suffices } from './tool-version';

interface FoundTool {
  path: string;
  /** The hash of what is no program. */
  version: string;
}

export type FoundTools<Name extends ToolName> = Record<Name, FoundTool>;

export interface ToolSearch {
  /** Folder for installed tools. */
  folder: string;
  environment: NodeJS.ProcessEnv;
  say: (text: string) => void;
}

/** Servers live in sbin folders, which are not on every user's PATH. */
const EXTRA_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin', '/opt/homebrew/sbin'];

/**
 * Finds every named tool, or installs it: environment variable, then PATH, then the pinned package.
 * Throws {@link ToolMissingError} with a sentence that says what to do.
 */
export async function findTools<Name extends ToolName>(names: readonly Name[], search: ToolSearch): Promise<FoundTools<Name>> {
  const present = await Promise.all(names.map((name) => findPresent(name, search)));
  const found: Partial<FoundTools<Name>> = {};
  for (const [index, name] of names.entries()) {
    found[name] = present[index] ?? (await installTool(name, search));
  }
  return found as FoundTools<Name>;
}

/** The named tool where it is here already; null where it would have to be installed. Throws {@link ToolMissingError} for a variable that names none. */
export async function lookForTool(name: ToolName, search: ToolSearch): Promise<FoundTool | null> {
  const spec: ToolSpec = TOOLS[name];
  const present = await findPresent(name, search);
  const isOfPython = spec.source.kind === 'python-script' || spec.source.kind === 'python-data';
  if (present || (isOfPython && !isInstalled(stackPackages(search.folder)))) return present;
  const path = await installedPath(spec, search);
  return path !== null && existsSync(path) ? inspect(spec, path) : null;
}

/** One process installs at a time; the next one finds what the first installed. */
function installTool(name: ToolName, search: ToolSearch): Promise<FoundTool> {
  return holdExclusively(
    `tools ${search.folder}`,
    () => search.say('waiting for another installation'),
    () => installedTool(name, search),
  );
}

async function findPresent(name: ToolName, search: ToolSearch): Promise<FoundTool | null> {
  const spec: ToolSpec = TOOLS[name];
  const named = search.environment[spec.variable];
  if (named) {
    const tool = await inspect(spec, named);
    if (tool) return tool;
    throw new ToolMissingError(`${spec.variable} names no ${wantedOf(spec, name)}. Correct it or unset it.`);
  }
  for (const path of candidates(spec, search.environment)) {
    const tool = await inspect(spec, path);
    if (tool) return tool;
  }
  return null;
}

function candidates(spec: ToolSpec, environment: NodeJS.ProcessEnv): string[] {
  if ('sha256' in spec) return [];
  const folders = [...(environment['PATH'] ?? '').split(delimiter).filter(Boolean), ...EXTRA_FOLDERS];
  const paths = spec.commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...new Set(paths)].filter(isExecutableFile);
}

async function installedTool(name: ToolName, search: ToolSearch): Promise<FoundTool> {
  const spec: ToolSpec = TOOLS[name];
  const problem = await install(spec.source, name, search);
  const path = await installedPath(spec, search);
  const tool = path === null ? null : await inspect(spec, path);
  if (tool) return tool;
  const reason = problem ?? 'What was installed does not run on this machine.';
  throw new ToolMissingError(
    `${wantedOf(spec, name)} is needed and could not be installed. Install it${packageHint(spec.source)} or name it in ${spec.variable}.\n${reason}`,
  );
}

/** Null, or the reason why the package could not be installed. */
async function install(source: ToolSource, name: ToolName, search: ToolSearch): Promise<string | null> {
  if (source.kind !== 'system' && source.kind !== 'unpacked') return null;
  search.say(`installing ${name}`);
  if (process.platform === 'darwin') return installBrewPackage(source.brew);
  if (source.kind === 'system') return installSystemPackage(source.apt);
  const folder = unpackedFolder(source.apt, search);
  return existsSync(join(folder, source.file)) ? null : unpackSystemPackage(source.apt, folder);
}

async function installedPath(spec: ToolSpec, search: ToolSearch): Promise<string | null> {
  const { source } = spec;
  if (source.kind === 'system') return candidates(spec, search.environment)[0] ?? null;
  if (source.kind === 'unpacked') {
    return process.platform === 'darwin'
      ? (candidates(spec, search.environment)[0] ?? null)
      : join(unpackedFolder(source.apt, search), source.file);
  }
  if (source.kind === 'npm') {
    const file = source.files[`${process.platform}-${process.arch}`];
    return file === undefined ? null : join(projectRoot(), 'node_modules', source.folder, file);
  }
  const isOfTests = source.kind === 'python-script' && source.packages === 'tests';
  const python = isOfTests
    ? await openPythonFolder(testPackages(search.folder), 'installing tools of the tests', search.say)
    : await openPythonFolder(stackPackages(search.folder), 'installing media tools and servers', search.say);
  if (source.kind === 'python-script') return join(python.scripts, source.script);
  const folder = join(python.sitePackages, source.folder);
  const file = readdirSync(folder).find((name) => source.file.test(name));
  return file === undefined ? null : join(folder, file);
}

function unpackedFolder(apt: string, { folder }: ToolSearch): string {
  return join(folder, 'packages', apt);
}

/** The tool at this path when it runs here and suffices, or is the very file. */
async function inspect(spec: ToolSpec, path: string): Promise<FoundTool | null> {
  if ('sha256' in spec) return hashOf(path) === spec.sha256 ? { path, version: spec.sha256 } : null;
  const { exitCode, output } = await runCommand(path, spec.versionArgs);
  const version = parseVersion(spec, output);
  return exitCode === 0 && version !== null && suffices(spec, output) ? { path, version } : null;
}

function hashOf(path: string): string | null {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return null;
  }
}

function wantedOf(spec: ToolSpec, name: ToolName): string {
  return 'sha256' in spec ? `${name} with the SHA-256 ${spec.sha256}` : `${name} ${spec.minimum.join('.')} or newer`;
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function packageHint(source: ToolSource): string {
  return source.kind === 'system' || source.kind === 'unpacked' ? ` (Debian package ${source.apt}, Homebrew ${source.brew})` : '';
}
