import type { AgentReport, ReportName } from './report.js';

/** Of one kind, after one scan. Each is a process that writes to the journal, and a repair waits for them. */
const MOST = 20;

/** What a scan has to tell, with the first of each kind alone where a whole folder is gone, and how many more there are. */
export function boundedReports(reports: readonly AgentReport[]): readonly AgentReport[] {
  return [...new Set(reports.map(({ name }) => name))].flatMap((name) => {
    const all = reports.filter((report) => report.name === name);
    const more = all.length - MOST;
    return more <= 1
      ? all
      : [...all.slice(0, MOST), { name, drift: null, reason: rest(name, more) }];
  });
}

const rest = (name: ReportName, more: number): string =>
  name === 'drift-resolved'
    ? `and ${more} more`
    : `and ${more} more things, which \`dockerctl drift\` lists`;
