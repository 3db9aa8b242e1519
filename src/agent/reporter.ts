import { journalFields, messageOf } from '../core/agent/journal-fields.js';
import type { AgentReport } from '../core/agent/report.js';
import type { Host } from '../host/host.js';
import { namePackages } from '../system/machine/package-owner.js';
import { readText } from '../system/systemd/process.js';

/** One line of stdout: an object for programs, a text for people. */
export type Emit = (value: unknown, text: string) => void;

/** Tells the journal, with all fields, where a service manager started us; else, and where it cannot be told, stdout. */
export function createReporter(host: Host, emit: Emit): (report: AgentReport) => Promise<void> {
  const inJournal = host.self.env.JOURNAL_STREAM !== undefined;
  const sender = inJournal ? senderOf(host) : {};
  return async (said) => {
    const report = await withPackage(host, said);
    const fields = journalFields(report);
    if (inJournal && (await toJournal(host, { ...fields, ...sender }))) return;
    const time = new Date(host.clock.now()).toISOString();
    emit({ time, ...fields }, inJournal ? JSON.stringify(fields) : `${time} ${messageOf(report)}`);
  };
}

/** Looked up once a message and not at every scan. */
async function withPackage(host: Host, report: AgentReport): Promise<AgentReport> {
  if (report.name !== 'drift-detected' || report.drift === null) return report;
  const [finding = report.drift.finding] = await namePackages(host, [report.drift.finding]);
  return { ...report, reason: finding.message };
}

/** `logger`, and at boot we too, may be gone before journald has looked whose message it is (journalctl -u). */
function senderOf(host: Host): Readonly<Record<string, string>> {
  const unit = /\/([^/\n]+\.service)$/m.exec(readText(host, '/proc/self/cgroup') ?? '')?.[1];
  return { OBJECT_PID: String(host.self.pid), ...(unit && { OBJECT_SYSTEMD_UNIT: unit }) };
}

/** util-linux has --journald, busybox has not; custom fields reach the journal no other way without a library. */
async function toJournal(host: Host, fields: Readonly<Record<string, string>>): Promise<boolean> {
  const input = Object.entries(fields).map(([name, value]) => `${name}=${value}\n`);
  try {
    const { status } = await host.exec.run(['logger', '--journald'], {
      input: input.join(''),
      timeoutMs: 5_000,
    });
    return status === 0;
  } catch {
    return false;
  }
}
