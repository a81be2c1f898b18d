import type { Credentials } from '../home/credentials';
import type { DaemonCommand } from '../processes/daemon';
import type { PortName, Ports } from '../home/ports';
import type { StackHome } from '../home/stack-home';
import type { FoundTools } from '../tools/find-tools';
import type { STACK_TOOLS } from '../tools/tool-table';

export type ServiceName = 'mysql' | 's3' | 'temporal' | 'api' | 'worker' | 'autoscaler' | 'fleet-door';

/** Enough to talk to the services of a stack. */
export interface StackBase {
  home: StackHome;
  ports: Ports;
  /** IPv4 address that API, object store, MySQL and the door to Temporal listen on: loopback, unless the stack serves other machines. */
  host: string;
  credentials: Credentials;
}

/** Enough to start the services of a stack. */
export interface StackContext extends StackBase {
  tools: FoundTools<(typeof STACK_TOOLS)[number]>;
  /** Workers come and go with the backlog. */
  autoscaled: boolean;
}

/** One daemon of the stack. */
export interface Service {
  name: ServiceName;
  ports: readonly PortName[];
  /** Makes what must exist before the first start; does nothing when it exists. */
  prepare?: (stack: StackContext) => Promise<void>;
  command: (stack: StackContext) => DaemonCommand;
  /** Makes what the service has to hold once it works; does nothing when it holds that. */
  setUp?: (stack: StackContext) => Promise<void>;
  /** True when the service does its work; throwing counts as not yet. */
  isReady: (stack: StackBase, pid: number) => Promise<boolean>;
  readyWithinMs: number;
  /** Time between TERM and KILL. */
  stopWithinMs: number;
}
