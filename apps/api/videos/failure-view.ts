import { FAILURES, type FailureType } from '../../../temporal/contract/failures';

/** A failure as users see it; `otherwise` stands for what its row does not tell, and for a type of another release. */
export function failureView(
  row: { failureType: string | null; errorMessage: string | null },
  otherwise: { message: string; advice: string },
): { code: string; message: string; advice: string } {
  const rule = FAILURES[row.failureType as FailureType] as (typeof FAILURES)[FailureType] | undefined;
  return {
    code: row.failureType ?? 'Unknown',
    message: row.errorMessage ?? otherwise.message,
    advice: rule?.advice ?? otherwise.advice,
  };
}
