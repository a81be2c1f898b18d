/** What a problem answer says besides its sentence. */
export interface ProblemOptions {
  headers?: Record<string, string>;
  /** Extension members of RFC 9457 3.2. */
  extensions?: Record<string, unknown>;
}

const TITLES: Record<number, string> = {
  400: 'Malformed request',
  401: 'Not authenticated',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition failed',
  413: 'Too large',
  415: 'Unsupported media type',
  416: 'Range not satisfiable',
  421: 'Misdirected request',
  422: 'Not processable',
  429: 'Too many requests',
  500: 'Internal error',
  502: 'Bad gateway',
  503: 'Temporarily unavailable',
};

/** An answer of the API that is no success. `detail` is shown to the caller: it names no path, key or signed URL. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    /** Stable and machine-readable, in PascalCase. */
    readonly code: string,
    readonly detail: string,
    readonly options: ProblemOptions = {},
  ) {
    super(detail);
  }
}

/** The body of `application/problem+json` (RFC 9457 3.1) with the project's `code` and `error_id`. */
export function problemBody(problem: Problem, errorId: string): Record<string, unknown> {
  return {
    type: `urn:sprocket:problem:${problem.code}`,
    title: TITLES[problem.status] ?? 'Error',
    status: problem.status,
    detail: problem.detail,
    code: problem.code,
    error_id: errorId,
    ...problem.options.extensions,
  };
}

export function videoNotFound(): Problem {
  return new Problem(404, 'VideoNotFound', 'There is no video with this id.');
}
