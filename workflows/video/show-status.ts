import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import { SEARCH_ATTRIBUTES } from '../../temporal/contract/ids';
import type { Step, VideoStatus } from '../../temporal/contract/steps';

const videoStatus = defineSearchAttributeKey(SEARCH_ATTRIBUTES.videoStatus, 'KEYWORD');
const failedStep = defineSearchAttributeKey(SEARCH_ATTRIBUTES.failedStep, 'KEYWORD');

/** What the list and the page of the workflow show; `details` is for people. */
export function showStatus(status: VideoStatus, details: string = status, step?: Step): void {
  upsertSearchAttributes([
    { key: videoStatus, value: status },
    { key: failedStep, value: step ?? null },
  ]);
  setCurrentDetails(details);
}
