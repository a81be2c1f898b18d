/** Brings packages and build up to date. Costs a few stat calls when nothing changed. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exclusively } from './exclusive.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const HOME = join(ROOT, '.sprocket');
const WORKFLOW_BUNDLE = join(ROOT, 'dist', 'workflow-bundle.js');
const BUILD_SOURCES = [
  'apps',
  'workflows',
  'activities',
  'infra',
  'temporal',
  'bench',
  'packages',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'nest-cli.json',
];

/** The compiled main file of a program, such as `cli`. */
export function programFile(name) {
  return join(ROOT, 'dist', 'apps', name, 'main.js');
}

/** Whether there is a program to run, of whatever age. */
export function isBuilt(program) {
  return existsSync(programFile(program)) && existsSync(join(ROOT, 'node_modules'));
}

/** Installs and builds what is missing or outdated; one set-up of this folder at a time. Ends the process with a sentence when that fails. */
export async function bringUpToDate(program) {
  checkNode();
  mkdirSync(HOME, { recursive: true });
  await exclusively(
    `setup ${ROOT}`,
    () => say('waiting for another set-up of this folder'),
    async () => {
      await installPackages();
      await build(program);
    },
  ).catch(fail);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const wanted = engines.node.replace('>=', '');
  const [wantedMajor, wantedMinor] = wanted.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  fail(new Error(`Node ${wanted} or newer is needed, this is ${process.versions.node}. Install a newer Node and run the command again.`));
}

async function installPackages() {
  if (packagesAreCurrent()) return;
  await step('installing npm packages', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** npm ends every installation with a list of what it installed; packages of other platforms are not on it. */
function packagesAreCurrent() {
  const installed = packagesIn(join(ROOT, 'node_modules', '.package-lock.json'));
  const wanted = Object.entries(packagesIn(join(ROOT, 'package-lock.json'))).filter(([path]) => path !== '');
  return wanted.every(([path, entry]) => entry.optional || installed[path]?.version === entry.version);
}

function packagesIn(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : {};
}

async function build(program) {
  const stamp = join(ROOT, 'dist', '.sprocket-build');
  const wanted = sourcesDigest();
  if (readStamp(stamp) === wanted && existsSync(programFile(program)) && existsSync(WORKFLOW_BUNDLE)) return;
  await step('building', 'npm', ['run', '--silent', 'build']);
  writeFileSync(stamp, wanted);
}

/** Changes whenever a source file is added, removed, resized or written. */
function sourcesDigest() {
  const digest = createHash('sha256');
  for (const path of BUILD_SOURCES) addToDigest(digest, join(ROOT, path));
  return digest.digest('hex');
}

function addToDigest(digest, path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return;
  if (!stats.isDirectory()) {
    digest.update(`${relative(ROOT, path)} ${stats.size} ${stats.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (name !== 'node_modules' && name !== 'dist') addToDigest(digest, join(path, name));
  }
}

function readStamp(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** Runs a command with its output on stderr: stdout belongs to the result of the script. */
async function step(label, command, args) {
  say(label);
  const startedAt = performance.now();
  const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2] });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve(exitCode ?? 1));
  });
  if (code !== 0) throw new Error(`"${label}" failed with exit code ${code}; the lines above say why.`);
  say(`${label}: done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

function say(text) {
  process.stderr.write(`sprocket: ${text}\n`);
}

function fail(error) {
  say(error.message);
  process.exit(1);
}
