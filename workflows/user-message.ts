import { ActivityFailure, ApplicationFailure, ChildWorkflowFailure } from '@temporalio/workflow';

/** The innermost application failure: it holds the type and the sentence meant for the user. */
export function userMessage(error: unknown): { type: string; message: string } {
  let current = error;
  while ((current instanceof ActivityFailure || current instanceof ChildWorkflowFailure) && current.cause) {
    current = current.cause;
  }
  if (current instanceof ApplicationFailure) return { type: current.type ?? 'EncodeFailed', message: current.message };
  return { type: 'EncodeFailed', message: 'The step did not finish: its workers stopped answering.' };
}
