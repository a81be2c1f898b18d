/** The body of a refusal: a problem document (RFC 9457 3.1) with the service's `code` and `error_id`. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  /** A sentence that says what to do. */
  detail: string;
  /** Stable and machine-readable, such as `VideoNotFound`. */
  code: string;
  /** Quoted in a report of a problem: the log of the API has it. */
  error_id: string;
  /** Extension members (RFC 9457 3.2), such as `missing_parts`. */
  [extension: string]: unknown;
}

/** The API refused a call. The message is its own sentence. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    /** Status code of HTTP. */
    readonly status: number,
    readonly problem: ProblemDocument,
  ) {
    super(problem.detail || problem.title);
  }

  get code(): string {
    return this.problem.code;
  }
}

/** The API gave no answer in time. The cause says why. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';

  constructor(url: string, cause: unknown) {
    super(`The API at ${new URL(url).origin} does not answer. Check its address, and that it runs.`, { cause });
  }
}

/** The refusal in an answer. A proxy in between may answer without a problem document. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const text = await response.text().catch(() => '');
  const unnamed = {
    ...{ type: 'about:blank', title: response.statusText || 'Refused', status: response.status },
    ...{ detail: `The API answered ${response.status} and gave no reason.`, code: 'Unknown', error_id: '' },
  };
  return new ProblemError(response.status, { ...unnamed, ...objectIn(text) });
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
