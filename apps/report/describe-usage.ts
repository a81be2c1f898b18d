import { totalUsage, type TaskUsage, type UsedAmount } from '../../infra/database/task-reports/task-reports';
import { estimateUse, usageView, type UsageRates } from '../settings/usage-settings';

const HEAD = ['step', 'family', 'tasks', 'attempts', 'CPU s', 'GB in', 'GB out', 'cost', 'Wh'];

/** The report for programs: sums by step and family, and all together. */
export function usageJson(rows: readonly TaskUsage[], rates: UsageRates) {
  return {
    currency: rates.currency,
    total: usageView(rates, totalUsage(rows)),
    steps: rows.map((row) => ({ step: row.taskType, family: row.family, ...usageView(rates, row) })),
  };
}

/** The same as a table for people. */
export function usageTable(rows: readonly TaskUsage[], rates: UsageRates): string {
  const line = (step: string, family: string, used: UsedAmount) => {
    const { cost, energyWattHours } = estimateUse(rates, used);
    return [
      ...[step, family, String(used.tasks), String(used.attempts), (used.cpuMs / 1000).toFixed(1)],
      ...[used.bytesIn, used.bytesOut].map((bytes) => (bytes / 1e9).toFixed(3)),
      cost === null ? '-' : `${cost.toFixed(4)} ${rates.currency}`,
      energyWattHours === null ? '-' : energyWattHours.toFixed(2),
    ];
  };
  const lines = [HEAD, ...rows.map((row) => line(row.taskType, row.family ?? '', row)), line('total', '', totalUsage(rows))];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((cells) => (cells[column] ?? '').length)));
  const padded = (cell: string, column: number) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0));
  return lines.map((cells) => `${cells.map(padded).join('  ').trimEnd()}\n`).join('');
}
