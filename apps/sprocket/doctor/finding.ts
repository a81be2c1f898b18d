/** What a check of this machine found. */
export interface Finding {
  check: string;
  state: 'ok' | 'warning' | 'fault';
  detail: string;
  /** A sentence that says what to do; null where all is well. */
  mend: string | null;
}

export function ok(check: string, detail: string): Finding {
  return { check, state: 'ok', detail, mend: null };
}

/** Nothing works without it. */
export function fault(check: string, detail: string, mend: string): Finding {
  return { check, state: 'fault', detail, mend };
}

/** Some videos or commands fail because of it. */
export function warning(check: string, detail: string, mend: string): Finding {
  return { check, state: 'warning', detail, mend };
}
