import { desiredDrifts } from '../../core/declaration/desired.js';
import { REMEDIES } from '../../core/dockerd/config/pending.js';
import { statusOf } from '../../core/pki/authority/entry.js';
import type { Report } from '../../core/report/report-data.js';
import { redactValue } from '../../core/text/redact.js';
import { historyLine } from '../../core/transaction/history.js';
import type { ListedTrust } from '../../core/trust/consumers/listing.js';
import type { Context } from '../../app/context/command.js';
import { authorityFolder, hasAuthority, openAuthority } from '../../system/authority/authority.js';
import { readHistory } from '../../system/history/history.js';
import { readDeclaration } from '../../system/machine/declaration.js';
import { hasDeclaration } from '../../system/machine/declaration-files.js';
import { observeSituation } from '../../system/machine/situation.js';
import { readStatus } from '../screen/read-status.js';
import type { StatusData, StatusPart } from '../screen/status-data.js';

const MOST_CHANGES = 50;

/** This machine as a report: secrets masked, what could not be read named. Asks no registry. */
export async function readMachine(context: Context): Promise<Report> {
  const { host } = context;
  const status = await readStatus(context);
  const { findings, registries, settings, agent, pause, daemon } = status;
  const trusted = valueOf(registries, []);
  const at = (time: number | null) => (time === null ? null : new Date(time).toISOString());
  const seen = valueOf(findings, { list: [], unseen: [], asRoot: false, filesOnly: false });
  const running = valueOf(agent, null);
  return redactValue({
    kind: 'dockerctl-report',
    format: 1,
    host: host.self.hostname,
    madeAt: new Date(host.clock.now()).toISOString(),
    version: host.self.version,
    dockerd: daemonOf(daemon),
    findings: [...seen.list],
    unseen: [...seen.unseen, ...faultsOf(status)],
    settings: valueOf(settings, []).map(({ key, value, source, from, pending }) => ({
      ...{ key, value, source, from },
      pending: pending && { value: pending.value, remedy: REMEDIES[pending.remedy] },
    })),
    registries: trusted.map((one) => ({ ...one, by: [...one.by] })),
    certificates: [...ours(context), ...theirs(trusted, host.clock.now())],
    history: [...readHistory(host)].slice(0, MOST_CHANGES).map((generation) => {
      const { files, ...line } = historyLine(generation);
      return { ...line, files: [...files] };
    }),
    drift: await driftOf(context),
    agent: {
      runs: running !== null,
      lastScan: at(running?.lastScan ?? null),
      paused: pause && { by: pause.by, reason: pause.reason, until: at(pause.until) },
    },
  } satisfies Report);
}

function valueOf<Value>(part: StatusPart<Value>, otherwise: Value): Value {
  return part.ok ? part.value : otherwise;
}

function faultsOf(status: StatusData): string[] {
  const parts = [status.findings, status.settings, status.registries, status.certificates];
  const faults = [...parts, status.adrift, status.agent].flatMap((part) =>
    part.ok ? [] : [part.error],
  );
  return [...new Set(faults)];
}

function daemonOf(daemon: StatusData['daemon']): Report['dockerd'] {
  if ('error' in daemon) return { ...UNKNOWN, manager: daemon.error };
  const { state, version, manager, containers, answers, liveRestore, config, starts } = daemon;
  const counted = answers ? containers : null;
  return { state, version, manager, containers: counted, liveRestore, config, starts };
}

const UNKNOWN = {
  ...{ state: 'unknown', version: null, containers: null, liveRestore: null },
  ...{ config: '', starts: null },
} as const;

/** A store that cannot be read is told among what could not be looked at. */
function ours({ host }: Context): Report['certificates'] {
  const folder = authorityFolder(host, undefined);
  try {
    if (!hasAuthority(host, folder)) return [];
    const { entries, revoked, root } = openAuthority(host, folder);
    const now = host.clock.now();
    const iso = (time: number) => new Date(time).toISOString();
    const issued = entries
      .filter(({ place }) => place === 'current')
      .map((entry) => ({
        ...{ name: entry.name, kind: 'issued' as const, status: statusOf(entry, { revoked, now }) },
        ...{ notBefore: iso(entry.notBefore), notAfter: iso(entry.notAfter) },
      }));
    const { notBefore, notAfter } = root;
    const status = now > notAfter ? 'expired' : 'valid';
    const authority = { name: 'authority of this machine', kind: 'authority' as const, status };
    return [{ ...authority, notBefore: iso(notBefore), notAfter: iso(notAfter) }, ...issued];
  } catch {
    return [];
  }
}

/** A row for each registry, by the first end of what is trusted for it. */
function theirs(trusted: readonly ListedTrust[], now: number): Report['certificates'] {
  const ends = new Map<string, string>();
  for (const { registry, until } of trusted)
    if (until !== null && until < (ends.get(registry) ?? '9999')) ends.set(registry, until);
  return [...ends].map(([name, until]) => {
    const notAfter = `${until}T00:00:00.000Z`;
    const status = Date.parse(notAfter) < now ? 'expired' : 'valid';
    return { name: `for ${name}`, kind: 'trusted', notBefore: null, notAfter, status };
  });
}

async function driftOf({ host, options }: Context): Promise<Report['drift']> {
  if (!hasDeclaration(host)) return null;
  const situation = await observeSituation(host, readDeclaration(host, null), options);
  return desiredDrifts(situation).map(({ finding: { fix, ...finding }, beyondRepair }) => ({
    ...finding,
    fixable: fix !== undefined || !beyondRepair,
  }));
}
