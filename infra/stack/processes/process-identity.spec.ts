import { identify, isSameProcess, parseProcStat } from './process-identity';

const STAT = '4242 (we (ird) name) S 1 4242 4242 0 -1 4194560 1 0 0 0 12 3 0 0 20 0 11 0 987654 1 2 3';

describe('parseProcStat', () => {
  it('reads the start time behind a name with blanks and parentheses', () => {
    expect(parseProcStat(STAT)).toBe('987654');
  });

  it('takes a zombie for gone', () => {
    expect(parseProcStat(STAT.replace(') S ', ') Z '))).toBeNull();
  });
});

describe('isSameProcess', () => {
  it('knows this process', () => {
    const self = identify(process.pid);
    expect(self).not.toBeNull();
    expect(self && isSameProcess(self)).toBe(true);
  });

  it('refuses a process that took over the pid', () => {
    expect(isSameProcess({ pid: process.pid, startId: 'another' })).toBe(false);
  });
});
