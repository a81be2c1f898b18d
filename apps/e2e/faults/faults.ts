import type { Fault } from './fault';
import { DRM_FAULTS } from './rows/drm-faults';
import { FAMILY_FAULTS } from './rows/family-faults';
import { PROCESS_FAULTS } from './rows/process-faults';
import { INGEST_FAULTS } from './rows/ingest-faults';
import { MACHINE_FAULTS } from './rows/machine-faults';
import { VIEWER_FAULTS } from './rows/viewer-faults';
import { WEBHOOK_FAULTS } from './rows/webhook-faults';
import { STORAGE_FAULTS } from './rows/storage-faults';
import { SERVICE_FAULTS } from './rows/service-faults';
import { SICK_WORKER_FAULTS } from './rows/sick-worker-faults';

/** The matrix, in the order of its table. */
export const FAULTS: readonly Fault[] = [
  ...PROCESS_FAULTS,
  ...FAMILY_FAULTS,
  ...DRM_FAULTS,
  ...SICK_WORKER_FAULTS,
  ...SERVICE_FAULTS,
  ...STORAGE_FAULTS,
  ...VIEWER_FAULTS,
  ...WEBHOOK_FAULTS,
  ...INGEST_FAULTS,
  ...MACHINE_FAULTS,
];
