import { SCOPES } from '../declaration/drift.js';
import type { AgentState, Now } from './state.js';
import { isPaused } from './repair.js';
import type { ReportName } from './report.js';

/** What is counted since the agent started. */
export interface Counters {
  readonly reports: ReadonlyMap<ReportName, number>;
  /** Milliseconds since 1970 of the last complete scan; null before the first. */
  readonly lastScan: number | null;
  readonly dockerUp: boolean;
  readonly version: string;
}

interface Metric {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  /** Labels and value. */
  readonly samples: readonly (readonly [string, number])[];
}

/** The text format of Prometheus, 0.0.4. */
export function metricsText(state: AgentState, counters: Counters, now: Now): string {
  return metricsOf(state, counters, now)
    .flatMap(({ name, type, help, samples }) => [
      `# HELP dockerctl_${name} ${help}`,
      `# TYPE dockerctl_${name} ${type}`,
      ...samples.map(([labels, value]) => `dockerctl_${name}${labels} ${value}`),
    ])
    .join('\n')
    .concat('\n');
}

function metricsOf(state: AgentState, counters: Counters, now: Now): Metric[] {
  const items = [...state.items.values()];
  const present = items.filter((item) => item.present);
  const count = (name: ReportName): number => counters.reports.get(name) ?? 0;
  const inScope = (scope: string) => present.filter(({ drift }) => drift.scope === scope).length;
  return [
    gauge('build_info', 'The version that runs.', [[`{version="${counters.version}"}`, 1]]),
    gauge(
      'in_sync',
      'Whether everything declared is as declared.',
      SCOPES.map((scope) => [`{scope="${scope}"}`, inScope(scope) === 0 ? 1 : 0]),
    ),
    gauge(
      'drift_items',
      'Things that are not as declared.',
      SCOPES.map((scope) => [`{scope="${scope}"}`, inScope(scope)]),
    ),
    counter('drift_detected_total', 'Departures that were reported.', [
      ['', count('drift-detected')],
    ]),
    counter('repairs_total', 'Repairs by what became of them.', [
      ['{result="applied"}', count('apply-committed')],
      ['{result="failed"}', count('apply-failed')],
      ['{result="rolled-back"}', count('rolled-back')],
      ['{result="rollback-failed"}', count('rollback-failed')],
    ]),
    gauge('pending_restart', 'Things that only a restart of dockerd repairs.', [
      ['', present.filter(({ drift }) => drift.action === 'restart').length],
    ]),
    gauge('fight_suspected', 'Things that somebody else manages too.', [
      ['', items.filter(({ verdict }) => verdict?.kind === 'fight').length],
    ]),
    gauge('repairs_failing', 'Whether repairs of what is adrift fail.', [
      ['', state.failing === null ? 0 : 1],
    ]),
    gauge('paused', 'Whether repairs are paused.', [['', isPaused(state, now) ? 1 : 0]]),
    gauge('transaction_in_flight', 'Whether a repair is under way.', [
      ['', state.busy === 'repair' ? 1 : 0],
    ]),
    gauge('docker_up', 'Whether dockerd runs.', [['', counters.dockerUp ? 1 : 0]]),
    gauge('last_reconcile_timestamp_seconds', 'When everything was looked at last.', [
      ['', (counters.lastScan ?? 0) / 1_000],
    ]),
    counter('reconcile_errors_total', 'Scans that could not be made.', [
      ['{stage="scan"}', count('scan-failed')],
      ['{stage="declaration"}', count('declaration-refused')],
    ]),
  ];
}

function gauge(name: string, help: string, samples: Metric['samples']): Metric {
  return { name, type: 'gauge', help, samples };
}

function counter(name: string, help: string, samples: Metric['samples']): Metric {
  return { name, type: 'counter', help, samples };
}
