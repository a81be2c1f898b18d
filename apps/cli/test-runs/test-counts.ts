import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** The part of jest's `--json` report that is counted. */
const reportSchema = z.object({
  numPassedTests: z.number().int(),
  numFailedTests: z.number().int(),
  numPendingTests: z.number().int(),
  numTodoTests: z.number().int(),
  /** Files that broke before their first test. */
  numRuntimeErrorTestSuites: z.number().int(),
});

export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
}

export const NO_TESTS: TestCounts = { passed: 0, failed: 0, skipped: 0 };

/** Counts of one jest run. A run that failed without a report is one failure. */
export function readCounts(reportPath: string, exitCode: number): TestCounts {
  const counts = existsSync(reportPath) ? countsOf(JSON.parse(readFileSync(reportPath, 'utf8'))) : NO_TESTS;
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

export function countsOf(report: unknown): TestCounts {
  const parsed = reportSchema.parse(report);
  return {
    passed: parsed.numPassedTests,
    failed: parsed.numFailedTests + parsed.numRuntimeErrorTestSuites,
    skipped: parsed.numPendingTests + parsed.numTodoTests,
  };
}

export function addCounts(left: TestCounts, right: TestCounts): TestCounts {
  return { passed: left.passed + right.passed, failed: left.failed + right.failed, skipped: left.skipped + right.skipped };
}
