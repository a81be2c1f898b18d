import { addCounts, countsOf, NO_TESTS, readCounts } from './test-counts';

describe('test counts', () => {
  it('counts a file that broke before its first test as a failure', () => {
    const report = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, numRuntimeErrorTestSuites: 1 };
    expect(countsOf(report)).toEqual({ passed: 3, failed: 2, skipped: 3 });
  });

  it('counts a run without a report as a failure', () => {
    expect(readCounts('/nonexistent/report.json', 1)).toEqual({ ...NO_TESTS, failed: 1 });
  });

  it('adds up', () => {
    expect(addCounts({ passed: 1, failed: 2, skipped: 3 }, { passed: 4, failed: 5, skipped: 6 })).toEqual({
      passed: 5,
      failed: 7,
      skipped: 9,
    });
  });
});
