import type { AgentState } from '../core/agent/state.js';
import type { AgentReport, ReportName } from '../core/agent/report.js';
import { agentStatusOf } from '../core/agent/agent-status.js';
import type { Host } from '../host/host.js';
import { programDigest } from '../system/machine/agent-status-file.js';
import { nowOf } from './clock.js';
import type { PublishedState } from './publisher.js';
import { createReporter, type Emit } from './reporter.js';
import type { Seen } from './observer.js';

export interface TelemetryOptions {
  readonly emit: Emit;
  /** Called after every scan and repair. */
  readonly publish: (state: PublishedState) => void;
}

/** What status and metrics are computed from. */
export interface Knowledge {
  readonly state: AgentState;
  readonly last: Seen | null;
  /** Why a newer declaration is not in force. */
  readonly refused: string | null;
  readonly textfile: string | null;
}

/** Reports of what happens, and status and metrics of how things are. */
export interface Telemetry {
  readonly report: (report: AgentReport) => Promise<void>;
  /** Says that the kernel does not tell of changes, or does again (null), where that is news. */
  readonly watching: (trouble: string | null) => Promise<void>;
  publish(knowledge: Knowledge): void;
}

export function createTelemetry(host: Host, { emit, publish }: TelemetryOptions): Telemetry {
  const tell = createReporter(host, emit);
  const counts = new Map<ReportName, number>();
  let degraded: string | null = null;
  const program = programDigest(host, host.self.command.at(-1) ?? '');
  const report = async (said: AgentReport) => {
    counts.set(said.name, (counts.get(said.name) ?? 0) + 1);
    await tell(said);
  };
  return {
    report,
    watching: async (trouble) => {
      const news = (trouble === null) !== (degraded === null);
      degraded = trouble;
      if (!news) return;
      const name = trouble === null ? 'watching-restored' : 'watching-degraded';
      await report({ name, drift: null, reason: trouble ?? 'the kernel tells of changes again' });
    },
    publish({ state, last, refused, textfile }) {
      const { pid, version } = host.self;
      const lastScan = last?.at ?? null;
      const now = nowOf(host);
      const dockerUp = last?.situation.daemon.observed.state === 'running';
      publish({
        state,
        counters: { reports: counts, lastScan, dockerUp, version },
        now,
        status: agentStatusOf(state, { pid, version, program, lastScan, refused, degraded }, now),
        textfile,
      });
    },
  };
}
