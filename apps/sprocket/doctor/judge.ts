import { isLargeEnough } from '../../../infra/machine/recommend-slots';
import type { Machine } from '../../../infra/machine/machine';
import { GIB } from '../../../temporal/contract/units';
import { fault, ok, warning, type Finding } from './finding';

/** Below this, a film of two hours does not fit beside others. */
const SCRATCH_ADVISED_BYTES = 20 * GIB;

/** Node by its version, such as `20.19.4`; `engine` is the range of package.json, such as `>=20.19`. */
export function judgeNode(version: string, engine: string): Finding {
  const wanted = engine.replace('>=', '');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return ok('node', version);
  return fault('node', version, `Install Node ${wanted} or newer.`);
}

/** Memory and disk of this machine. */
export function judgeMachine(machine: Machine): Finding[] {
  const gib = (bytes: number) => `${(bytes / GIB).toFixed(1)} GiB`;
  const disk = `${gib(machine.scratchBytes)} free`;
  const memory = `${gib(machine.memoryBytes)}, ${Number(machine.cores.toFixed(2))} cores`;
  return [
    machine.scratchBytes < SCRATCH_ADVISED_BYTES
      ? warning('disk', disk, `Free space on the disk of the scratch folder: ${gib(SCRATCH_ADVISED_BYTES)} hold a film beside others.`)
      : ok('disk', disk),
    isLargeEnough(machine)
      ? ok('memory', memory)
      : warning('memory', memory, 'Sources of 2160p may fail here; add memory or disk, or run those workers on another machine.'),
  ];
}

/** The wanted port of a service of the embedded stack: free, or held by the stack itself. */
export function judgePort(name: string, port: number, { isFree, isOurs }: { isFree: boolean; isOurs: boolean }): Finding {
  const check = `port ${port}`;
  if (isOurs) return ok(check, `${name} of the embedded stack`);
  if (isFree) return ok(check, `free for ${name}`);
  return warning(check, 'another program listens there', `The embedded stack takes another port for ${name}; "npm run status" names it.`);
}

const DEPENDENCY_NAMES: Readonly<Record<string, string>> = { mysql: 'MySQL', object_store: 'the object store', temporal: 'Temporal' };

/** What `GET /health/ready` says of the dependencies of the API. */
export function judgeDependencies(checks: Readonly<Record<string, string>>): Finding[] {
  return Object.entries(checks).map(([name, state]) => {
    const check = DEPENDENCY_NAMES[name] ?? name;
    if (state === 'up') return ok(check, 'answers the API');
    if (state === 'preparing') return warning(check, 'the API is preparing it', 'Wait a moment and run this again.');
    return fault(check, 'does not answer the API', `Start ${check}, or correct its address in the settings of the API; its log says why.`);
  });
}
