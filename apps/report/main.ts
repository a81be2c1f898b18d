import { createDatabase } from '../../infra/database/database';
import { TaskReports } from '../../infra/database/task-reports/task-reports';
import { runProgram } from '../run-program';
import { usageJson, usageTable } from './describe-usage';
import { parseReportArguments, USAGE } from './report-arguments';
import { parseReportConfig } from './report-settings';

/** Prints what the tasks of all videos have used that ended within a time. */
async function main(): Promise<void> {
  const { since, until, isJson } = parseReportArguments(process.argv.slice(2), new Date());
  const { database, rates } = parseReportConfig(process.env);
  const db = createDatabase(database);
  try {
    const rows = await new TaskReports(db).ofTime({ since, until });
    const report = { since: since.toISOString(), until: until.toISOString(), ...usageJson(rows, rates) };
    process.stdout.write(isJson ? `${JSON.stringify(report)}\n` : usageTable(rows, rates));
  } finally {
    await db.destroy();
  }
}

runProgram(main, USAGE);
