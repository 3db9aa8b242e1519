import { effectiveConfig, type EffectiveValue } from '../../core/dockerd/config/effective.js';
import { readDaemonFile } from '../../core/dockerd/config/file.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { AgentStatus } from '../../core/agent/agent-status.js';
import { statusOf } from '../../core/pki/authority/entry.js';
import { renewalTime } from '../../core/pki/authority/renewal.js';
import { dayOf } from '../../core/pki/x509/validity.js';
import { printable } from '../../core/text/printable.js';
import type { Trusted } from '../../core/trust/consumers/listing.js';
import { isDockerctlError } from '../../errors.js';
import { authorityFolder, hasAuthority, openAuthority } from '../../system/authority/authority.js';
import { hasDeclaration } from '../../system/machine/declaration-files.js';
import { readHistory } from '../../system/history/history.js';
import { readJournal } from '../../system/history/journal.js';
import { observeDaemon } from '../../system/dockerd/observe.js';
import { refuseToSayNone } from '../../system/history/state-access.js';
import { readAgentStatus } from '../../system/machine/agent-status-file.js';
import type { Host } from '../../host/host.js';
import { defineCommand, type Context, type Style } from '../../app/context/command.js';
import { daemonStatus, renderDaemonStatus, type DaemonStatus } from '../daemon/daemon-status.js';
import { effectiveLines } from '../text/effective-text.js';
import { agentStatusLines } from '../text/agent-status-text.js';
import { readTrusted } from '../../app/trust/list-trusted.js';

/** A part of the screen, or why it cannot be shown: one broken file hides nothing else. */
type StatusPart<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: string };

interface CertificateLine {
  readonly name: string;
  readonly status: string;
  /** ISO 8601, UTC. */
  readonly notAfter: string;
  readonly due: boolean;
}

interface ChangeLine {
  readonly generation: number;
  readonly commandLine: string;
  /** ISO 8601, UTC. */
  readonly when: string;
  readonly state: string;
}

interface StatusData {
  /** Or why its file cannot be looked at. */
  readonly daemon: DaemonStatus | { readonly error: string };
  /** What the file and the flags say. */
  readonly settings: StatusPart<readonly EffectiveValue[]>;
  readonly registries: StatusPart<readonly Trusted[]>;
  /** By expiry; null without an authority. */
  readonly certificates: StatusPart<readonly CertificateLine[] | null>;
  /** The last one, or the one that is open; null when nothing was ever changed. */
  readonly change: StatusPart<ChangeLine | null>;
  /** How many things are not as declared; null where nothing is declared. */
  readonly adrift: StatusPart<number | null>;
  /** null: no agent runs. */
  readonly agent: StatusPart<AgentStatus | null>;
}

export const command = defineCommand({
  summary: 'one screen: the daemon, registries, certificates, drift, the agent',
  args: [],
  options: {},
  examples: ['status', 'status --json'],
  run: async (context): Promise<StatusData> => {
    const { host, options } = context;
    const observed = await part(() => observeDaemon(host, options));
    return {
      daemon: observed.ok ? daemonStatus(host, observed.value) : { error: observed.error },
      settings: observed.ok ? await part(() => readSettings(observed.value)) : observed,
      registries: await part(() => readTrusted(context)),
      certificates: await part(() => readCertificates(context)),
      change: await part(() => readChange(context)),
      adrift: await part(() => readAdrift(context)),
      agent: await part(() => readAgentStatus(host) ?? none(host, 'agent')),
    };
  },
  render: ({ daemon, settings, registries, certificates, change, adrift, agent }, style) =>
    [
      'error' in daemon
        ? section('dockerd', { part: { ok: false, error: daemon.error }, lines: () => [], style })
        : renderDaemonStatus(daemon, style),
      // What is wrong with the file stands right above.
      ...(settings.ok ? [section('settings', { part: settings, lines: settingLines, style })] : []),
      section('registries', { part: registries, lines: registryLines, style }),
      section('certificates', { part: certificates, lines: certificateLines, style }),
      section('last change', { part: change, lines: changeLines, style }),
      section('declaration', { part: adrift, lines: adriftLines, style }),
      section('agent', { part: agent, lines: agentStatusLines, style }),
    ].join('\n'),
});

async function part<Value>(read: () => Promise<Value> | Value): Promise<StatusPart<Value>> {
  try {
    return { ok: true, value: await read() };
  } catch (error) {
    if (isDockerctlError(error)) return { ok: false, error: error.message };
    throw error;
  }
}

function readSettings(observed: ObservedDaemon): EffectiveValue[] {
  const { document } = readDaemonFile(observed);
  const said = ['file', 'flag', 'environment'];
  return effectiveConfig(observed, document).filter(
    ({ source, pending, also }) => said.includes(source) || pending !== null || also.length > 0,
  );
}

function readCertificates({ host }: Context): CertificateLine[] | null {
  const folder = authorityFolder(host, undefined);
  if (!hasAuthority(host, folder)) return none(host, 'authority');
  const { entries, revoked } = openAuthority(host, folder);
  const now = host.clock.now();
  return entries
    .filter(({ place }) => place === 'current')
    .toSorted((a, b) => a.notAfter - b.notAfter)
    .map((entry) => ({
      name: entry.name,
      status: statusOf(entry, { revoked, now }),
      notAfter: new Date(entry.notAfter).toISOString(),
      due: now >= renewalTime(entry),
    }));
}

function readChange({ host }: Context): ChangeLine | null {
  const open = readJournal(host);
  const [entry] = open === null ? readHistory(host) : [open];
  if (entry === undefined) {
    refuseToSayNone(host, 'status');
    return null;
  }
  const { generation, commandLine, startedAt, state, result } = entry;
  return {
    generation,
    commandLine,
    when: new Date(startedAt).toISOString(),
    state: open === null ? (result?.status ?? state) : (OPEN[state] ?? 'cut off'),
  };
}

/** A declaration costs its libraries only where there is one. */
async function readAdrift(context: Context): Promise<number | null> {
  if (!hasDeclaration(context.host)) return none(context.host, 'declaration');
  const { countAdrift } = await import('../../app/declaration/count-drift.js');
  return countAdrift(context);
}

/** @throws not-permitted where root may have one, which we cannot see */
function none(host: Host, what: string): null {
  refuseToSayNone(host, 'status', what);
  return null;
}

/** What an open transaction waits for. */
const OPEN: Readonly<Partial<Record<string, string>>> = {
  awaiting: 'waits for `dockerctl confirm`',
};

interface Section<Value> {
  readonly part: StatusPart<Value>;
  readonly lines: (value: Value, style: Style) => readonly string[];
  readonly style: Style;
}

function section<Value>(title: string, { part: found, lines, style }: Section<Value>): string {
  const body = found.ok ? lines(found.value, style) : [style.red(found.error)];
  return [style.bold(title), ...body.map((line) => `  ${line}`)].join('\n');
}

function settingLines(settings: readonly EffectiveValue[], style: Style): readonly string[] {
  return settings.length === 0
    ? [style.dim("dockerd's own: neither file nor flags say anything")]
    : effectiveLines(settings, style);
}

function registryLines(registries: readonly Trusted[], style: Style): string[] {
  if (registries.length === 0) return [style.dim('none beyond what the system trusts')];
  return registries.map(({ registry, consumer, until, insecure }) => {
    const how = insecure ? style.yellow('insecure') : until === null ? '' : `until ${until}`;
    return `${printable(registry)}  ${consumer}  ${how}`.trimEnd();
  });
}

function certificateLines(certificates: readonly CertificateLine[] | null, style: Style): string[] {
  if (certificates === null) return [style.dim('no authority of ours: dockerctl certs init')];
  if (certificates.length === 0) return [style.dim('none issued')];
  return certificates.map(({ name, status, notAfter, due }) => {
    const renewal = due ? style.yellow('  due: dockerctl certs renew --due') : '';
    return `${printable(name)}  ${status}, until ${dayOf(Date.parse(notAfter))}${renewal}`;
  });
}

function changeLines(change: ChangeLine | null, style: Style): string[] {
  if (change === null) return [style.dim('none by dockerctl')];
  const { generation, commandLine, when, state } = change;
  return [`${generation}  ${when}  ${printable(commandLine)}  ${state}`];
}

function adriftLines(adrift: number | null, style: Style): string[] {
  if (adrift === null) return [style.dim('none: dockerctl adopt writes one of what is there')];
  if (adrift === 0) return [style.green('everything is as declared')];
  return [
    style.yellow(`${adrift} ${adrift === 1 ? 'thing is' : 'things are'} adrift: dockerctl drift`),
  ];
}
