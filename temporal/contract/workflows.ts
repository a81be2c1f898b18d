import type { PlanRef, RunRef } from './activities';
import type { CodecFamily } from './plan';
import type { Priority } from './steps';

export interface ProcessVideoInput extends RunRef {
  creatorId: string;
  priority: Priority;
}

export interface ProcessVideoResult {
  status: 'ready';
  warnings: number;
}

export interface CleanUpInput {
  videoId: string;
}

export interface TranscodeFamilyInput extends PlanRef {
  family: CodecFamily;
  chunkCount: number;
}
