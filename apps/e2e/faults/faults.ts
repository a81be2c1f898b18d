import type { Fault } from './fault';
import { PROCESS_FAULTS } from './process-faults';
import { MACHINE_FAULTS } from './machine-faults';
import { STORAGE_FAULTS } from './storage-faults';
import { SERVICE_FAULTS } from './service-faults';

/** The matrix, in the order of its table. */
export const FAULTS: readonly Fault[] = [...PROCESS_FAULTS, ...SERVICE_FAULTS, ...STORAGE_FAULTS, ...MACHINE_FAULTS];
