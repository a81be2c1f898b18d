import { spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { signal } from '../../../infra/stack/processes/daemon';

/** Names of network devices have 15 characters at most (IFNAMSIZ). */
const PREFIX = 'spr';

/** Why this machine cannot play hosts of its own, or null. */
export function networkObstacle(): string | null {
  try {
    FleetNetwork.open().close();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** A network of this machine alone: a bridge with an address of the range for tests (RFC 2544 C.2.2), and hosts in network namespaces. */
export class FleetNetwork {
  private readonly hosts: FleetHost[] = [];

  private constructor(
    private readonly bridge: string,
    private readonly subnet: string,
  ) {}

  /** Throws when this user may not make network devices or namespaces. */
  static open(): FleetNetwork {
    const id = randomInt(250);
    const network = new FleetNetwork(`${PREFIX}-${process.pid}`, `198.18.${id}`);
    try {
      network.build();
      return network;
    } catch (error) {
      network.close();
      throw error;
    }
  }

  /** Address of the machine of the stack in this network. */
  get address(): string {
    return `${this.subnet}.1`;
  }

  /** A host with a name, an address and, where it is given, a link of `mbit` megabits a second from the stack to it and back. */
  addHost(name: string, { mbit }: { mbit?: number } = {}): FleetHost {
    const number = this.hosts.length + 2;
    const host = new FleetHost(name, `${PREFIX}-${process.pid}-${number}`);
    this.hosts.push(host);
    const { namespace: ns } = host;
    run('ip', 'netns', 'add', ns);
    run('ip', 'link', 'add', ns, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', ns);
    run('ip', 'link', 'set', ns, 'master', this.bridge, 'up');
    run('ip', '-n', ns, 'addr', 'add', `${this.subnet}.${number}/24`, 'dev', 'eth0');
    for (const device of ['lo', 'eth0']) run('ip', '-n', ns, 'link', 'set', device, 'up');
    if (mbit === undefined) return host;
    const limit = ['root', 'tbf', 'rate', `${mbit}mbit`, 'burst', '64kb', 'latency', '400ms'];
    run('tc', 'qdisc', 'add', 'dev', ns, ...limit);
    run('ip', 'netns', 'exec', ns, 'tc', 'qdisc', 'add', 'dev', 'eth0', ...limit);
    return host;
  }

  /** Ends what runs on the hosts and removes everything. */
  close(): void {
    for (const host of this.hosts.splice(0)) host.remove();
    spawnSync('ip', ['link', 'delete', this.bridge]);
  }

  private build(): void {
    run('ip', 'link', 'add', this.bridge, 'type', 'bridge');
    run('ip', 'addr', 'add', `${this.address}/24`, 'dev', this.bridge);
    run('ip', 'link', 'set', this.bridge, 'up');
    this.addHost('probe').remove();
    this.hosts.pop();
  }
}

/** A machine of a test: own name, own address, own processes. */
export class FleetHost {
  constructor(
    readonly name: string,
    readonly namespace: string,
  ) {}

  /** Starts a program on the host and does not wait for it. */
  start(file: string, args: readonly string[], environment: Record<string, string>): void {
    const inside = ['netns', 'exec', this.namespace, 'unshare', '--uts', 'sh', '-c', 'hostname "$0" && exec "$@"', this.name];
    spawn('ip', [...inside, file, ...args], { env: { ...process.env, ...environment }, stdio: 'ignore' });
  }

  cutLink(): void {
    run('ip', 'link', 'set', this.namespace, 'down');
  }

  restoreLink(): void {
    run('ip', 'link', 'set', this.namespace, 'up');
  }

  /** Gone for good, without a word to its peers. */
  vanish(): void {
    this.cutLink();
    this.killAll();
  }

  remove(): void {
    this.killAll();
    spawnSync('ip', ['link', 'delete', this.namespace]);
    spawnSync('ip', ['netns', 'delete', this.namespace]);
  }

  private killAll(): void {
    const { stdout } = spawnSync('ip', ['netns', 'pids', this.namespace], { encoding: 'utf8' });
    for (const pid of stdout.split('\n').filter(Boolean)) signal(Number(pid), 'SIGKILL');
  }
}

function run(file: string, ...args: string[]): void {
  const { status, stderr, error } = spawnSync(file, args, { encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`this user may not make a network of hosts (${file} ${args.join(' ')}: ${error?.message ?? stderr.trim()})`);
}
