import { ConfigError } from '../settings/config-error';
import { usageJson, usageTable } from './describe-usage';
import { parseReportArguments } from './report-arguments';

const NOW = new Date('2026-11-27T12:00:00Z');
const RATES = { perCpuHour: 0.05, perGb: 0.01, currency: 'EUR', wattsPerCore: 8 };
const ROWS = [
  { taskType: 'probe', family: null, tasks: 1, attempts: 1, cpuMs: 500, bytesIn: 2e9, bytesOut: 0 },
  { taskType: 'transcode', family: 'h264', tasks: 10, attempts: 12, cpuMs: 3_600_000, bytesIn: 2e9, bytesOut: 1e9 },
] as const;

it('prints a table with a total', () => {
  expect(usageTable(ROWS, RATES)).toBe(
    [
      'step       family  tasks  attempts   CPU s  GB in  GB out        cost    Wh',
      'probe                  1         1     0.5  2.000   0.000  0.0200 EUR  0.00',
      'transcode  h264       10        12  3600.0  2.000   1.000  0.0800 EUR  8.00',
      'total                 11        13  3600.5  4.000   1.000  0.1000 EUR  8.00',
      '',
    ].join('\n'),
  );
});

it('says the same to programs', () => {
  expect(usageJson(ROWS, { ...RATES, perCpuHour: null })).toMatchObject({
    currency: 'EUR',
    total: { attempts: 13, cpu_seconds: 3_600.5, estimated_cost: null, estimated_energy_watt_hours: 8.001111 },
    steps: [
      { step: 'probe', family: null },
      { step: 'transcode', family: 'h264', bytes_out: 1e9 },
    ],
  });
});

it('counts days from midnight UTC', () => {
  expect(parseReportArguments(['--since', '2026-11-01', '--json'], NOW)).toEqual({
    since: new Date('2026-11-01'),
    until: NOW,
    isJson: true,
  });
});

it.each([[[]], [['--since', 'yesterday']], [['--since', '2026-12-01']], [['--since', '2026-11-01', '--all']]])('refuses %j', (args) => {
  expect(() => parseReportArguments(args, NOW)).toThrow(ConfigError);
});
